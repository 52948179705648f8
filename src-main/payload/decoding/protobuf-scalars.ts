/** The shortest number that is the same float of 32 bits: 0.1 rather than 0.10000000149011612. */
export function shortFloat(value: number): number {
  if (!Number.isFinite(value)) return value
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Object.is(Math.fround(short), value)) return short
  }
  return value
}

/** An integer of 64 bits, as protobufjs holds it. */
interface LongBits {
  readonly low: number
  readonly high: number
  readonly unsigned: boolean
}

export const isLong = (value: unknown): value is LongBits =>
  typeof value === 'object' && value !== null && 'low' in value && 'high' in value && 'unsigned' in value

/** A bigint only where a number would not be exact. */
export function longValue({ low, high, unsigned }: LongBits): number | bigint {
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  const value = unsigned ? bits : BigInt.asIntN(64, bits)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
