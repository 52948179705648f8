import { encode, writeFloat, writeInt, writeUnknown } from 'cbor2/encoder'
import { Simple as CborSimple } from 'cbor2/simple'
import { Tag } from 'cbor2/tag'
import type { RequiredEncodeOptions, Writer } from 'cbor2'
import { Double, Instant, Pairs, Simple, Tagged } from '@shared/payload/form-values'
import { isWellFormed } from '@shared/text/well-formed'
import { NotEncodable, type Encoder } from './encoder'
import { formOf } from './form-of'

/** The JSON form as CBOR, each value in the fewest bytes (RFC 8949, 4.1). */
export const encodeCbor: Encoder<'cbor'> = (text) => encode(cborOf(formOf(text, 'kept')))

/** A value as the library takes it. */
function cborOf(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(cborOf)
  if (value instanceof Double) return new CborDouble(value.value)
  if (value instanceof Pairs) return new CborMap(value.entries.map(([key, member]) => [cborOf(key), cborOf(member)]))
  if (value instanceof Tagged) return new Tag(tagOf(value.tag), cborOf(value.value))
  if (value instanceof Simple) return simpleOf(value.number)
  if (value instanceof Date) return new Tag(EPOCH_TAG, value.getTime() / 1000)
  if (value instanceof Instant) throw new NotEncodable('CBOR holds no time finer than a millisecond')
  return new CborMap(Object.entries(value).map(([key, member]) => [wellFormed(key), cborOf(member)]))
}

const EPOCH_TAG = 1
const MAX_TAG = 2n ** 64n - 1n

function wellFormed(text: string): string {
  if (!isWellFormed(text)) throw new NotEncodable('half of a character (a lone surrogate) has no UTF-8 form')
  return text
}

function tagOf(tag: number | bigint): number | bigint {
  if (tag < 0 || tag > MAX_TAG) throw new NotEncodable(`${tag} is no tag of CBOR`)
  return tag
}

/** RFC 8949, 3.3: 24 to 31 are reserved. */
function simpleOf(number: number): CborSimple {
  if (number >= 24 && number <= 31) throw new NotEncodable(`CBOR has no simple value ${number}`)
  return new CborSimple(number)
}

const MAP = 5

class CborMap {
  constructor(private readonly entries: readonly (readonly [unknown, unknown])[]) {}

  toCBOR(writer: Writer, options: RequiredEncodeOptions): undefined {
    writeInt(this.entries.length, writer, MAP)
    for (const part of this.entries.flat()) writeUnknown(part, writer, options)
  }
}

class CborDouble {
  constructor(private readonly value: number) {}

  toCBOR(writer: Writer, options: RequiredEncodeOptions): undefined {
    writeFloat(this.value, writer, options)
  }
}
