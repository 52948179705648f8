import { isPatternName, PATTERN_NAMES, splitAtNames, type PatternNames } from './pattern'
import type { BrokerVersion } from './question'

/** The lines that end at a place of the trie; a deny counts by its last line, a grant by its first. 0: none. */
export interface Grants {
  lastDeny: number
  firstRead: number
  firstWrite: number
}

/** A place in a filter: behind a level, or within one, behind a name or the text before a name. */
interface Node extends Grants {
  /** Behind the rest of this level, by its text. */
  rests: Map<string, Node> | null
  /** Behind the text before a name, by length, then by text. */
  stems: Map<number, Map<string, Node>> | null
  '%c': Node | null
  '%u': Node | null
  plus: Node | null
  /** Of filters that end in `/#` here. */
  hash: Grants | null
}

/** Where a topic is compared from, and with what. */
interface Place {
  readonly node: Node
  readonly at: number
  readonly isLevelStart: boolean
}

const nothing = (): Grants => ({ lastDeny: 0, firstRead: 0, firstWrite: 0 })
const newNode = (): Node => ({ lastDeny: 0, firstRead: 0, firstWrite: 0, rests: null, stems: null, '%c': null, '%u': null, plus: null, hash: null })

function childOf<Key>(children: Map<Key, Node>, key: Key): Node {
  const known = children.get(key)
  if (known !== undefined) return known
  const made = newNode()
  children.set(key, made)
  return made
}

/** Topic filters, found by topic. No place of the trie is visited twice for a topic, and few are at all. */
export class FilterTrie {
  private readonly root = newNode()
  /** Whose patterns these are; null: of `topic` lines, in which `%c` and `%u` are text. */
  private readonly version: BrokerVersion | null

  constructor(version: BrokerVersion | null) {
    this.version = version
  }

  /** The grants of a filter, to be filled in. */
  at(filter: string): Grants {
    let node = this.root
    for (const level of filter.split('/')) {
      if (level === '#') return (node.hash ??= nothing())
      node = level === '+' ? (node.plus ??= newNode()) : this.behind(node, level)
    }
    return node
  }

  /**
   * Calls `found` for each filter that matches: `+` stands for an empty level too, `a/#` for `a` [4.7.1.2],
   * a wildcard at the start never for a `$` [MQTT-4.7.2-1], nor do the names of 2.1.
   */
  match(topic: string, names: PatternNames, found: (grants: Grants) => void): void {
    const isSystem = topic.startsWith('$')
    // Not by recursion: a pattern may hold thousands of names.
    const open: Place[] = [{ node: this.root, at: 0, isLevelStart: true }]

    /** Behind a whole level of the filter, which matches up to `end`. */
    function leave(node: Node, end: number): void {
      if (end < topic.length) {
        open.push({ node, at: end + 1, isLevelStart: true })
        return
      }
      found(node)
      if (node.hash !== null) found(node.hash)
    }

    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const { node, at, isLevelStart } = place
      const slash = topic.indexOf('/', at)
      const end = slash === -1 ? topic.length : slash
      if (isLevelStart && (at > 0 || !isSystem)) {
        if (node.hash !== null) found(node.hash)
        if (node.plus !== null) leave(node.plus, end)
      }
      const rest = node.rests?.get(topic.slice(at, end))
      if (rest !== undefined) leave(rest, end)
      if (this.version === null) continue
      if (node.stems !== null) {
        for (const [length, stems] of node.stems) {
          const stem = at + length <= end ? stems.get(topic.slice(at, at + length)) : undefined
          if (stem !== undefined) open.push({ node: stem, at: at + length, isLevelStart: false })
        }
      }
      if (isSystem && at === 0 && this.version === '2.1') continue
      for (const name of PATTERN_NAMES) {
        const child = node[name]
        const value = names[name]
        if (child !== null && value !== null && topic.startsWith(value, at)) open.push({ node: child, at: at + value.length, isLevelStart: false })
      }
    }
  }

  private behind(start: Node, level: string): Node {
    const parts = this.version === null ? [level] : splitAtNames(level, this.version)
    let node = start
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) return childOf((node.rests ??= new Map<string, Node>()), part)
      if (isPatternName(part)) node = node[part] ??= newNode()
      else if (part !== '') node = stemOf(node, part)
    }
    return node
  }
}

function stemOf(node: Node, text: string): Node {
  const stems = (node.stems ??= new Map<number, Map<string, Node>>())
  const known = stems.get(text.length)
  if (known !== undefined) return childOf(known, text)
  const made = new Map<string, Node>()
  stems.set(text.length, made)
  return childOf(made, text)
}
