/** Why a value cannot be written in a format: the member it is about, and what is wrong with it. */
export class EncodingFault extends Error {
  constructor(
    readonly path: string,
    readonly what: string,
  ) {
    super(path === '' ? what : `${path}: ${what}`)
  }
}

export type Members = Readonly<Record<string, unknown>>

/** The members of an object. @throws {EncodingFault} it is none */
export function membersOf(value: unknown, path: string): Members {
  const isObject = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  if (!isObject) throw new EncodingFault(path, 'must be an object')
  return value as Members
}

/** @throws {EncodingFault} it is no list */
export function listOf(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new EncodingFault(path, 'must be a list')
  return value
}

/** The path of a member of what is at `path`. */
export const within = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** @throws {EncodingFault} it is no integer from `least` to `most` */
export function integerOf(value: unknown, least: bigint, most: bigint, path: string): bigint {
  const integer = typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(value as number) : null
  if (integer === null) throw new EncodingFault(path, 'must be an integer')
  if (integer < least || integer > most) throw new EncodingFault(path, `must be from ${least} to ${most}`)
  return integer
}

/** An integer of 64 bits as protobufjs takes it. */
export function longOf(integer: bigint, unsigned: boolean): { low: number; high: number; unsigned: boolean } {
  return { low: Number(BigInt.asIntN(32, integer)), high: Number(BigInt.asIntN(32, integer >> 32n)), unsigned }
}
