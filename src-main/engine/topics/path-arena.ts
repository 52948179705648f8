const CHUNK_BITS = 20
const CHUNK_BYTES = 1 << CHUNK_BITS
const IN_CHUNK = CHUNK_BYTES - 1

/**
 * The bytes of paths, one after the other, in chunks that never move. A path lies in one chunk, at a multiple of four bytes;
 * its place is a number. Words are those of the processor: little-endian, as everywhere Electron runs.
 */
export class PathArena {
  #chunks: Buffer[] = []
  /** The same memory, by words. */
  #words: Int32Array[] = []
  #end = 0

  constructor(readonly maxBytes: number) {}

  /** Bytes taken, what is left over between them included. */
  get usedBytes(): number {
    return this.#end
  }

  get memoryBytes(): number {
    return this.#chunks.length * CHUNK_BYTES
  }

  /** Whether a path of `length` bytes (65,535 at the most) fits. */
  hasRoom(length: number): boolean {
    return this.#placeFor(length) + length <= this.maxBytes
  }

  /** Copies a path in and says where it is. Look first whether it {@link hasRoom}. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const at = this.#placeFor(end - start)
    if (at >>> CHUNK_BITS === this.#chunks.length) {
      const memory = new ArrayBuffer(CHUNK_BYTES)
      this.#chunks.push(Buffer.from(memory))
      this.#words.push(new Int32Array(memory))
    }
    const chunk = this.chunkOf(at)
    const base = at & IN_CHUNK
    for (let index = start; index < end; index += 1) chunk[base + index - start] = bytes[index] ?? 0
    this.#end = at + ((end - start + 3) & ~3)
    return at
  }

  /** The bytes among which the path at this place lies, from {@link startOf}. */
  chunkOf(at: number): Buffer {
    const chunk = this.#chunks[at >>> CHUNK_BITS]
    if (chunk === undefined) throw new RangeError(`there is no path at ${at}`)
    return chunk
  }

  startOf(at: number): number {
    return at & IN_CHUNK
  }

  /** Whether the path at this place begins with `length` bytes of the words. */
  startsWith(at: number, words: Int32Array, length: number): boolean {
    const chunk = this.#words[at >>> CHUNK_BITS]
    if (chunk === undefined) return false
    const base = (at & IN_CHUNK) >> 2
    const whole = length >> 2
    for (let index = 0; index < whole; index += 1) if (chunk[base + index] !== words[index]) return false
    const mask = (1 << ((length & 3) << 3)) - 1
    return mask === 0 || (((chunk[base + whole] ?? 0) ^ (words[whole] ?? 0)) & mask) === 0
  }

  /** Some number that takes the processor to fetch the bytes at this place. */
  touch(at: number): number {
    return this.#words[at >>> CHUNK_BITS]?.[(at & IN_CHUNK) >> 2] ?? 0
  }

  text(at: number, from: number, to: number): string {
    const start = at & IN_CHUNK
    return this.chunkOf(at).toString('utf8', start + from, start + to)
  }

  /** Takes over what another arena holds, and forgets what this one did. */
  adopt(other: PathArena): void {
    this.#chunks = other.#chunks
    this.#words = other.#words
    this.#end = other.#end
  }

  #placeFor(length: number): number {
    const left = CHUNK_BYTES - (this.#end & IN_CHUNK)
    return length > left ? this.#end + left : this.#end
  }
}
