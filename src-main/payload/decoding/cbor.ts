import { SequenceEvents } from 'cbor2/decoder'
import { Simple as CborSimple } from 'cbor2/simple'
import { Double, Simple, Tagged } from '@shared/payload/form-values'
import { detailOf, partOf, type Decoder } from './decoder'
import { READING_LIMITS } from './reading-limits'
import { readTokens } from './read-tokens'
import type { ValueBuilder } from './value-builder'

/** One data item of CBOR (RFC 8949), read token by token, so that what stands before a fault is shown. */
export const decodeCbor: Decoder<'cbor'> = (payload, _choice, maxBytes) => {
  const part = partOf(payload, maxBytes)
  // The library counts arrays twice; the builder's own limit is the tighter one.
  const events = new SequenceEvents(part.shown, { maxDepth: READING_LIMITS.depth * 4 })
  return readTokens(part, (builder) => {
    const event = wording(() => events.read())
    if (event === undefined) throw new Error(TOO_SHORT)
    const [major, info, value, offset] = event
    take(builder, major, info, value)
    return builder.isDone ? endOf(events, part.shown) : offset
  })
}

type Event = NonNullable<ReturnType<SequenceEvents['read']>>

const TOO_SHORT = 'it ends too early'

/** Of a string that is longer than the rest, or than any number; a read beyond the end of a DataView is a RangeError. */
const ENDS_EARLY = /^Unexpected end of stream|BigInt/

function wording<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw new Error(error instanceof RangeError || ENDS_EARLY.test(detailOf(error)) ? TOO_SHORT : detailOf(error))
  }
}

/** Where the next item begins. */
function endOf(events: SequenceEvents, bytes: Uint8Array): number {
  return events.peek()?.[3] ?? bytes.byteLength
}

const MAJOR = { bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 }
const ONE_BYTE = 24

function take(builder: ValueBuilder, major: number, info: number, value: Event[2]): void {
  switch (major) {
    case MAJOR.bytes:
      if (value === Number.POSITIVE_INFINITY) builder.openChunks((chunks) => Uint8Array.from(Buffer.concat(chunks as Uint8Array[])))
      else builder.add(value)
      break
    case MAJOR.text:
      if (value === Number.POSITIVE_INFINITY) builder.openChunks((chunks) => chunks.join(''))
      else builder.add(value)
      break
    case MAJOR.array:
      builder.openArray(Number(value))
      break
    case MAJOR.map:
      builder.openMap(Number(value))
      break
    case MAJOR.tag: {
      const tag = value as number | bigint
      builder.openTag((content) => meaningOf(tag, content))
      break
    }
    case MAJOR.simple:
      if (typeof value === 'symbol') {
        if (!builder.close()) throw new Error('a break where nothing is open')
      } else if (value instanceof CborSimple) builder.add(new Simple(value.value))
      else builder.add(info > ONE_BYTE && Number.isInteger(value) ? new Double(Number(value)) : value)
      break
    default:
      builder.add(value)
  }
}

/** What a tag makes of its content, where the JSON form has a word for it (RFC 8949, 3.4). */
function meaningOf(tag: number | bigint, content: unknown): unknown {
  switch (tag) {
    case 1:
      return dateOf(content instanceof Double ? content.value : content) ?? new Tagged(tag, content)
    case 2:
    case 3: {
      const number = integerOf(content)
      if (number === null) return new Tagged(tag, content)
      return tag === 2 ? number : -1n - number
    }
    default:
      return new Tagged(tag, content)
  }
}

const MAX_DATE_SECONDS = 8_640_000_000_000

/** Seconds since 1970 as a date, if a date holds them exactly. */
function dateOf(seconds: unknown): Date | null {
  if (typeof seconds !== 'number' || !(Math.abs(seconds) <= MAX_DATE_SECONDS)) return null
  const date = new Date(Math.round(seconds * 1000))
  return date.getTime() / 1000 === seconds ? date : null
}

/** Larger integers stay bytes: nobody reads them, and to make digits of them takes time. */
const MAX_INTEGER_BYTES = 256

function integerOf(content: unknown): bigint | null {
  if (!(content instanceof Uint8Array) || content.byteLength > MAX_INTEGER_BYTES) return null
  return BigInt(`0x0${Buffer.from(content).toString('hex')}`)
}
