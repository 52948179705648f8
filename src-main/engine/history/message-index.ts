import type { NodeId } from '../topics/node-id'

/** What an entry takes: time (8), offset, topic, distance (4 each), segment (2). */
const ENTRY_BYTES = 22
const MOST_DISTANCE = 0xffff_ffff
const SPARE_PAGES = 1

/** The entries of consecutive sequence numbers, a column each. */
export class IndexPage {
  readonly receivedAtMs: Float64Array
  readonly offset: Uint32Array
  readonly topic: Uint32Array
  /** To the message before of the same topic, in sequence numbers; 0 for none, or one too far back. */
  readonly distance: Uint32Array
  readonly segment: Uint16Array

  constructor(entries: number) {
    const columns = new ArrayBuffer(entries * ENTRY_BYTES)
    this.receivedAtMs = new Float64Array(columns, 0, entries)
    this.offset = new Uint32Array(columns, entries * 8, entries)
    this.topic = new Uint32Array(columns, entries * 12, entries)
    this.distance = new Uint32Array(columns, entries * 16, entries)
    this.segment = new Uint16Array(columns, entries * 20, entries)
  }
}

/**
 * Where each message lies, by sequence number: pages of equal size, the oldest of which go as a whole.
 * Invariants: sequence numbers grow by one from 1, beyond 2^32 too; message s is entry s mod `pageEntries` of page
 * ⌊s / pageEntries⌋; times never decrease.
 */
export class MessageIndex {
  readonly pageBytes: number
  readonly #pages: IndexPage[] = []
  readonly #spare: IndexPage[] = []
  /** The number of #pages[0]. */
  #firstPage = 0
  #page: IndexPage
  /** Of the next entry in #page. */
  #slot = 1
  #sequence = 0
  #lastAtMs = 0

  constructor(readonly pageEntries: number) {
    this.pageBytes = pageEntries * ENTRY_BYTES
    this.#page = new IndexPage(pageEntries)
    this.#pages.push(this.#page)
  }

  /** The number of the newest message; 0 before the first. */
  get sequence(): number {
    return this.#sequence
  }

  /** Bytes of all pages. */
  get capacity(): number {
    return this.#pages.length * this.pageBytes
  }

  /** Bytes of the pages as far as they are written. */
  get used(): number {
    return this.capacity - (this.pageEntries - this.#slot) * ENTRY_BYTES
  }

  /** Whether {@link turnPage} must come before the next {@link add}. */
  get isPageFull(): boolean {
    return this.#slot === this.pageEntries
  }

  turnPage(): void {
    this.#page = this.#spare.pop() ?? new IndexPage(this.pageEntries)
    this.#pages.push(this.#page)
    this.#slot = 0
  }

  /** @param previous the sequence number of the topic's message before, or 0. @returns its sequence number. */
  add(segment: number, offset: number, topic: NodeId, previous: number, atMs: number): number {
    const page = this.#page
    const slot = this.#slot
    const sequence = this.#sequence + 1
    const distance = previous === 0 ? 0 : sequence - previous
    if (atMs > this.#lastAtMs) this.#lastAtMs = atMs
    page.segment[slot] = segment
    page.offset[slot] = offset
    page.topic[slot] = topic
    page.distance[slot] = distance <= MOST_DISTANCE ? distance : 0
    page.receivedAtMs[slot] = this.#lastAtMs
    this.#slot = slot + 1
    this.#sequence = sequence
    return sequence
  }

  /** The page that holds this sequence number, or undefined when it is gone or has not come. */
  pageOf(sequence: number): IndexPage | undefined {
    return this.#pages[Math.floor(sequence / this.pageEntries) - this.#firstPage]
  }

  slotOf(sequence: number): number {
    return sequence % this.pageEntries
  }

  /** The message before of the same topic, held or not; 0 for none. */
  previousOf(sequence: number): number {
    const distance = this.pageOf(sequence)?.distance[this.slotOf(sequence)] ?? 0
    return distance === 0 ? 0 : sequence - distance
  }

  /** The first message from `from` on that was received at or after a time; the one to come when there is none. */
  firstAt(ms: number, from: number): number {
    let low = from
    let high = this.#sequence + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const atMs = this.pageOf(middle)?.receivedAtMs[this.slotOf(middle)] ?? 0
      if (atMs < ms) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Lets go of the pages that hold lower sequence numbers only. */
  freeBelow(sequence: number): void {
    while (this.#pages.length > 1 && (this.#firstPage + 1) * this.pageEntries <= sequence) {
      const page = this.#pages.shift()
      this.#firstPage += 1
      if (page !== undefined && this.#spare.length < SPARE_PAGES) this.#spare.push(page)
    }
  }
}
