import { detectFormat } from '@shared/payload/payload-codec'
import { usualChoice, type Charset, type FormatChoice } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { sparkplugTopic } from '@shared/payload/sparkplug-topic'
import { textOf, withoutCutCharacter } from './charsets'
import { partOf, type Unwrapped } from './decoder'
import { decodeImage, imageTypeOf } from './image'
import { isStartOfJson } from './json-start'
import { READING_LIMITS } from './reading-limits'

/** A format, and what said so. */
export interface Decision {
  readonly choice: FormatChoice
  readonly by: RenderedPayload['decidedBy']
}

/** What message and topic say of the format, before its bytes are asked; null: nothing. */
export function announcedFormat(payload: Unwrapped, contentType: FormatChoice | null): Decision | null {
  if (contentType !== null) return { choice: withByteOrder(contentType, payload.bytes), by: 'content-type' }
  const topic = sparkplugTopic(payload.topic)
  return topic === null ? null : { choice: { kind: topic.kind === 'state' ? 'json' : 'sparkplug' }, by: 'topic' }
}

/** A byte order mark is more certain than a name. */
function withByteOrder(choice: FormatChoice, bytes: Uint8Array): FormatChoice {
  return choice.kind === 'text' && choice.charset.startsWith('utf-16') ? { kind: 'text', charset: markedCharset(bytes) ?? choice.charset } : choice
}

function markedCharset(bytes: Uint8Array): Charset | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

/**
 * What the bytes look like: an image, JSON, text, else bytes. CBOR, MessagePack, Protobuf, numbers and the like are never guessed:
 * almost any bytes are some of them. `isUtf8`: the message says it is (payload format indicator 1) [MQTT-3.3.2-4].
 */
export function detectContent(payload: Unwrapped, isUtf8: boolean, maxBytes: number): FormatChoice {
  const { bytes } = payload
  if (imageTypeOf(bytes) !== null && !isText(withoutCutCharacter(bytes.subarray(0, IMAGE_START_BYTES), 'utf-8'), 'utf-8')) {
    const { body, reason } = decodeImage(payload, { kind: 'image' }, maxBytes)
    if (body !== null || reason.kind === 'limit') return { kind: 'image' }
  }
  const { shown, isCut } = partOf(payload, maxBytes)
  const charset = markedCharset(shown)
  if (charset !== null && isText(isCut ? withoutCutCharacter(shown, charset) : shown, charset)) return { kind: 'text', charset }
  // What is too long to be checked looks like its start.
  const isLong = shown.byteLength > READING_LIMITS.checkedJson
  const whole = isCut || isLong ? withoutCutCharacter(shown.subarray(0, isLong ? START_BYTES : undefined), 'utf-8') : shown
  if ((isCut || isLong) && isStartOfJson(textOf(whole, 'utf-8') ?? '')) return { kind: 'json' }
  const format = detectFormat(whole)
  return format === 'hex' && isUtf8 && textOf(whole, 'utf-8') !== null ? usualChoice('text') : usualChoice(format)
}

const START_BYTES = 1024 * 1024

/** Images hold bytes that text does not, right at their beginning; "GIF89a" alone is text. */
const IMAGE_START_BYTES = 256

function isText(bytes: Uint8Array, charset: Charset): boolean {
  const text = textOf(bytes, charset)
  return text !== null && text.length > 1 && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
}
