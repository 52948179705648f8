import type { Inlet } from '../history/inlet'

const LEAST_ROOM_BYTES = 64 * 1024

/** An inlet with a piece of memory of its own, which whoever takes messages in must copy. */
export class PlainInlet implements Inlet {
  readonly segment = 0
  bytes: Uint8Array = new Uint8Array()
  start = 0
  end = 0

  /** Grows by doubling, never to the declared length at once: a peer that declares much must also send it. */
  room(): Uint8Array {
    const held = this.end - this.start
    if (this.bytes.length - held < LEAST_ROOM_BYTES) {
      const grown = new Uint8Array(2 * held + 2 * LEAST_ROOM_BYTES)
      grown.set(this.bytes.subarray(this.start, this.end))
      this.bytes = grown
    } else if (this.start > 0) this.bytes.copyWithin(0, this.start, this.end)
    this.start = 0
    this.end = held
    return this.bytes.subarray(held)
  }

  filled(count: number): void {
    this.end += count
  }

  consume(to: number): void {
    this.start = to
  }

  expect(): void {
    // It grows as bytes come.
  }

  close(): void {
    this.bytes = new Uint8Array()
    this.start = 0
    this.end = 0
  }
}
