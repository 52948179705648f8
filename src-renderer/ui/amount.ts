/** A number of some unit while it is edited: missing (null), or no whole number at all (NaN). */
export interface Amount<Unit extends string> {
  readonly count: number | null
  readonly unit: Unit
}

/** Units and how much of the smallest one each is, smallest first. */
export type Units<Unit extends string> = Readonly<Record<Unit, number>>

/** In seconds. */
export const TIME_UNITS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const
export type TimeUnit = keyof typeof TIME_UNITS

/** In bytes. */
export const SIZE_UNITS = { B: 1, KiB: 1_024, MiB: 1_048_576 } as const
export type SizeUnit = keyof typeof SIZE_UNITS

/** `value` in the largest unit in which it is a whole number; null stays without a number. */
export function amountOf<Unit extends string>(value: number | null, units: Units<Unit>): Amount<Unit> {
  const names = Object.keys(units) as Unit[]
  const fits = names.filter((unit) => value !== null && value !== 0 && value % units[unit] === 0)
  const unit = fits.at(-1) ?? names[0]
  if (unit === undefined) throw new RangeError('there are no units')
  return { unit, count: value === null ? null : value / units[unit] }
}

/** What the amount is in the smallest unit; null and NaN stay so. */
export function valueOf<Unit extends string>({ count, unit }: Amount<Unit>, units: Units<Unit>): number | null {
  return count === null ? null : count * units[unit]
}

const whole = new Intl.NumberFormat('en')

/** An exact amount for reading: `90 s`, `1 h`, `64 MiB`, `1,000 B`. */
export function formatAmount<Unit extends string>(value: number, units: Units<Unit>): string {
  const { count, unit } = amountOf(value, units)
  return `${whole.format(count ?? 0)} ${unit}`
}
