import type { NumberType } from '@shared/payload/reading'
import { NUMBER_TYPES } from '../decoding/number'
import { NotEncodable, type Encoder } from './encoder'
import { formOf } from './form-of'

/** One number, or a list of them one after the other. */
export const encodeNumber: Encoder<'number'> = (text, { type, byteOrder }) => {
  const form = formOf(text)
  const values: readonly unknown[] = Array.isArray(form) ? form : [form]
  const width = NUMBER_TYPES[type].bytes
  const bytes = new Uint8Array(values.length * width)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries()) put(view, index * width, value, type, byteOrder === 'little-endian')
  return bytes
}

function put(view: DataView, at: number, value: unknown, type: NumberType, isLittleEndian: boolean): void {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new NotEncodable('a number belongs here, or a list of numbers')
  switch (type) {
    case 'float32':
      if (typeof value === 'number' && Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw tooLarge(value, type)
      view.setFloat32(at, Number(value), isLittleEndian)
      break
    case 'float64':
      view.setFloat64(at, Number(value), isLittleEndian)
      break
    default:
      putInteger(view, at, value, type, isLittleEndian)
  }
}

const tooLarge = (value: number | bigint, type: NumberType) => new NotEncodable(`${value} does not fit into ${type}`)

function putInteger(view: DataView, at: number, value: number | bigint, type: Exclude<NumberType, 'float32' | 'float64'>, isLittleEndian: boolean): void {
  if (typeof value === 'number' && !Number.isInteger(value)) throw new NotEncodable(`${value} is no integer`)
  const integer = BigInt(value)
  const { bytes } = NUMBER_TYPES[type]
  const bits = bytes * 8
  const isSigned = type.startsWith('int')
  if (integer !== (isSigned ? BigInt.asIntN(bits, integer) : BigInt.asUintN(bits, integer))) throw tooLarge(value, type)
  const raw = BigInt.asUintN(64, integer)
  // The low `bytes` of the 64 bits, in the order that was asked for.
  for (let index = 0; index < bytes; index += 1) {
    const shift = 8n * BigInt(isLittleEndian ? index : bytes - 1 - index)
    view.setUint8(at + index, Number((raw >> shift) & 0xffn))
  }
}
