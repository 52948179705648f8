/** The lines that end at a place of the trie; a deny counts by its last line, a grant by its first. 0: none. */
export interface Grants {
  lastDeny: number
  firstRead: number
  firstWrite: number
}

interface Node extends Grants {
  readonly levels: Map<string, Node>
  /** Levels that stand for something else with each client, by their text. */
  readonly templates: Map<string, Node>
  plus: Node | null
  /** Of filters that end in `/#` here. */
  hash: Grants | null
}

const nothing = (): Grants => ({ lastDeny: 0, firstRead: 0, firstWrite: 0 })
const newNode = (): Node => ({ ...nothing(), levels: new Map(), templates: new Map(), plus: null, hash: null })

/** What a level that is a template stands for; null: nothing that equals a level. */
export type ExpandLevel = (template: string) => string | null

export interface TrieOptions {
  /** Which levels are expanded when a topic is looked up. */
  readonly isTemplate: (level: string) => boolean
  /** Whether a template at the start can stand for a level with `$`. */
  readonly templatesReachSystem: boolean
}

const NO_TEMPLATES: TrieOptions = { isTemplate: () => false, templatesReachSystem: false }

/** Topic filters, found by topic in a time that depends on its levels and not on their number. */
export class FilterTrie {
  private readonly root = newNode()
  private readonly options: TrieOptions

  constructor(options: TrieOptions = NO_TEMPLATES) {
    this.options = options
  }

  /** The grants of a filter, to be filled in. */
  at(filter: string): Grants {
    let node = this.root
    for (const level of filter.split('/')) {
      if (level === '#') return (node.hash ??= nothing())
      node = this.child(node, level)
    }
    return node
  }

  /**
   * Calls `found` for each filter that matches: `+` stands for an empty level too, `a/#` for `a` [4.7.1.2],
   * a wildcard at the start never for a `$` [MQTT-4.7.2-1].
   */
  match(topic: string, expand: ExpandLevel, found: (grants: Grants) => void): void {
    const levels = topic.split('/')
    this.walk(this.root, levels, 0, topic.startsWith('$'), expand, found)
  }

  private child(node: Node, level: string): Node {
    if (level === '+') return (node.plus ??= newNode())
    const children = this.options.isTemplate(level) ? node.templates : node.levels
    let child = children.get(level)
    if (child === undefined) children.set(level, (child = newNode()))
    return child
  }

  private walk(node: Node, levels: readonly string[], depth: number, isSystem: boolean, expand: ExpandLevel, found: (grants: Grants) => void): void {
    const wildcards = depth > 0 || !isSystem
    if (wildcards && node.hash !== null) found(node.hash)
    const level = levels[depth]
    if (level === undefined) {
      found(node)
      return
    }
    const exact = node.levels.get(level)
    if (exact !== undefined) this.walk(exact, levels, depth + 1, isSystem, expand, found)
    if (wildcards && node.plus !== null) this.walk(node.plus, levels, depth + 1, isSystem, expand, found)
    if (depth === 0 && isSystem && !this.options.templatesReachSystem) return
    for (const [template, child] of node.templates) {
      if (expand(template) === level) this.walk(child, levels, depth + 1, isSystem, expand, found)
    }
  }
}
