export interface ZstdFrame {
  readonly bytes: Uint8Array
  /** How much memory a decoder needs to read it. */
  readonly windowBytes: number
}

export const ENDS_EARLY = 'it ends too early'

const MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a50

/**
 * The frames of Zstandard data (RFC 8878, 3.1), skippable ones left out; the last may be cut.
 * @throws {Error} where no frame begins
 */
export function* zstdFrames(bytes: Uint8Array): Generator<ZstdFrame> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at < bytes.byteLength) {
    if (at + 8 > bytes.byteLength) throw new Error(ENDS_EARLY)
    const magic = view.getUint32(at, true)
    // `>>> 0`: a shift gives signed numbers.
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      at += 8 + view.getUint32(at + 4, true)
      continue
    }
    if (magic !== MAGIC) throw new Error('bytes that are no Zstandard frame')
    const { headerBytes, windowBytes, hasChecksum } = headerAt(view, at)
    const end = endOfBlocks(view, at + headerBytes) + (hasChecksum ? 4 : 0)
    yield { bytes: bytes.subarray(at, end), windowBytes }
    at = end
  }
}

/** 3.1.1.1: descriptor, window descriptor (unless single segment), dictionary id, content size. */
function headerAt(view: DataView, at: number): { headerBytes: number; windowBytes: number; hasChecksum: boolean } {
  const descriptor = view.getUint8(at + 4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const contentFlag = descriptor >> 6
  const contentBytes = contentFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** contentFlag
  const idBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentAt = at + (isSingleSegment ? 5 : 6) + idBytes
  const headerBytes = contentAt + contentBytes - at
  if (at + headerBytes > view.byteLength) throw new Error(ENDS_EARLY)
  return {
    headerBytes,
    windowBytes: isSingleSegment ? contentSizeAt(view, contentAt, contentBytes) : windowOf(view.getUint8(at + 5)),
    hasChecksum: (descriptor & 0x04) !== 0,
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function contentSizeAt(view: DataView, at: number, width: number): number {
  switch (width) {
    case 1:
      return view.getUint8(at)
    case 2:
      return view.getUint16(at, true) + 256
    case 4:
      return view.getUint32(at, true)
    default:
      return Number(view.getBigUint64(at, true))
  }
}

const RLE_BLOCK = 1

/** 3.1.1.2: blocks until the last, each with its size; one of a repeated byte has just that byte. */
function endOfBlocks(view: DataView, start: number): number {
  let at = start
  while (at + 3 <= view.byteLength) {
    const header = view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16)
    at += 3 + (((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3)
    if ((header & 1) === 1) return at
  }
  return view.byteLength
}
