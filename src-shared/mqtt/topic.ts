import { utf8StringFault, type Utf8StringFault } from './utf8-string'

/** Why a string cannot be a topic name or a topic filter. */
export type TopicFault =
  | Utf8StringFault // [MQTT-4.7.3-2], [MQTT-4.7.3-3]
  | 'empty' // [MQTT-4.7.3-1]
  | 'wildcard'
  | 'plus-not-alone'
  | 'hash-not-alone'
  | 'hash-not-last'
  | 'share-name'

function stringFault(text: string): TopicFault | null {
  return text.length === 0 ? 'empty' : utf8StringFault(text)
}

/**
 * What is wrong with `topic` as a topic name (the topic of a PUBLISH), or null.
 * Levels may be empty: `/a`, `a/`, `a//b` and `a` are four valid, different topics.
 */
export function topicNameFault(topic: string): TopicFault | null {
  const fault = stringFault(topic)
  if (fault !== null) return fault
  return /[+#]/.test(topic) ? 'wildcard' : null // [MQTT-4.7.1-1]
}

/** What is wrong with `filter` as a topic filter (of a SUBSCRIBE), or null. Understands `$share/<name>/<filter>`. */
export function topicFilterFault(filter: string): TopicFault | null {
  const fault = stringFault(filter)
  if (fault !== null) return fault
  const levels = filter.split('/')
  if (levels[0] === '$share') {
    const [, shareName, ...rest] = levels
    // [MQTT-4.8.2-1], [MQTT-4.8.2-2]
    if (!shareName || /[+#]/.test(shareName) || rest.join('/').length === 0) return 'share-name'
  }
  for (const [index, level] of levels.entries()) {
    if (level.includes('+') && level !== '+') return 'plus-not-alone' // [MQTT-4.7.1-2]
    if (!level.includes('#')) continue
    if (level !== '#') return 'hash-not-alone' // [MQTT-4.7.1-1]
    if (index !== levels.length - 1) return 'hash-not-last' // [MQTT-4.7.1-1]
  }
  return null
}

/** A topic filter split once, to be matched many times. */
export type CompiledFilter = readonly string[]

/** Splits `filter`; a shared subscription is matched by the filter after its share name. */
export function compileFilter(filter: string): CompiledFilter {
  const levels = filter.split('/')
  return levels[0] === '$share' && levels.length > 2 ? levels.slice(2) : levels
}

/**
 * Whether the topic name with these levels matches the filter, by section 4.7 of the MQTT specification:
 * `+` stands for exactly one level, an empty one too; `a/#` also matches `a` itself [4.7.1.2];
 * a filter that starts with a wildcard never matches a topic that starts with `$` [MQTT-4.7.2-1].
 */
export function matchesFilter(filter: CompiledFilter, topicLevels: readonly string[]): boolean {
  const first = filter[0]
  if (topicLevels[0]?.startsWith('$') && (first === '#' || first === '+')) return false
  for (const [index, level] of filter.entries()) {
    if (level === '#') return true
    const topicLevel = topicLevels[index]
    if (topicLevel === undefined || (level !== '+' && level !== topicLevel)) return false
  }
  return filter.length === topicLevels.length
}
