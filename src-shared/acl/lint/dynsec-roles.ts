import { coversFilter } from '../dynamic-security/covers-filter'
import { isLiteral, type DynsecFile, type Entry, type EntryType } from '../dynamic-security/dynsec-file'
import type { JsonPlace } from '../dynamic-security/json-place'
import { overlapOf } from '../filter-overlap'
import { dynsecFinding } from './dynsec-finding'
import type { Finding } from './finding'

/** Comparisons of two entries of different roles; beyond them nothing more is found. */
const MOST_COMPARED = 1_000_000

/** Roles of the same priority that contradict each other: the order of their names decides, which nobody means. */
export function dynsecRoles({ root, roles }: DynsecFile): Finding[] {
  const budget = { left: MOST_COMPARED }
  const known = new Map<string, boolean>()

  function contradict(one: string, other: string): boolean {
    const key = JSON.stringify([one, other])
    let answer = known.get(key)
    if (answer === undefined) known.set(key, (answer = clash(roles.get(one) ?? [], roles.get(other) ?? [], budget)))
    return answer
  }

  return [...root.member('clients').items(), ...root.member('groups').items()].flatMap((holder) => {
    const listed = holder.member('roles').items().map(readUse).sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1))
    return listed.flatMap((second, index): Finding[] => {
      const first = listed.slice(0, index).find(({ name, priority }) => priority === second.priority && name !== second.name && contradict(name, second.name))
      return first === undefined ? [] : [dynsecFinding('roles-contradict', 'warning', second.place, { first: first.name, second: second.name })]
    })
  })
}

function readUse(use: JsonPlace): { name: string; priority: number; place: JsonPlace } {
  const place = use.member('rolename')
  return { name: place.string() ?? '', priority: use.member('priority').number() ?? -1, place }
}

function clash(first: readonly Entry[], second: readonly Entry[], budget: { left: number }): boolean {
  budget.left -= first.length * second.length
  if (budget.left <= 0) return false
  return first.some((one) => second.some((other) => one.allow !== other.allow && meet(one, other)))
}

const accessOf = (type: EntryType): string => type.replace(/Literal|Pattern/, '')

/** Whether there is something that both are about. */
function meet(one: Entry, other: Entry): boolean {
  if (accessOf(one.type) !== accessOf(other.type)) return false
  const [levels, otherLevels] = [one.topic.split('/'), other.topic.split('/')]
  if (isLiteral(one)) return isLiteral(other) ? one.topic === other.topic : coversFilter(otherLevels, levels)
  return isLiteral(other) ? coversFilter(levels, otherLevels) : overlapOf(levels, otherLevels) !== null
}
