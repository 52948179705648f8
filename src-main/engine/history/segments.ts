/** A block of bytes that holds packets of one protocol version. Its id is a Uint16, and is given again once it is freed. */
export interface Segment {
  readonly id: number
  readonly isMqtt5: boolean
  /** Holds one packet that is too large for a regular segment, from offset 0. */
  readonly isJumbo: boolean
  /** The whole block; {@link Segments.grow} replaces it. */
  bytes: Uint8Array
  /** Bytes of it that hold something. */
  used: number
  /** Messages of lower sequence are gone from here: the id meant another segment then, or they were let go. */
  firstSequence: number
  /** No message here has a higher one; set when its inlet leaves it. */
  lastSequence: number
}

/** The id of no segment. */
export const NO_SEGMENT = 0xffff
const MOST_IDS = NO_SEGMENT
const SPARE_BLOCKS = 2

/**
 * All segments by their ids.
 * Invariants: `capacity` is the sum of the blocks in use; at most two freed blocks are kept for reuse.
 */
export class Segments {
  readonly #byId: (Segment | undefined)[] = []
  readonly #freeIds: number[] = []
  #spare: Uint8Array[] = []
  #capacity = 0

  /** Bytes of all blocks in use. */
  get capacity(): number {
    return this.#capacity
  }

  /** Bytes of freed blocks that wait for reuse. */
  get spareBytes(): number {
    return this.#spare.reduce((sum, { length }) => sum + length, 0)
  }

  /** Bytes that hold something. */
  get used(): number {
    return this.#byId.reduce((sum, segment) => sum + (segment?.used ?? 0), 0)
  }

  at(id: number): Segment | undefined {
    return this.#byId[id]
  }

  /** Whether the message of that sequence, once written under this id, is still there. */
  holds(id: number, sequence: number): boolean {
    const segment = this.#byId[id]
    return segment !== undefined && sequence >= segment.firstSequence
  }

  /** @throws {RangeError} all ids are taken: 64 Ki segments, tens of gigabytes at the least. */
  allocate(capacity: number, isMqtt5: boolean, isJumbo: boolean, firstSequence: number): Segment {
    const id = this.#freeIds.pop() ?? this.#byId.length
    if (id >= MOST_IDS) throw new RangeError('the message log has no segment id left')
    const bytes = this.#takeSpare(capacity) ?? new Uint8Array(capacity)
    const segment: Segment = { id, isMqtt5, isJumbo, bytes, used: 0, firstSequence, lastSequence: Infinity }
    this.#byId[id] = segment
    this.#capacity += capacity
    return segment
  }

  /** Gives it a larger block, with its first `used` bytes. */
  grow(segment: Segment, capacity: number): void {
    const grown = new Uint8Array(capacity)
    grown.set(segment.bytes.subarray(0, segment.used))
    this.#capacity += capacity - segment.bytes.length
    segment.bytes = grown
  }

  free(segment: Segment): void {
    this.#byId[segment.id] = undefined
    this.#freeIds.push(segment.id)
    this.#capacity -= segment.bytes.length
    if (segment.isJumbo) return
    this.#spare.push(segment.bytes)
    if (this.#spare.length > SPARE_BLOCKS) this.#spare.shift()
  }

  /** Lets go of the blocks kept for reuse. */
  dropSpare(): void {
    this.#spare = []
  }

  #takeSpare(capacity: number): Uint8Array | undefined {
    const index = this.#spare.findIndex(({ length }) => length === capacity)
    return index === -1 ? undefined : this.#spare.splice(index, 1)[0]
  }
}
