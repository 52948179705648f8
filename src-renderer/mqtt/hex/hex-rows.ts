import { BYTES_PER_ROW } from './byte-selection'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export interface HexByte {
  readonly index: number
  readonly hex: string
  /** As ASCII [RFC 20], a dot where that has no glyph. */
  readonly glyph: string
  readonly kind: 'zero' | 'plain' | 'other'
}

/** The bytes of one row of a dump. */
export function bytesOfRow(bytes: Uint8Array, row: number): HexByte[] {
  const start = row * BYTES_PER_ROW
  return Array.from(bytes.subarray(start, start + BYTES_PER_ROW), (byte, offset) => ({
    index: start + offset,
    hex: HEX[byte] ?? '',
    glyph: isPlain(byte) ? String.fromCharCode(byte) : '.',
    kind: byte === 0 ? 'zero' : isPlain(byte) ? 'plain' : 'other',
  }))
}

const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

/** How many digits all offsets are written with: as many as the largest needs, four at the least. */
export function offsetDigits(length: number): number {
  return Math.max(4, Math.max(0, length - 1).toString(16).length)
}

/** Bytes as hexadecimal digits, sixteen a line. */
export function hexText(bytes: Uint8Array): string {
  const rows = Math.ceil(bytes.byteLength / BYTES_PER_ROW)
  return Array.from({ length: rows }, (_, row) =>
    Array.from(bytes.subarray(row * BYTES_PER_ROW, (row + 1) * BYTES_PER_ROW), (byte) => HEX[byte]).join(' '),
  ).join('\n')
}

export interface ByteReading {
  readonly type: 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'uint64' | 'float64'
  readonly bigEndian: string
  readonly littleEndian: string
}

/** What the bytes from `at` on are as numbers; those that need more bytes than there are left out. */
export function numbersAt(bytes: Uint8Array, at: number): ByteReading[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.byteLength - at)
  const readers: [ByteReading['type'], number, (isLittle: boolean) => number | bigint][] = [
    ['uint8', 1, () => view.getUint8(0)],
    ['int8', 1, () => view.getInt8(0)],
    ['uint16', 2, (isLittle) => view.getUint16(0, isLittle)],
    ['int16', 2, (isLittle) => view.getInt16(0, isLittle)],
    ['uint32', 4, (isLittle) => view.getUint32(0, isLittle)],
    ['int32', 4, (isLittle) => view.getInt32(0, isLittle)],
    ['float32', 4, (isLittle) => Number(view.getFloat32(0, isLittle).toPrecision(7))],
    ['uint64', 8, (isLittle) => view.getBigUint64(0, isLittle)],
    ['float64', 8, (isLittle) => view.getFloat64(0, isLittle)],
  ]
  return readers
    .filter(([, size]) => size <= view.byteLength)
    .map(([type, , read]) => ({ type, bigEndian: String(read(false)), littleEndian: String(read(true)) }))
}
