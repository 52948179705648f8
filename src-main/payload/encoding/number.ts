import type { FieldPath } from '@shared/payload/field-path'
import type { NumberType } from '@shared/payload/reading'
import { NUMBER_TYPES } from '../decoding/number'
import type { Encoder } from './encoder'
import { formOf } from './form-of'
import { floatOf, integerOf, placingFaults } from './member-fault'

/** One number, or a list of them one after the other. */
export const encodeNumber: Encoder<'number'> = (text, { type, byteOrder }) => {
  const form = formOf(text)
  return placingFaults(text, () => {
    const values: readonly unknown[] = Array.isArray(form) ? form : [form]
    const width = NUMBER_TYPES[type].bytes
    const bytes = new Uint8Array(values.length * width)
    const view = new DataView(bytes.buffer)
    for (const [index, value] of values.entries()) put(view, index * width, value, type, byteOrder === 'little-endian', Array.isArray(form) ? [index] : [])
    return bytes
  })
}

function put(view: DataView, at: number, value: unknown, type: NumberType, isLittleEndian: boolean, path: FieldPath): void {
  switch (type) {
    case 'float32':
      view.setFloat32(at, floatOf(value, 32, path), isLittleEndian)
      break
    case 'float64':
      view.setFloat64(at, floatOf(value, 64, path), isLittleEndian)
      break
    default:
      putInteger(view, at, value, type, isLittleEndian, path)
  }
}

function putInteger(view: DataView, at: number, value: unknown, type: Exclude<NumberType, 'float32' | 'float64'>, isLittleEndian: boolean, path: FieldPath): void {
  const { bytes } = NUMBER_TYPES[type]
  const bits = BigInt(bytes * 8)
  const [least, most] = type.startsWith('int') ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
  const raw = BigInt.asUintN(64, integerOf(value, least, most, path))
  // The low `bytes` of the 64 bits, in the order that was asked for.
  for (let index = 0; index < bytes; index += 1) {
    const shift = 8n * BigInt(isLittleEndian ? index : bytes - 1 - index)
    view.setUint8(at + index, Number((raw >> shift) & 0xffn))
  }
}
