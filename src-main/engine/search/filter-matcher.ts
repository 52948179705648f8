import { compileFilter } from '@shared/mqtt/topic'

const SLASH = 0x2f
const PLUS = 0x2b
const HASH = 0x23
const DOLLAR = 0x24

/** A valid topic filter, matched against the bytes of topic names; the same answers as `matchesFilter`. */
export class FilterMatcher {
  readonly #filter: Uint8Array
  readonly #startsWild: boolean

  constructor(filter: string) {
    this.#filter = new TextEncoder().encode(compileFilter(filter).join('/'))
    this.#startsWild = this.#filter[0] === PLUS || this.#filter[0] === HASH
  }

  matches(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#startsWild && start < end && bytes[start] === DOLLAR) return false // [MQTT-4.7.2-1]
    const filter = this.#filter
    let at = start
    let index = 0
    for (; index < filter.length; index += 1) {
      const wanted = filter[index]
      // In a valid filter a wildcard is a level of its own [MQTT-4.7.1-1], [MQTT-4.7.1-2], so `at` begins a level here.
      if (wanted === HASH) return true
      if (wanted === PLUS) while (at < end && bytes[at] !== SLASH) at += 1
      else if (at < end && bytes[at] === wanted) at += 1
      else break
    }
    if (index === filter.length) return at === end
    // `a/#` matches `a` too [4.7.1.2].
    return at === end && index === filter.length - 2 && filter[index] === SLASH && filter[index + 1] === HASH
  }
}
