/** Where a network connection puts what it reads. */
export interface NetworkReader {
  /** Room for the next read: to be asked for before each. */
  room(): Uint8Array
  /** So many bytes of it are there now. */
  filled(count: number): void
}

const NO_ROOM: Uint8Array = new Uint8Array()

/**
 * Copies what came elsewhere, and tells the reader of it all at once when the system has no more for now: pieces may be as
 * small as a packet, for Mosquitto sends each in a WebSocket frame of its own.
 */
export class CopiedPieces {
  #room = NO_ROOM
  #filled = 0
  #isFlushDue = false

  constructor(private readonly reader: NetworkReader) {}

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const count = Math.min(piece.length - at, this.#room.length - this.#filled)
      if (count === 0) {
        this.flush()
        this.#room = this.reader.room()
        continue
      }
      this.#room.set(count === piece.length ? piece : piece.subarray(at, at + count), this.#filled)
      this.#filled += count
      at += count
    }
    if (this.#isFlushDue) return
    this.#isFlushDue = true
    process.nextTick(() => this.flush())
  }

  /** Tells the reader of what it has not been told of yet. */
  flush(): void {
    const count = this.#filled
    this.#room = NO_ROOM
    this.#filled = 0
    this.#isFlushDue = false
    if (count > 0) this.reader.filled(count)
  }
}
