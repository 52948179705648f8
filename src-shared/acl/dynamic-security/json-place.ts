import type { Node } from 'jsonc-parser'
import type { Span } from '../acl-file'

/** A value in a JSON text that knows where it stands, or the absence of one: what is not there has no members either. */
export class JsonPlace {
  private readonly lineStarts: readonly number[]
  private readonly node: Node | undefined

  constructor(text: string | readonly number[], node: Node | undefined) {
    this.lineStarts = typeof text === 'string' ? startsOfLines(text) : text
    this.node = node
  }

  /** From 1; null: it is not there. */
  get line(): number | null {
    if (this.node === undefined) return null
    let low = 0
    let high = this.lineStarts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((this.lineStarts[middle] ?? 0) <= this.node.offset) low = middle
      else high = middle
    }
    return low + 1
  }

  /** Where it stands in its line: all of a simple value, the bracket that opens another. */
  get span(): Span {
    const start = (this.node?.offset ?? 0) - (this.lineStarts[(this.line ?? 1) - 1] ?? 0)
    return { start, end: start + (this.node?.children === undefined ? (this.node?.length ?? 0) : 1) }
  }

  /** The first member of that name; the case of its letters does not count, as in cJSON. */
  member(name: string): JsonPlace {
    const members = this.node?.type === 'object' ? (this.node.children ?? []) : []
    const found = members.find(({ children }) => String(children?.[0]?.value).toLowerCase() === name.toLowerCase())
    return new JsonPlace(this.lineStarts, found?.children?.[1])
  }

  /** Whether something is there, and of another type. */
  isOther(type: 'string'): boolean {
    return this.node !== undefined && this.node.type !== type
  }

  items(): readonly JsonPlace[] {
    const items = this.node?.type === 'array' ? (this.node.children ?? []) : []
    return items.map((item) => new JsonPlace(this.lineStarts, item))
  }

  string(): string | null {
    return this.node?.type === 'string' ? String(this.node.value) : null
  }

  /** Whole, as C takes it. */
  number(): number | null {
    return this.node?.type === 'number' ? Math.trunc(Number(this.node.value)) : null
  }

  boolean(): boolean | null {
    return this.node?.type === 'boolean' ? this.node.value === true : null
  }
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
