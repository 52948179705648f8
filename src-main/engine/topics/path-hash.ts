import { randomFillSync } from 'node:crypto'

const SLASH = 0x2f
const MAX_PATH_BYTES = 65_535

/** The secret of one tree's hash: a start and two factors. */
export type HashKeys = readonly [start: number, first: number, second: number]

/** Keys nobody outside can know: who publishes must not be able to choose topics that collide. */
export function randomHashKeys(): HashKeys {
  const [start = 0, first = 0, second = 0] = randomFillSync(new Int32Array(3))
  return [start, first | 1, second | 1]
}

/**
 * A 32-bit hash of a path's bytes, four at a step. A step adds the products of the state and of its halves exchanged with
 * two secret odd factors, so that which difference of two words cancels depends on the factors: there is none to know beforehand.
 * The bytes are left in {@link words}, where they are compared four at a step too.
 */
export class PathHash {
  /** What was hashed last, four bytes a word, the first one lowest; the last word may have fewer. */
  readonly words = new Int32Array(Math.ceil(MAX_PATH_BYTES / 4))
  readonly #start: number
  readonly #first: number
  readonly #second: number

  constructor(keys: HashKeys) {
    ;[this.#start, this.#first, this.#second] = keys
  }

  /** The hash of the bytes from `start` to before `end`, a signed 32-bit integer. */
  of(bytes: Uint8Array, start: number, end: number): number {
    const { words } = this
    const first = this.#first
    const second = this.#second
    let state = this.#start
    let at = start
    let count = 0
    for (; at + 4 <= end; at += 4, count += 1) {
      const word = wordAt(bytes, at)
      words[count] = word
      state = step(state ^ word, first, second)
    }
    let word = 0
    for (let shift = 0; at < end; at += 1, shift += 8) word |= (bytes[at] ?? 0) << shift
    words[count] = word
    return this.#finish(state, word, end - start)
  }

  /**
   * The hashes of the path and of all levels above, in one pass: writes where each level ends (counted from `start`) and
   * its hash from the top down, and returns how many levels there are.
   */
  ofLevels(bytes: Uint8Array, start: number, end: number, ends: Uint32Array, hashes: Int32Array): number {
    let state = this.#start
    let word = 0
    let shift = 0
    let count = 0
    let levels = 0
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === SLASH) {
        ends[levels] = at - start
        hashes[levels] = this.#finish(state, word, at - start)
        levels += 1
      }
      word |= byte << shift
      shift += 8
      if (shift < 32) continue
      this.words[count] = word
      count += 1
      state = step(state ^ word, this.#first, this.#second)
      word = 0
      shift = 0
    }
    this.words[count] = word
    ends[levels] = end - start
    hashes[levels] = this.#finish(state, word, end - start)
    return levels + 1
  }

  #finish(state: number, word: number, length: number): number {
    let hash = step(state ^ word, this.#first, this.#second) ^ Math.imul(length, this.#second)
    hash = Math.imul(hash ^ (hash >>> 16), this.#first)
    hash = Math.imul(hash ^ (hash >>> 15), this.#second)
    return hash ^ (hash >>> 16)
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
}

function step(mixed: number, first: number, second: number): number {
  return (Math.imul(mixed, first) + Math.imul((mixed << 16) | (mixed >>> 16), second)) | 0
}
