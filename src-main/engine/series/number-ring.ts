const FIRST_CAPACITY = 1_024

/**
 * Numbers in a row that grows at both ends.
 * Each keeps its index, whatever comes before it: indexes go from `first` to below `end`, and may be negative.
 */
export class NumberRing {
  #numbers = new Float64Array(FIRST_CAPACITY)
  #first = 0
  #end = 0

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get length(): number {
    return this.#end - this.#first
  }

  at(index: number): number {
    return this.#numbers[this.#slot(index)] ?? 0
  }

  addLast(number: number): void {
    if (this.length === this.#numbers.length) this.#grow()
    this.#numbers[this.#slot(this.#end)] = number
    this.#end += 1
  }

  addFirst(number: number): void {
    if (this.length === this.#numbers.length) this.#grow()
    this.#first -= 1
    this.#numbers[this.#slot(this.#first)] = number
  }

  dropFirst(): void {
    this.#first += 1
  }

  /** Where the first number that is at least `least` is; `end` for none. The numbers must ascend. */
  firstFrom(least: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.at(middle) < least) low = middle + 1
      else high = middle
    }
    return low
  }

  /** A power of two's mask serves negative indexes too. */
  #slot(index: number): number {
    return index & (this.#numbers.length - 1)
  }

  #grow(): void {
    const before = this.#numbers
    const mask = before.length - 1
    this.#numbers = new Float64Array(before.length * 2)
    for (let index = this.#first; index < this.#end; index += 1) this.#numbers[this.#slot(index)] = before[index & mask] ?? 0
  }
}
