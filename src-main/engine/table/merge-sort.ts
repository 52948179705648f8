/** Rows sorted at once at the beginning. */
const FIRST_RUN = 512
const STEPS_BETWEEN_LOOKS = 2_048

/** Sorts the numbers from 0 to before `length` by a comparison, in slices. */
export class MergeSort {
  #from: Uint32Array
  #to: Uint32Array
  /** 0: the first runs are still to be made. */
  #width = 0
  #at = 0
  /** Where the merge under way is: in its left run, in its right one. */
  #left = 0
  #right = 0

  constructor(
    private readonly length: number,
    private readonly compare: (a: number, b: number) => number,
  ) {
    this.#from = new Uint32Array(length)
    for (let index = 0; index < length; index += 1) this.#from[index] = index
    this.#to = new Uint32Array(length)
  }

  get isDone(): boolean {
    return this.#width >= this.length
  }

  /** Complete once {@link isDone}. */
  get order(): Uint32Array {
    return this.#from
  }

  /** Goes on until all is sorted or `performance.now()` passes `untilMs`. */
  step(untilMs: number): void {
    while (!this.isDone && performance.now() < untilMs) {
      if (this.#width === 0) this.#sortRun()
      else this.#merge(STEPS_BETWEEN_LOOKS)
    }
  }

  #sortRun(): void {
    this.#from.subarray(this.#at, this.#at + FIRST_RUN).sort(this.compare)
    this.#at += FIRST_RUN
    if (this.#at >= this.length) this.#beginPass(FIRST_RUN)
  }

  #beginPass(width: number): void {
    this.#width = width
    this.#at = 0
    this.#beginMerge(0)
  }

  #beginMerge(start: number): void {
    this.#left = start
    this.#right = Math.min(this.length, start + this.#width)
  }

  #merge(steps: number): void {
    const from = this.#from
    const to = this.#to
    for (let step = 0; step < steps && this.#at < this.length; step += 1) {
      const start = this.#at - (this.#at % (2 * this.#width))
      const middle = Math.min(this.length, start + this.#width)
      const end = Math.min(this.length, middle + this.#width)
      const left = from[this.#left] ?? 0
      const right = from[this.#right] ?? 0
      const isLeft = this.#left < middle && (this.#right >= end || this.compare(left, right) <= 0)
      to[this.#at] = isLeft ? left : right
      if (isLeft) this.#left += 1
      else this.#right += 1
      this.#at += 1
      if (this.#at === end) this.#beginMerge(end)
    }
    if (this.#at < this.length) return
    this.#from = to
    this.#to = from
    this.#beginPass(2 * this.#width)
  }
}
