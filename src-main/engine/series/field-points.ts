import { NumberRing } from './number-ring'

/** Most messages that one field remembers a number of, or that there was none: 64 MB. */
export const MOST_POINTS = 4_000_000

/** The numbers that one field had over time, as far as they were read: the oldest go when there are too many. */
export class FieldPoints {
  readonly times = new NumberRing()
  readonly values = new NumberRing()
  /** When messages came that had no number there. */
  readonly missing = new NumberRing()
  /** How many points had to go. */
  letGo = 0

  constructor(private readonly mostPoints = MOST_POINTS) {}

  get isFull(): boolean {
    return this.times.length + this.missing.length >= this.mostPoints
  }

  addNewest(atMs: number, value: number | null): void {
    if (this.isFull) this.#dropOldest()
    if (value === null) this.missing.addLast(atMs)
    else {
      this.times.addLast(atMs)
      this.values.addLast(value)
    }
  }

  addOldest(atMs: number, value: number | null): void {
    if (value === null) this.missing.addFirst(atMs)
    else {
      this.times.addFirst(atMs)
      this.values.addFirst(value)
    }
  }

  #dropOldest(): void {
    const { times, values, missing } = this
    if (missing.length > 0 && (times.length === 0 || missing.at(missing.first) < times.at(times.first))) {
      missing.dropFirst()
      return
    }
    times.dropFirst()
    values.dropFirst()
    this.letGo += 1
  }
}
