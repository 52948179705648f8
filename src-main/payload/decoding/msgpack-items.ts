/** What an item of MessagePack is, and how many bytes of it stand together: of an array or map, its header. */
export type Item =
  | { readonly kind: 'leaf'; readonly bytes: number }
  | { readonly kind: 'array' | 'map'; readonly bytes: number; readonly size: number }

/** The item that starts here (the specification's "Formats"). Bytes that are missing count as zeros. */
export function itemAt(bytes: Uint8Array, at: number): Item {
  const head = bytes[at] ?? 0
  const size = (width: 1 | 2 | 4): number => {
    let number = 0
    for (let index = 1; index <= width; index += 1) number = number * 256 + (bytes[at + index] ?? 0)
    return number
  }
  const leaf = (length: number): Item => ({ kind: 'leaf', bytes: length })
  if (head >= 0x80 && head <= 0x8f) return { kind: 'map', bytes: 1, size: head & 0x0f }
  if (head >= 0x90 && head <= 0x9f) return { kind: 'array', bytes: 1, size: head & 0x0f }
  if (head >= 0xa0 && head <= 0xbf) return leaf(1 + (head & 0x1f))
  switch (head) {
    case 0xc4: // bin 8, str 8
    case 0xd9:
      return leaf(2 + size(1))
    case 0xc5: // bin 16, str 16
    case 0xda:
      return leaf(3 + size(2))
    case 0xc6: // bin 32, str 32
    case 0xdb:
      return leaf(5 + size(4))
    case 0xc7: // ext 8, 16, 32
      return leaf(3 + size(1))
    case 0xc8:
      return leaf(4 + size(2))
    case 0xc9:
      return leaf(6 + size(4))
    case 0xcc: // 8 bits
    case 0xd0:
      return leaf(2)
    case 0xcd: // 16 bits
    case 0xd1:
      return leaf(3)
    case 0xca: // 32 bits
    case 0xce:
    case 0xd2:
      return leaf(5)
    case 0xcb: // 64 bits
    case 0xcf:
    case 0xd3:
      return leaf(9)
    case 0xd4: // fixext 1, 2, 4, 8, 16
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return leaf(2 + 2 ** (head - 0xd4))
    case 0xdc:
      return { kind: 'array', bytes: 3, size: size(2) }
    case 0xdd:
      return { kind: 'array', bytes: 5, size: size(4) }
    case 0xde:
      return { kind: 'map', bytes: 3, size: size(2) }
    case 0xdf:
      return { kind: 'map', bytes: 5, size: size(4) }
    default:
      return leaf(1)
  }
}
