import { aclByteLength } from './file-bytes'

/** Why Mosquitto refuses a filter in an ACL line. */
export type AclFilterFault = 'plus-not-alone' | 'hash-not-alone' | 'hash-not-last' | 'too-many-levels' | 'too-long'

/** Most bytes of a topic [MQTT-1.5.4-1]. */
const MAX_TOPIC_BYTES = 65_535
/** Mosquitto's own limit. */
const MAX_SLASHES = 200

/** A wildcard that is not a level of its own, or a `#` with something behind it. */
const MISPLACED = /[^/][+#]|\+[^/]|#[^]/

/** What Mosquitto would refuse in a filter of an ACL line, or null. It knows no shared subscriptions here. */
export function aclFilterFault(filter: string): AclFilterFault | null {
  // A character is at most three bytes in UTF-8.
  if (filter.length * 3 > MAX_TOPIC_BYTES && aclByteLength(filter) > MAX_TOPIC_BYTES) return 'too-long'
  // Most filters are short and sound, and a file may have a million.
  if (filter.length <= MAX_SLASHES && !MISPLACED.test(filter)) return null
  const levels = filter.split('/')
  for (const [index, level] of levels.entries()) {
    if (level.includes('+') && level !== '+') return 'plus-not-alone' // [MQTT-4.7.1-2]
    if (!level.includes('#')) continue
    if (level !== '#') return 'hash-not-alone' // [MQTT-4.7.1-1]
    if (index !== levels.length - 1) return 'hash-not-last' // [MQTT-4.7.1-1]
  }
  return levels.length - 1 > MAX_SLASHES ? 'too-many-levels' : null
}
