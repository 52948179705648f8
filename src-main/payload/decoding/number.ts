import type { NumberType } from '@shared/payload/reading'
import { malformed, partOf, type Decoder } from './decoder'
import { shortFloat } from './protobuf-scalars'
import { READING_LIMITS } from './reading-limits'
import { limitFault, valueOutcome } from './value-outcome'

/** One number, or a list of them when the payload is as long as several. */
export const decodeNumber: Decoder<'number'> = (payload, { type, byteOrder }, maxBytes) => {
  const { shown, isCut } = partOf(payload, maxBytes)
  const { bytes: width, read } = NUMBER_TYPES[type]
  const count = Math.floor(shown.byteLength / width)
  if (count === 0 || (!isCut && shown.byteLength % width !== 0)) {
    return malformed(`${shown.byteLength} bytes are no whole number of ${type}, which has ${width}`)
  }
  const view = new DataView(shown.buffer, shown.byteOffset, shown.byteLength)
  const readCount = Math.min(count, READING_LIMITS.values)
  const values = Array.from({ length: readCount }, (_, index) => read(view, index * width, byteOrder === 'little-endian'))
  const isOne = values.length === 1 && !isCut
  return valueOutcome(isOne ? values[0] : values, readCount * width, readCount < count ? limitFault('values') : null)
}

interface NumberReader {
  readonly bytes: number
  read(view: DataView, at: number, isLittleEndian: boolean): number | bigint
}

/** How many bytes a number of each type has, and how they are read. */
export const NUMBER_TYPES: { readonly [Type in NumberType]: NumberReader } = {
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  int16: { bytes: 2, read: (view, at, isLittleEndian) => view.getInt16(at, isLittleEndian) },
  uint16: { bytes: 2, read: (view, at, isLittleEndian) => view.getUint16(at, isLittleEndian) },
  int32: { bytes: 4, read: (view, at, isLittleEndian) => view.getInt32(at, isLittleEndian) },
  uint32: { bytes: 4, read: (view, at, isLittleEndian) => view.getUint32(at, isLittleEndian) },
  int64: { bytes: 8, read: (view, at, isLittleEndian) => view.getBigInt64(at, isLittleEndian) },
  uint64: { bytes: 8, read: (view, at, isLittleEndian) => view.getBigUint64(at, isLittleEndian) },
  float32: { bytes: 4, read: (view, at, isLittleEndian) => shortFloat(view.getFloat32(at, isLittleEndian)) },
  float64: { bytes: 8, read: (view, at, isLittleEndian) => view.getFloat64(at, isLittleEndian) },
}
