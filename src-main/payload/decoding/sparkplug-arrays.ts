import type { SparkplugDataType } from '../schemas/sparkplug-types'
import { shortFloat } from './protobuf-scalars'

interface Item {
  readonly bytes: number
  read(buffer: Buffer, at: number): number | bigint
  write(buffer: Buffer, value: number | bigint, at: number): void
}

const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value)
const int64: Item = { bytes: 8, read: (buffer, at) => exact(buffer.readBigInt64LE(at)), write: (buffer, value, at) => buffer.writeBigInt64LE(BigInt(value), at) }
const uint64: Item = { bytes: 8, read: (buffer, at) => exact(buffer.readBigUInt64LE(at)), write: (buffer, value, at) => buffer.writeBigUInt64LE(BigInt(value), at) }

/** Arrays of numbers are their values one after the other, little-endian (Sparkplug 3.0, 6.4.17). */
const ITEMS: { readonly [Name in SparkplugDataType]?: Item } = {
  Int8Array: { bytes: 1, read: (buffer, at) => buffer.readInt8(at), write: (buffer, value, at) => buffer.writeInt8(Number(value), at) },
  Int16Array: { bytes: 2, read: (buffer, at) => buffer.readInt16LE(at), write: (buffer, value, at) => buffer.writeInt16LE(Number(value), at) },
  Int32Array: { bytes: 4, read: (buffer, at) => buffer.readInt32LE(at), write: (buffer, value, at) => buffer.writeInt32LE(Number(value), at) },
  Int64Array: int64,
  UInt8Array: { bytes: 1, read: (buffer, at) => buffer.readUInt8(at), write: (buffer, value, at) => buffer.writeUInt8(Number(value), at) },
  UInt16Array: { bytes: 2, read: (buffer, at) => buffer.readUInt16LE(at), write: (buffer, value, at) => buffer.writeUInt16LE(Number(value), at) },
  UInt32Array: { bytes: 4, read: (buffer, at) => buffer.readUInt32LE(at), write: (buffer, value, at) => buffer.writeUInt32LE(Number(value), at) },
  UInt64Array: uint64,
  FloatArray: { bytes: 4, read: (buffer, at) => shortFloat(buffer.readFloatLE(at)), write: (buffer, value, at) => buffer.writeFloatLE(Number(value), at) },
  DoubleArray: { bytes: 8, read: (buffer, at) => buffer.readDoubleLE(at), write: (buffer, value, at) => buffer.writeDoubleLE(Number(value), at) },
  DateTimeArray: int64,
}

/** The values of an array; null: the type is none of an array. @throws {Error} the bytes are none of that type */
export function arrayValues(bytes: Uint8Array, type: SparkplugDataType): unknown[] | null {
  const buffer = Buffer.from(bytes)
  if (type === 'BooleanArray') return booleans(buffer)
  if (type === 'StringArray') return strings(buffer)
  const item = ITEMS[type]
  if (item === undefined) return null
  if (buffer.byteLength % item.bytes !== 0) throw new Error(`${type} of ${buffer.byteLength} bytes`)
  return Array.from({ length: buffer.byteLength / item.bytes }, (_, index) => item.read(buffer, index * item.bytes))
}

/** The bytes of an array; null: the type is none of an array. @throws {Error} a value is none of that type */
export function arrayBytes(values: readonly unknown[], type: SparkplugDataType): Uint8Array | null {
  if (type === 'BooleanArray') return booleanBytes(values)
  if (type === 'StringArray') return Buffer.from(values.map((value) => `${String(value)}\0`).join(''), 'utf8')
  const item = ITEMS[type]
  if (item === undefined) return null
  const buffer = Buffer.alloc(values.length * item.bytes)
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new Error(`${type}: item ${index} is no number`)
    item.write(buffer, value, index * item.bytes)
  }
  return buffer
}

/** A count of four bytes, then a bit each, the highest first. */
function booleans(buffer: Buffer): boolean[] {
  const count = buffer.readUInt32LE(0)
  if (buffer.byteLength !== 4 + Math.ceil(count / 8)) throw new Error(`BooleanArray of ${buffer.byteLength} bytes`)
  return Array.from({ length: count }, (_, index) => ((buffer[4 + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0)
}

function booleanBytes(values: readonly unknown[]): Buffer {
  const buffer = Buffer.alloc(4 + Math.ceil(values.length / 8))
  buffer.writeUInt32LE(values.length)
  for (const [index, value] of values.entries()) {
    if (value === true) buffer[4 + (index >> 3)] = (buffer[4 + (index >> 3)] ?? 0) | (0x80 >> (index & 7))
    else if (value !== false) throw new Error(`BooleanArray: item ${index} is neither true nor false`)
  }
  return buffer
}

/** Each ended by a zero byte. */
function strings(buffer: Buffer): string[] {
  const parts = buffer.toString('utf8').split('\0')
  if (parts.pop() !== '') throw new Error('StringArray without its end')
  return parts
}
