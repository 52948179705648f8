import { Encoder as MessagePackEncoder, encodeDateToTimeSpec, encodeTimeSpecToTimestamp, ExtData, EXT_TIMESTAMP } from '@msgpack/msgpack'
import { Double, Instant, Pairs, Simple, Tagged } from '@shared/payload/form-values'
import { isWellFormed } from '@shared/text/well-formed'
import { NotEncodable, type Encoder } from './encoder'
import { formOf } from './form-of'

/**
 * The JSON form as MessagePack, each value in the fewest bytes. The library writes the values that hold no others; it has no maps
 * with keys that are no strings.
 */
export const encodeMessagePack: Encoder<'msgpack'> = (text) => {
  const pieces: Uint8Array[] = []
  write(formOf(text, 'kept'), pieces)
  return Buffer.concat(pieces)
}

const leaves = new MessagePackEncoder({ useBigInt64: true })
const doubles = new MessagePackEncoder({ forceIntegerToFloat: true })

function write(value: unknown, pieces: Uint8Array[]): void {
  if (Array.isArray(value)) {
    pieces.push(header(value.length, ARRAY))
    for (const member of value) write(member, pieces)
  } else if (value instanceof Pairs) writeMap(value.entries, pieces)
  else if (isPlainObject(value)) writeMap(Object.entries(value), pieces)
  else pieces.push(leafOf(value))
}

function writeMap(entries: readonly (readonly [unknown, unknown])[], pieces: Uint8Array[]): void {
  pieces.push(header(entries.length, MAP))
  for (const part of entries.flat()) write(part, pieces)
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

const ARRAY = { fix: 0x90, wide16: 0xdc, wide32: 0xdd }
const MAP = { fix: 0x80, wide16: 0xde, wide32: 0xdf }

/** The specification's "Array format family", "Map format family". */
function header(size: number, { fix, wide16, wide32 }: typeof ARRAY): Uint8Array {
  if (size < 16) return Uint8Array.of(fix | size)
  const isShort = size <= 0xffff
  const bytes = Buffer.alloc(isShort ? 3 : 5)
  bytes[0] = isShort ? wide16 : wide32
  if (isShort) bytes.writeUInt16BE(size, 1)
  else bytes.writeUInt32BE(size, 1)
  return bytes
}

function leafOf(value: unknown): Uint8Array {
  switch (typeof value) {
    case 'undefined':
      throw new NotEncodable('MessagePack has no “undefined”')
    case 'bigint':
      return integerOf(value)
    case 'number':
      // Beyond 32 bits the library would write a double.
      return Number.isSafeInteger(value) && Math.abs(value) > 0x7fff_ffff ? integerOf(BigInt(value)) : leaves.encode(value)
    case 'string':
      if (!isWellFormed(value)) throw new NotEncodable('half of a character (a lone surrogate) has no UTF-8 form')
      return leaves.encode(value)
    default:
      return objectOf(value)
  }
}

function integerOf(value: bigint): Uint8Array {
  if (value < -(2n ** 63n) || value >= 2n ** 64n) throw new NotEncodable(`${value} needs more than the 64 bits MessagePack has`)
  const isShort = value >= 0n ? value <= 0xffff_ffffn : value >= -0x8000_0000n
  return leaves.encode(isShort ? Number(value) : value)
}

function objectOf(value: unknown): Uint8Array {
  if (value instanceof Double) return doubles.encode(value.value)
  if (value instanceof Date) return timestamp(encodeDateToTimeSpec(value))
  if (value instanceof Instant) return timestamp({ sec: value.seconds, nsec: value.nanoseconds })
  if (value instanceof Simple) throw new NotEncodable('MessagePack has no simple values')
  if (!(value instanceof Tagged)) return leaves.encode(value)
  if (!(value.value instanceof Uint8Array)) throw new NotEncodable('an extension of MessagePack ($tag) holds bytes: {"$bytes":…}')
  if (value.tag < -128 || value.tag > 127) throw new NotEncodable(`${value.tag} is no extension type: they go from -128 to 127`)
  return leaves.encode(new ExtData(Number(value.tag), value.value))
}

function timestamp(time: ReturnType<typeof encodeDateToTimeSpec>): Uint8Array {
  if (Number.isNaN(time.sec)) throw new NotEncodable('an invalid date has no timestamp')
  return leaves.encode(new ExtData(EXT_TIMESTAMP, encodeTimeSpecToTimestamp(time)))
}
