import { splitAtNames } from '../pattern'
import type { BrokerVersion } from '../question'
import type { Grant } from '../acl-file'

/** The first line of each grant with one filter; 0: none. */
export interface FilterLines extends Record<Grant, number> {
  /** Its last deny. */
  lastDeny: number
}

interface Node {
  readonly children: Map<string, Node>
  /** Whether a child stands for something else with each client. */
  hasTemplate: boolean
  lines: FilterLines | null
}

/** Places that may be looked at, in all: files whose wildcards multiply are not compared to the end. */
export interface WorkBudget {
  left: number
}

const newNode = (): Node => ({ children: new Map(), hasTemplate: false, lines: null })

/** `+/#` and `#` match the same topics: those of one level or more. */
const levelsOf = (filter: string): readonly string[] => (filter === '+/#' ? ['#'] : filter.split('/'))

/**
 * Which filters cover or overlap another: each topic that matches one matches the other, or some topic matches both.
 * Where names stand in a pattern it claims a cover only for all clients, and an overlap for any.
 */
export class FilterIndex {
  private readonly root = newNode()

  constructor(
    private readonly version: BrokerVersion,
    private readonly areTemplates: boolean,
    private readonly budget: WorkBudget,
  ) {}

  /** The lines with this very filter, to be read or added to. */
  at(filter: string): FilterLines {
    let node = this.root
    for (const level of levelsOf(filter)) {
      let child = node.children.get(level)
      if (child === undefined) node.children.set(level, (child = newNode()))
      node.hasTemplate ||= this.isTemplate(level)
      node = child
    }
    return (node.lines ??= { read: 0, write: 0, readwrite: 0, deny: 0, lastDeny: 0 })
  }

  /** Calls `found` for each filter that covers this one, itself too, until it says that it has seen enough. */
  covering(filter: string, found: (lines: FilterLines) => boolean): void {
    this.walkCovering(this.root, levelsOf(filter), 0, found)
  }

  /** Whether some filter overlaps this one. */
  overlaps(filter: string): boolean {
    return this.walkOverlap(this.root, levelsOf(filter), 0)
  }

  private isTemplate(level: string): boolean {
    return this.areTemplates && splitAtNames(level, this.version).length > 1
  }

  /** Whether a wildcard at the start stands for this level, whatever it becomes [MQTT-4.7.2-1]; 2.1 keeps names away from `$` itself. */
  private wildcardReaches(level: string | undefined, depth: number): boolean {
    if (depth > 0 || level === undefined) return true
    return !level.startsWith('$') && !(this.version === '2.0' && this.isTemplate(level))
  }

  private walkCovering(node: Node, levels: readonly string[], depth: number, found: (lines: FilterLines) => boolean): boolean {
    if ((this.budget.left -= 1) < 0) return true
    const level = levels[depth]
    const reaches = this.wildcardReaches(level, depth)
    const hash = node.children.get('#')?.lines
    if (reaches && hash && found(hash)) return true
    if (level === undefined) return node.lines !== null && found(node.lines)
    if (level === '#') return false
    const exact = node.children.get(level)
    if (exact !== undefined && this.walkCovering(exact, levels, depth + 1, found)) return true
    const plus = level === '+' ? undefined : node.children.get('+')
    // In 2.0 a name with a slash is several levels.
    const isOneLevel = this.version === '2.1' || !this.isTemplate(level)
    return plus !== undefined && reaches && isOneLevel && this.walkCovering(plus, levels, depth + 1, found)
  }

  private walkOverlap(node: Node, levels: readonly string[], depth: number): boolean {
    if ((this.budget.left -= 1) < 0) return true
    const level = levels[depth]
    const hash = node.children.has('#')
    if (level === undefined) return node.lines !== null || hash
    if (node.hasTemplate || this.isTemplate(level)) return true
    const isWild = level === '+' || level === '#'
    if (level === '#' && node.lines !== null) return true // `a/#` matches `a` too [4.7.1.2]
    const isSystem = depth === 0 && level.startsWith('$')
    if (hash && !isSystem) return true
    const others = isWild ? node.children : new Map([...childOf(node, level), ...(isSystem ? [] : childOf(node, '+'))])
    for (const [other, child] of others) {
      if (isWild && depth === 0 && other.startsWith('$')) continue // [MQTT-4.7.2-1]
      if (level === '#' || this.walkOverlap(child, levels, depth + 1)) return true
    }
    return false
  }
}

function childOf({ children }: Node, level: string): readonly [string, Node][] {
  const child = children.get(level)
  return child === undefined ? [] : [[level, child]]
}
