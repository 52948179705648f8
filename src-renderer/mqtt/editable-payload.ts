import type { ReceivedMessage } from '@shared/message/message'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { EDITABLE_AS_IT_IS, type EditablePayload } from '@shared/payload/editable'
import { readingSchema, type Reading } from '@shared/payload/reading'
import { request } from '../bridge/client'
import { editorWouldChange, MAX_EDITABLE_BYTES } from './payload-text'

/** A message of the log, and how it was read there; null: as the user's rules say, or else as it looks. */
export interface ShownMessage extends ReceivedMessage {
  readonly sequence: number
  readonly reading: Reading | null
}

/** What is to be known of a message from wherever. */
export type MessageToEdit = Pick<ReceivedMessage, 'topic' | 'payload'> & Partial<ShownMessage>

/** How the payload of a message is edited; where that cannot be found out, as it is. */
export async function editableOf(connectionId: string, message: MessageToEdit): Promise<EditablePayload> {
  const { topic, payload, properties = NO_PUBLISH_PROPERTIES, sequence = null, reading = null } = message
  if (payload.byteLength === 0 || payload.byteLength > MAX_EDITABLE_BYTES) return EDITABLE_AS_IT_IS
  const { contentType, payloadFormatIndicator } = properties
  try {
    const editable = await request('payloads.find-editable', {
      connectionId,
      topic,
      payload,
      contentType,
      payloadFormatIndicator,
      // Parsed, it is plain: what is reactive cannot leave the page.
      reading: readingSchema.nullable().parse(reading),
      sequence,
    })
    const isChanged = editable.kind === 'text' && editorWouldChange(editable.text)
    return isChanged ? { kind: 'would-change', format: editable.format.kind } : editable
  } catch {
    return EDITABLE_AS_IT_IS
  }
}
