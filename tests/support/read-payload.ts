import { AUTOMATIC, usualChoice, type Compression, type FormatChoice, type ReadableFormat } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { ChosenReading, MessagePayload } from '../../src-main/payload/payload-api'
import { renderPayload } from '../../src-main/payload/decoding/render-payload'

/** How a payload is to be read, and what its message says; nothing: as the app decides. */
export interface How {
  readonly as?: ReadableFormat | FormatChoice
  readonly compression?: Compression | 'auto' | 'none'
  readonly contentType?: string
  readonly isUtf8?: boolean
  readonly topic?: string
  readonly totalBytes?: number
  readonly maxBytes?: number
}

export function messageOf(payload: Uint8Array, how: How = {}): MessagePayload {
  return {
    topic: how.topic ?? 't',
    payload,
    totalBytes: how.totalBytes ?? payload.byteLength,
    contentType: how.contentType ?? null,
    payloadFormatIndicator: how.isUtf8 === true ? 1 : null,
  }
}

export function readingOf({ as, compression = 'auto' }: How): ChosenReading {
  if (as === undefined && compression === 'auto') return { reading: AUTOMATIC, by: null }
  return { reading: { compression, format: as === undefined ? null : typeof as === 'string' ? usualChoice(as) : as }, by: 'hand' }
}

/** What the inspector shows of a payload. */
export function rendered(payload: Uint8Array, how: How = {}): RenderedPayload {
  return renderPayload(messageOf(payload, how), readingOf(how), how.maxBytes ?? 256 * 1024)
}

/** The text that is shown. */
export function shownText(payload: Uint8Array, how: How = {}): string {
  const { body } = rendered(payload, how)
  if (body.kind !== 'text') throw new Error(`shown as ${body.kind}`)
  return body.text
}

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'))
export const ofHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
export const ofBase64 = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))
