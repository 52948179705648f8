import { Pairs } from '@shared/payload/form-values'
import { READING_LIMITS } from './reading-limits'

/** Something that holds values while they come; `left` of them are to come, without end until {@link ValueBuilder.close}. */
type Open =
  | { readonly kind: 'array' | 'map'; left: number; readonly values: unknown[] }
  | { readonly kind: 'chunks'; left: number; readonly values: unknown[]; join(chunks: unknown[]): unknown }
  | { readonly kind: 'tag'; left: number; readonly values: unknown[]; of(value: unknown): unknown }

export class BuilderLimit extends Error {
  constructor(readonly limit: 'depth' | 'values') {
    super(limit)
  }
}

/**
 * Puts a value together from the tokens of a binary format. Whatever stops the tokens, what came until then is a value, too.
 * Nothing is set aside for what a header only promises.
 */
export class ValueBuilder {
  readonly #open: Open[] = []
  #values = 0
  #root: { value: unknown } | null = null

  /** Whether the value is complete. */
  get isDone(): boolean {
    return this.#root !== null
  }

  /** Whether what is open ends only when it says so. */
  get isEndless(): boolean {
    return this.#open.at(-1)?.left === Number.POSITIVE_INFINITY
  }

  openArray(size: number): void {
    this.#begin({ kind: 'array', left: size, values: [] })
  }

  /** `size`: entries, each a key and a value. */
  openMap(size: number): void {
    this.#begin({ kind: 'map', left: size * 2, values: [] })
  }

  /** What comes in pieces until it is closed. */
  openChunks(join: (chunks: unknown[]) => unknown): void {
    this.#begin({ kind: 'chunks', left: Number.POSITIVE_INFINITY, values: [], join })
  }

  /** `of`: what the tag makes of the value that follows. */
  openTag(of: (value: unknown) => unknown): void {
    this.#begin({ kind: 'tag', left: 1, values: [], of })
  }

  /** @throws {BuilderLimit} */
  add(value: unknown): void {
    this.#values += 1
    if (this.#values > READING_LIMITS.values) throw new BuilderLimit('values')
    this.#put(value)
  }

  /** Closes what has no end of its own; false: there is no such thing, or it lacks the value of its last key. */
  close(): boolean {
    const top = this.#open.at(-1)
    if (top === undefined || !this.isEndless || (top.kind === 'map' && top.values.length % 2 === 1)) return false
    this.#open.pop()
    this.#put(finished(top))
    return true
  }

  /** The value, or what there is of it; null: nothing. */
  result(): { readonly value: unknown } | null {
    let inner: { value: unknown } | null = this.#root
    for (let top = this.#open.pop(); top !== undefined; top = this.#open.pop()) {
      if (inner !== null) top.values.push(inner.value)
      // A tag that nothing follows says nothing; a container is something even if it is empty.
      inner = top.kind === 'tag' && top.values.length === 0 ? null : { value: finished(top) }
    }
    return inner
  }

  #begin(open: Open): void {
    if (this.#open.length >= READING_LIMITS.depth) throw new BuilderLimit('depth')
    if (open.left === 0) this.add(finished(open))
    else this.#open.push(open)
  }

  #put(value: unknown): void {
    let put = value
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      top.values.push(put)
      top.left -= 1
      if (top.left > 0) return
      this.#open.pop()
      put = finished(top)
    }
    this.#root = { value: put }
  }
}

function finished(open: Open): unknown {
  switch (open.kind) {
    case 'array':
      return open.values
    case 'map':
      return mapOf(open.values)
    case 'chunks':
      return open.join(open.values)
    case 'tag':
      return open.of(open.values[0])
  }
}

/** Keys and values by turns; a last key without a value is left out. */
function mapOf(flat: readonly unknown[]): unknown {
  const entries = Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [flat[index * 2], flat[index * 2 + 1]] as const)
  const map = new Map(entries) // rather than an object, which would put keys that look like numbers first
  return map.size === entries.length && entries.every(([key]) => typeof key === 'string') ? map : new Pairs(entries)
}
