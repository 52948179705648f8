import { savedProperties, type MessageContent, type SavedMessage, type SavedPayload } from '@shared/collections/saved-message'
import type { ReceivedMessage } from '@shared/message/message'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { EditablePayload } from '@shared/payload/editable'
import { encodePayload } from '@shared/payload/payload-codec'
import { usualChoice, type FormatChoice, type ReadableFormat } from '@shared/payload/reading'
import { savedPayloadOf } from '../../mqtt/saved-payload'

/** What a new message says. */
export const EMPTY_CONTENT: MessageContent = {
  topic: '',
  payload: { kind: 'text', text: '', format: { kind: 'json' } },
  qos: 0,
  retain: false,
  properties: savedProperties(NO_PUBLISH_PROPERTIES),
  note: '',
  usesTemplates: false,
  pauseMs: null,
}

/** The formats a payload can be written in here; one that came with another keeps it. */
export const WRITABLE_FORMATS: readonly ReadableFormat[] = ['json', 'text', 'hex', 'base64', 'cbor', 'msgpack', 'xml', 'yaml']

/** A payload as text to edit; bytes are shown as Base64, which keeps them as they are. */
export function editedPayload(payload: SavedPayload): { readonly text: string; readonly format: FormatChoice } {
  return payload.kind === 'text' ? payload : { text: payload.base64, format: usualChoice('base64') }
}

/** The bytes a text would be, where that is known here; null: another thread makes them, or templates do, or it is at fault. */
export function knownBytes({ payload, usesTemplates }: MessageContent): number | null {
  if (usesTemplates) return null
  const { text, format } = editedPayload(payload)
  if (text === '') return 0
  if (format.kind !== 'json' && format.kind !== 'text' && format.kind !== 'hex' && format.kind !== 'base64') return null
  const encoded = encodePayload(text, format.kind)
  return encoded.ok ? encoded.bytes.byteLength : null
}

/** A received message as it can be saved: sent, it has the same bytes. */
export function contentOf(message: ReceivedMessage, editable: EditablePayload): MessageContent {
  const { topic, payload: bytes, qos, retain, properties } = message
  const read = editable.kind === 'text' ? { text: editable.text, format: editable.format } : null
  const payload = savedPayloadOf(bytes, read)
  return { ...EMPTY_CONTENT, topic, payload, qos, retain, properties: savedProperties(properties) }
}

/** A name for a message that has none: the end of its topic. */
export function nameFromTopic(topic: string): string {
  return topic.split('/').filter((level) => level.trim() !== '').slice(-2).join('/').trim().slice(0, 100)
}

/** Whether two say the same. */
export function isSame(one: SavedMessage, other: SavedMessage): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
