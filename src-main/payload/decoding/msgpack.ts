import { Decoder as MessagePackDecoder, decodeTimestampToTimeSpec, EXT_TIMESTAMP } from '@msgpack/msgpack'
import { Double, Instant, Tagged } from '@shared/payload/form-values'
import { textOf } from './charsets'
import { partOf, type Decoder } from './decoder'
import { itemAt } from './msgpack-items'
import { readTokens } from './read-tokens'

/**
 * MessagePack. The library reads every value that holds no others; arrays and maps are taken apart here, because the library
 * sets memory aside for whatever a header promises, knows no depth, and refuses keys that are no strings, and `__proto__`.
 */
export const decodeMessagePack: Decoder<'msgpack'> = (payload, _choice, maxBytes) => {
  const part = partOf(payload, maxBytes)
  const bytes = part.shown
  let at = 0
  return readTokens(part, (builder) => {
    const item = itemAt(bytes, at)
    const end = at + item.bytes
    if (end > bytes.byteLength) throw new Error('it ends too early')
    if (item.kind === 'array') builder.openArray(item.size)
    else if (item.kind === 'map') builder.openMap(item.size)
    else builder.add(leafOf(bytes.subarray(at, end)))
    at = end
    return end
  })
}

const leaves = new MessagePackDecoder({
  useBigInt64: true,
  rawStrings: true,
  extensionCodec: { tryToEncode: () => null, decode: (data, type) => extensionOf(type, data) },
})

const FLOAT_32 = 0xca
const FLOAT_64 = 0xcb

function leafOf(bytes: Uint8Array): unknown {
  const head = bytes[0] ?? 0
  const value = leaves.decode(bytes)
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    case 'number':
      return (head === FLOAT_32 || head === FLOAT_64) && Number.isInteger(value) ? new Double(value) : value
    default:
      // Old writers put bytes into strings.
      return value instanceof Uint8Array && isString(head) ? (textOf(value, 'utf-8') ?? value) : value
  }
}

const isString = (head: number): boolean => (head & 0xe0) === 0xa0 || (head >= 0xd9 && head <= 0xdb)

function extensionOf(type: number, data: Uint8Array): unknown {
  return (type === EXT_TIMESTAMP ? timeOf(data) : null) ?? new Tagged(type, Uint8Array.from(data))
}

const MAX_DATE_SECONDS = 8_640_000_000_000

/** A timestamp that a date can name, else null. */
function timeOf(data: Uint8Array): Date | Instant | null {
  if (![4, 8, 12].includes(data.byteLength)) return null
  const { sec, nsec } = decodeTimestampToTimeSpec(data)
  if (Math.abs(sec) >= MAX_DATE_SECONDS || nsec > 999_999_999) return null
  return nsec % 1_000_000 === 0 ? new Date(sec * 1000 + nsec / 1_000_000) : new Instant(sec, nsec)
}
