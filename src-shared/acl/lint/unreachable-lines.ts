import type { AclFile, PlacedRule } from '../acl-file'
import type { BrokerVersion } from '../question'
import type { Finding } from './finding'
import { FilterIndex, type WorkBudget } from './filter-index'

/** Steps of comparison; some ten times what a file of 10,000 usual lines takes. */
const MAX_STEPS = 2_000_000

/** The `topic` lines of one user, or the patterns: among them a deny counts before every grant, and of grants the first. */
interface Block {
  readonly rules: PlacedRule[]
  readonly isPattern: boolean
}

function blocksOf(rules: readonly PlacedRule[]): { own: Block[]; patterns: Block } {
  const own = new Map<string | null, Block>()
  const patterns: Block = { rules: [], isPattern: true }
  for (const rule of rules) {
    if (rule.kind === 'pattern') {
      patterns.rules.push(rule)
      continue
    }
    const block = own.get(rule.user)
    if (block === undefined) own.set(rule.user, { rules: [rule], isPattern: false })
    else block.rules.push(rule)
  }
  return { own: [...own.values()], patterns }
}

const finding = (rule: PlacedRule, about: Pick<Finding, 'rule' | 'severity'>, data: Record<string, string | number>, width: number): Finding => ({
  ...about,
  line: rule.line,
  span: { start: 0, end: width },
  data: { line: rule.line, ...data },
  fix: { kind: 'remove-line' },
})

/** Lines without which every question is answered the same: covered, hidden by a deny, repeated, or denying what nobody allows. */
export function unreachableLines(file: AclFile, version: BrokerVersion): Finding[] {
  const budget: WorkBudget = { left: MAX_STEPS }
  const { own, patterns } = blocksOf(file.rules)
  const indexOf = ({ rules, isPattern }: Block, wanted: (rule: PlacedRule) => boolean): FilterIndex => {
    const index = new FilterIndex(version, isPattern, budget)
    for (const rule of rules) if (wanted(rule)) note(index, rule)
    return index
  }
  const isDeny = ({ grant }: PlacedRule): boolean => grant === 'deny'
  const isGrant = ({ grant }: PlacedRule): boolean => grant !== 'deny'
  const patternGrants = indexOf(patterns, isGrant)
  const found = [...own, patterns].flatMap((block) => {
    const denies = indexOf(block, isDeny)
    const needsGrants = block.rules.some(isDeny) && !block.isPattern
    const ownGrants = needsGrants ? indexOf(block, isGrant) : null
    const grantsBefore = new FilterIndex(version, block.isPattern, budget)
    return block.rules.flatMap((rule): Finding[] => {
      const end = (file.lines[rule.line - 1]?.text ?? '').trimEnd().length
      if (isDeny(rule)) {
        const same = denies.at(rule.filter).deny
        if (same < rule.line) return [finding(rule, { rule: 'duplicate-line', severity: 'warning' }, { other: same }, end)]
        const other = coveringDeny(denies, rule)
        if (other !== 0) return [finding(rule, { rule: 'deny-covered', severity: 'warning' }, { other }, end)]
        const takesSomething = ownGrants?.overlaps(rule.filter) === true || patternGrants.overlaps(rule.filter)
        return takesSomething ? [] : [finding(rule, { rule: 'deny-without-grant', severity: 'warning' }, {}, end)]
      }
      const hidden = hiddenBy(denies, rule)
      if (hidden !== 0) return [finding(rule, { rule: 'deny-hides-grant', severity: 'warning' }, { other: hidden }, end)]
      const same = grantsBefore.at(rule.filter)[rule.grant]
      if (same !== 0) return [finding(rule, { rule: 'duplicate-line', severity: 'warning' }, { other: same }, end)]
      const others = coveringGrants(grantsBefore, rule)
      note(grantsBefore, rule)
      return others === null ? [] : [finding(rule, { rule: 'grant-covered', severity: 'warning' }, { others: others.join(', ') }, end)]
    })
  })
  return budget.left < 0 ? [...found, { rule: 'comparing-cut', severity: 'note', line: 1, span: { start: 0, end: 0 }, data: { line: 1 } }] : found
}

function note(index: FilterIndex, { filter, grant, line }: PlacedRule): void {
  const lines = index.at(filter)
  if (lines[grant] === 0) lines[grant] = line
  if (grant === 'deny') lines.lastDeny = line
}

/** A deny that covers a grant, or 0. */
function hiddenBy(denies: FilterIndex, { filter }: PlacedRule): number {
  let other = 0
  denies.covering(filter, ({ lastDeny }) => {
    other = lastDeny
    return other !== 0
  })
  return other
}

/** Another deny that covers this one, or 0. */
function coveringDeny(denies: FilterIndex, { filter }: PlacedRule): number {
  const itself = denies.at(filter)
  let other = 0
  denies.covering(filter, (lines) => {
    if (lines !== itself) other = lines.deny
    return other !== 0
  })
  return other
}

/** The lines that together allow all that this one allows, or null. */
function coveringGrants(before: FilterIndex, { filter, grant }: PlacedRule): number[] | null {
  let read = grant === 'write' ? -1 : 0
  let write = grant === 'read' ? -1 : 0
  before.covering(filter, (lines) => {
    if (read === 0) read = firstOf(lines.read, lines.readwrite)
    if (write === 0) write = firstOf(lines.write, lines.readwrite)
    return read !== 0 && write !== 0
  })
  return read === 0 || write === 0 ? null : [...new Set([read, write])].filter((line) => line > 0).sort((a, b) => a - b)
}

const firstOf = (a: number, b: number): number => (a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b))
