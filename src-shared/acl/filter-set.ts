import type { CompiledFilter } from '@shared/mqtt/topic'

interface Node {
  readonly levels: Map<string, Node>
  plus: Node | null
  /** A filter ends here, or with `/#` here. */
  ends: boolean
  hash: boolean
}

const newNode = (): Node => ({ levels: new Map(), plus: null, ends: false, hash: false })

/** Filters of which it matters only whether any matches. */
export class FilterSet {
  readonly #root = newNode()
  #mostLevels = 0

  /** Of the filter with the most. */
  get mostLevels(): number {
    return this.#mostLevels
  }

  add(filter: CompiledFilter): void {
    this.#mostLevels = Math.max(this.#mostLevels, filter.length)
    let node = this.#root
    for (const level of filter) {
      if (level === '#') {
        node.hash = true
        return
      }
      node = level === '+' ? (node.plus ??= newNode()) : childOf(node, level)
    }
    node.ends = true
  }

  matches(topicLevels: readonly string[]): boolean {
    const open = [{ node: this.#root, depth: 0 }]
    // Not by recursion: names with slashes make filters as deep as they like.
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const { node, depth } = place
      const level = topicLevels[depth]
      const wildcards = depth > 0 || level?.startsWith('$') !== true
      if (wildcards && node.hash) return true
      if (level === undefined) {
        if (node.ends) return true
        continue
      }
      const exact = node.levels.get(level)
      if (exact !== undefined) open.push({ node: exact, depth: depth + 1 })
      if (wildcards && node.plus !== null) open.push({ node: node.plus, depth: depth + 1 })
    }
    return false
  }
}

function childOf(node: Node, level: string): Node {
  const known = node.levels.get(level)
  if (known !== undefined) return known
  const made = newNode()
  node.levels.set(level, made)
  return made
}
