import type { Inlet } from '../history/inlet'

const LEAST_ROOM_BYTES = 64 << 10

/** The way in of a connection whose messages are copied out at once: one block that is used again and again, larger while a large packet comes. */
export class PlainInlet implements Inlet {
  bytes: Uint8Array = new Uint8Array(2 * LEAST_ROOM_BYTES)
  readonly segment = 0
  start = 0
  end = 0
  #expected = 0
  #isClosed = false

  room(): Uint8Array {
    if (this.#isClosed) return new Uint8Array(LEAST_ROOM_BYTES)
    const begun = this.bytes.subarray(this.start, this.end)
    if (begun.length === 0) this.#moveTo(this.bytes, begun)
    else if (this.bytes.length - this.end < LEAST_ROOM_BYTES) this.#moveTo(this.#blockFor(begun), begun)
    return this.bytes.subarray(this.end)
  }

  filled(count: number): void {
    if (!this.#isClosed) this.end += count
  }

  consume(to: number): void {
    this.start = to
    this.#expected = 0
  }

  expect(totalBytes: number): void {
    this.#expected = totalBytes
  }

  close(): void {
    this.#isClosed = true
    this.start = 0
    this.end = 0
    this.bytes = new Uint8Array()
  }

  /** By doubling, never to the declared length at once: a peer that declares much must also send it. */
  #blockFor({ length }: Uint8Array): Uint8Array {
    if (this.bytes.length - length >= LEAST_ROOM_BYTES) return this.bytes
    return new Uint8Array(Math.max(length, Math.min(this.#expected, 2 * length)) + LEAST_ROOM_BYTES)
  }

  #moveTo(block: Uint8Array, begun: Uint8Array): void {
    // Within one block this moves it, overlapping or not.
    block.set(begun)
    this.bytes = block
    this.start = 0
    this.end = begun.length
  }
}
