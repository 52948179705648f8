import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import type { SiblingOrder } from './lazy-order'
import { isContinuation, isDigit, NameSymbols } from './name-symbols'

const DOLLAR = 0x24
/** Whole numbers below are exact. */
const KEY_RANGE = 2 ** 53
/** So much of a name counts: the topics of somebody hostile may be alike for 65,000 bytes. */
const MOST_NAME_BYTES = 1_024

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const natural = new Intl.Collator('en', { numeric: true })

/**
 * Natural order of siblings by name (`room-2` before `room-10`), with `$`-topics, which belong to the broker, after all
 * others. Names that differ in case, accents or leading zeros alone come in the order of `Intl.Collator`.
 */
export class NameOrder implements SiblingOrder {
  readonly #one = new NameSymbols()
  readonly #other = new NameSymbols()

  constructor(
    private readonly tree: Pick<TopicTree, 'nameIn'>,
    private readonly isTopLevel: boolean,
  ) {}

  /** A key holds the first symbols after what the names begin with in common: seven letters, or fifteen digits. */
  fillKeys(nodes: Uint32Array, keys: Float64Array, from: number, to: number): void {
    const common = this.#commonBytes(nodes, from, to)
    for (let index = from; index < to; index += 1) keys[index] = this.#keyOf(nodes[index] ?? 0, common)
  }

  /** Of two names with the same key. */
  compare(a: NodeId, b: NodeId): number {
    const [one, other] = [this.#one, this.#other]
    const isBrokers = this.#open(one, a, 0)
    if (isBrokers !== this.#open(other, b, 0)) return isBrokers ? 1 : -1
    while (!one.atEnd || !other.atEnd) {
      const difference = one.next() - other.next()
      if (difference !== 0) return difference
    }
    const [nameOfOne, nameOfOther] = [this.#startOf(a), this.#startOf(b)]
    if (nameOfOne === nameOfOther) return a - b
    return natural.compare(nameOfOne, nameOfOther) || (nameOfOne < nameOfOther ? -1 : 1)
  }

  #startOf(node: NodeId): string {
    const { bytes, start, end } = this.tree.nameIn(node)
    return decoder.decode(bytes.subarray(start, Math.min(end, start + MOST_NAME_BYTES)))
  }

  #keyOf(node: NodeId, common: number): number {
    const symbols = this.#one
    let key = 0
    let range = KEY_RANGE
    if (this.#open(symbols, node, common)) {
      range /= 2
      key = range
    } else if (this.isTopLevel) range /= 2
    while (!symbols.atEnd) {
      const symbol = symbols.next()
      range = Math.floor(range / symbols.choices)
      if (range === 0) break
      key += symbol * range
    }
    return key
  }

  /** Begins to read a name after its first bytes; whether it is a name of the broker's. */
  #open(symbols: NameSymbols, node: NodeId, skippedBytes: number): boolean {
    const { bytes, start, end } = this.tree.nameIn(node)
    symbols.open(bytes, start + skippedBytes, Math.min(end, start + MOST_NAME_BYTES))
    return this.isTopLevel && start < end && bytes[start] === DOLLAR
  }

  /** How many bytes all names begin with in common, but for case; it ends before a number and never within a character. */
  #commonBytes(nodes: Uint32Array, from: number, to: number): number {
    const { bytes, start, end } = this.tree.nameIn(nodes[from] ?? 0)
    let common = Math.min(end - start, MOST_NAME_BYTES)
    for (let index = from + 1; index < to && common > 0; index += 1) {
      const other = this.tree.nameIn(nodes[index] ?? 0)
      common = Math.min(common, other.end - other.start)
      for (let at = 0; at < common; at += 1) {
        if (isSameButForCase(bytes[start + at] ?? 0, other.bytes[other.start + at] ?? 0)) continue
        common = at
      }
    }
    while (common > 0 && isContinuation(bytes[start + common] ?? 0)) common -= 1
    while (common > 0 && isDigit(bytes[start + common - 1] ?? 0)) common -= 1
    return common
  }
}

function isSameButForCase(a: number, b: number): boolean {
  if (a === b) return true
  const lower = a | 0x20
  return lower === (b | 0x20) && lower >= 0x61 && lower <= 0x7a
}
