import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { pathText, type FieldPath } from '@shared/payload/field-path'
import { isWellFormed } from '@shared/text/well-formed'
import { NotEncodable } from './encoder'

/** A member of a value cannot be written in a format. */
export class MemberFault extends Error {
  constructor(
    readonly path: FieldPath,
    readonly what: string,
  ) {
    super(what)
  }
}

/** Encodes the value of a text, so that a fault of a member tells its place in the text. @throws {NotEncodable} */
export function placingFaults(text: string, encode: () => Uint8Array): Uint8Array {
  try {
    return encode()
  } catch (error) {
    if (error instanceof NotEncodable) throw error
    if (!(error instanceof MemberFault)) throw new NotEncodable(error instanceof Error ? error.message : String(error))
    const { path, what } = error
    const tree = parseTree(text)
    const node = tree && findNodeAtLocation(tree, [...path])
    throw new NotEncodable(path.length === 0 ? what : `${pathText(path)} ${what}`, node?.offset ?? null)
  }
}

export type Members = Readonly<Record<string, unknown>>

/** The members of an object. @throws {MemberFault} it is none */
export function membersOf(value: unknown, path: FieldPath): Members {
  const isObject = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  if (!isObject) throw new MemberFault(path, 'must be an object')
  return value as Members
}

/** @throws {MemberFault} it is no list */
export function listOf(value: unknown, path: FieldPath): readonly unknown[] {
  if (!Array.isArray(value)) throw new MemberFault(path, 'must be a list')
  return value
}

/** @throws {MemberFault} it is no integer from `least` to `most` */
export function integerOf(value: unknown, least: bigint, most: bigint, path: FieldPath): bigint {
  const integer = typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(value as number) : null
  if (integer === null) throw new MemberFault(path, 'must be an integer')
  if (integer < least || integer > most) throw new MemberFault(path, `must be from ${least} to ${most}`)
  return integer
}

/** @throws {MemberFault} it is no number, or one too large for a float of so many bits */
export function floatOf(value: unknown, bits: 32 | 64, path: FieldPath): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new MemberFault(path, 'must be a number')
  const float = bits === 32 ? Math.fround(Number(value)) : Number(value)
  const isMeant = typeof value === 'number' && !Number.isFinite(value)
  if (!isMeant && !Number.isFinite(float)) throw new MemberFault(path, `is too large for a float of ${bits} bits`)
  return Number(value)
}

/** @throws {MemberFault} it is no text that has a UTF-8 form */
export function wellFormedOf(value: unknown, path: FieldPath): string {
  if (typeof value !== 'string') throw new MemberFault(path, 'must be text')
  if (!isWellFormed(value)) throw new MemberFault(path, 'holds half of a character (a lone surrogate), which has no UTF-8 form')
  return value
}

/** An integer of 64 bits as protobufjs takes it. */
export function longOf(integer: bigint, unsigned: boolean): { low: number; high: number; unsigned: boolean } {
  return { low: Number(BigInt.asIntN(32, integer)), high: Number(BigInt.asIntN(32, integer >> 32n)), unsigned }
}
