import type { PayloadFormat } from '@shared/payload/format'
import {
  decodePayload,
  detectFormat,
  encodePayload,
  type Encoded,
  type PayloadFault,
} from '@shared/payload/payload-codec'

/** A payload while it is written. Immutable: each function gives a new one, whatever else stands beside it. */
export interface PayloadText {
  readonly format: PayloadFormat
  /** What the editor shows. */
  readonly text: string
  /**
   * The bytes a loaded payload had: as long as its text is not edited, these very bytes are meant,
   * in whatever format they are shown. null once edited, or written from scratch.
   */
  readonly original: Uint8Array | null
  /** Whether `original` is too large for the editor, which then shows nothing of it. */
  readonly sealed: boolean
}

/** Why a payload cannot be shown in another format. */
export type FormatFault = PayloadFault | { kind: 'editor-would-change' } | { kind: 'too-large' }

/** Larger payloads are published as they are, not edited: as hexadecimal they take three times the room. */
export const MAX_EDITABLE_BYTES = 2 * 1024 * 1024

/**
 * Whether an editor that has one kind of line end for a whole text, and no byte order mark, would silently change this text:
 * mixed line ends, a CR alone, a BOM, or the line separators U+2028 and U+2029.
 */
export function editorWouldChange(text: string): boolean {
  if (/^\uFEFF|[\u2028\u2029]|\r(?!\n)/.test(text)) return true
  return text.includes('\r\n') && /(?<!\r)\n/.test(text)
}

const isTextual = (format: PayloadFormat) => format === 'json' || format === 'text'

function show(bytes: Uint8Array, format: PayloadFormat): { ok: true; text: string } | { ok: false; fault: FormatFault } {
  if (bytes.byteLength > MAX_EDITABLE_BYTES) return { ok: false, fault: { kind: 'too-large' } }
  const decoded = decodePayload(bytes, format)
  if (!decoded.ok) return decoded
  if (isTextual(format) && editorWouldChange(decoded.text)) return { ok: false, fault: { kind: 'editor-would-change' } }
  return decoded
}

/** The text of these bytes, in the format they look like or, if they are known to be of one, in that. JSON is not laid out anew. */
export function payloadTextOf(bytes: Uint8Array, format?: PayloadFormat): PayloadText {
  const wanted = format ?? detectFormat(bytes.byteLength > MAX_EDITABLE_BYTES ? new Uint8Array() : bytes)
  for (const candidate of [wanted, 'hex'] as const) {
    const shown = show(bytes, candidate)
    if (shown.ok) return { format: candidate, text: shown.text, original: bytes, sealed: false }
  }
  return { format: 'hex', text: '', original: bytes, sealed: true }
}

/** The draft with its payload typed anew. */
export function withText<Draft extends PayloadText>(draft: Draft, text: string): Draft {
  return text === draft.text ? draft : { ...draft, text, original: null, sealed: false }
}

/** The draft with no payload. */
export function withoutPayload<Draft extends PayloadText>(draft: Draft): Draft {
  return { ...draft, text: '', original: null, sealed: false }
}

/** The bytes that are meant. No text is no bytes, in every format. */
export function payloadOf(draft: PayloadText): Encoded {
  if (draft.original !== null) return { ok: true, bytes: draft.original }
  if (draft.text === '') return { ok: true, bytes: new Uint8Array() }
  return encodePayload(draft.text, draft.format)
}

/**
 * The draft with the same bytes shown in another format, or why that is not possible.
 * JSON and text are the same characters, so half-written JSON may become text and the other way round;
 * so may any text that is no payload in its present format.
 */
export function withFormat<Draft extends PayloadText>(
  draft: Draft,
  format: PayloadFormat,
): { ok: true; draft: Draft } | { ok: false; fault: FormatFault } {
  if (format === draft.format) return { ok: true, draft }
  if (draft.sealed) return { ok: false, fault: { kind: 'too-large' } }
  if (isTextual(format) && isTextual(draft.format)) return { ok: true, draft: { ...draft, format } }
  const bytes = payloadOf(draft.format === 'json' ? { ...draft, format: 'text' } : draft)
  // There are no bytes to keep: what was typed was meant in the other format.
  if (!bytes.ok) return { ok: true, draft: { ...draft, format } }
  const shown = show(bytes.bytes, format)
  return shown.ok ? { ok: true, draft: { ...draft, format, text: shown.text } } : shown
}
