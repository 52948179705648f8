import { entriesOf, ENTRY_TYPES, isLiteral, type DynsecFile, type Entry } from '../dynamic-security/dynsec-file'
import type { JsonPlace } from '../dynamic-security/json-place'
import { dynsecFinding } from './dynsec-finding'
import type { Finding } from './finding'

/** Comparisons of two entries in a role; beyond them some that are never reached go unfound. */
const MOST_COMPARED = 2_000_000

/** What surprises in the entries of roles and in the defaults. */
export function dynsecEntries({ root }: DynsecFile): Finding[] {
  const budget = { left: MOST_COMPARED }
  const seen = new Set<string>()
  const found = root.member('roles').items().flatMap((role): Finding[] => {
    const name = role.member('rolename').string()
    if (name === null || seen.has(name)) return []
    seen.add(name)
    const entries = entriesOf(role, name)
    return [...role.member('acls').items().flatMap(passedOver), ...entries.flatMap(byItself), ...hiddenLiterals(entries), ...neverReached(entries, budget)]
  })
  const receives = root.member('defaultACLAccess').member('publishClientReceive')
  if (receives.boolean() === true) found.push(dynsecFinding('receives-by-default', 'note', receives))
  if (budget.left <= 0) found.push({ rule: 'comparing-cut', severity: 'note', line: 1, span: { start: 0, end: 0 }, data: { line: 1 } })
  return found
}

function passedOver(entry: JsonPlace): Finding[] {
  const place = entry.member('acltype')
  const name = place.string()
  if (name === null || entry.member('topic').string() === null) return [dynsecFinding('entry-without-topic', 'warning', entry)]
  return ENTRY_TYPES.some((type) => type === name) ? [] : [dynsecFinding('unknown-entry-type', 'warning', place, { name })]
}

function byItself(entry: Entry): Finding[] {
  const { type, topic, allow } = entry
  const found: Finding[] = []
  const [name] = /%[cu]/.exec(topic) ?? []
  if (name !== undefined) found.push(dynsecFinding('name-not-replaced', 'warning', entry, { name }))
  if (allow && type === 'publishClientSend' && (topic === '#' || topic === '+/#')) found.push(dynsecFinding('sends-all', 'note', entry))
  const isPattern = type === 'subscribePattern' || type === 'unsubscribePattern'
  if (allow && isPattern && /(?:^|\/)\+$/.test(topic)) {
    found.push(dynsecFinding('plus-covers-no-hash', 'note', entry, { wider: `${topic.slice(0, -1)}#` }))
  }
  return found
}

function hiddenLiterals(entries: readonly Entry[]): Finding[] {
  const literals = entries.filter(isLiteral)
  const last = new Map(literals.map((entry) => [`${entry.type} ${entry.topic}`, entry]))
  return literals.flatMap((entry) => {
    const winner = last.get(`${entry.type} ${entry.topic}`)
    return winner === undefined || winner === entry ? [] : [dynsecFinding('literal-hidden', 'warning', entry, { other: winner.line })]
  })
}

function neverReached(entries: readonly Entry[], budget: { left: number }): Finding[] {
  return ENTRY_TYPES.flatMap((type) => {
    const group = entries.filter((entry) => entry.type === type && !isLiteral(entry)).sort((one, other) => other.priority - one.priority)
    const rules = group.map((entry) => ({ entry, levels: entry.topic.split('/') }))
    const isPublish = type === 'publishClientSend' || type === 'publishClientReceive'
    return rules.flatMap(({ entry, levels }, index) => {
      budget.left -= index
      if (budget.left <= 0) return []
      const hiding = rules.slice(0, index).find((before) => covers(before.levels, levels, isPublish))
      return hiding === undefined ? [] : [dynsecFinding('entry-hidden', 'warning', entry, { other: hiding.entry.line })]
    })
  })
}

/** Whether `wide` is about everything that `narrow` is about. A topic that starts with `$` is its own world [MQTT-4.7.2-1], a filter is not. */
function covers(wide: readonly string[], narrow: readonly string[], isPublish: boolean): boolean {
  if (isPublish && (wide[0] === '#' || wide[0] === '+') && narrow[0]?.startsWith('$') === true) return false
  for (const [index, level] of wide.entries()) {
    if (level === '#') return true
    const other = narrow[index]
    if (other === undefined || other === '#' || (level !== '+' && level !== other)) return false
  }
  return wide.length === narrow.length
}
