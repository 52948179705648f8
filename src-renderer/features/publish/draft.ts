import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { ReceivedMessage } from '@shared/message/message'
import type { QoS } from '@shared/mqtt/qos'
import type { FormatChoice } from '@shared/payload/reading'
import { EDITABLE_AS_IT_IS, type EditablePayload } from '@shared/payload/editable'
import { payloadTextOf, type PayloadText } from '../../mqtt/payload-text'
import { EMPTY_PROPERTIES_FORM, propertiesFormOf, type PropertiesForm } from './properties-form'
import { editorFormat } from './writable-format'

/** A file that is to be the payload. */
export interface PayloadFile {
  /** Null: it was chosen before the app was started anew, and is to be chosen again. */
  readonly fileId: string | null
  readonly name: string
  /** Null with `fileId`. */
  readonly bytes: number | null
}

/** A message to be published, as the user writes it. Immutable: each function gives a new one. */
export interface Draft extends PayloadText {
  readonly topic: string
  readonly qos: QoS
  readonly retain: boolean
  /** What the payload thread makes of the text, which is in `format`; null: what `format` says. */
  readonly encoding: FormatChoice | null
  /** Stands in for the text. */
  readonly file: PayloadFile | null
  readonly properties: PropertiesForm
  /** Whether `{{…}}` in topic and payload is replaced. */
  readonly usesTemplates: boolean
}

/** A message as it comes from the inspector, or from the history. */
export interface LoadedMessage extends Omit<ReceivedMessage, 'payload' | 'properties'> {
  readonly payload: Uint8Array
  /** Absent: none. */
  readonly properties?: ReceivedMessage['properties']
}

/** The draft of a new tab. */
export const EMPTY_DRAFT: Draft = {
  topic: '',
  qos: 0,
  retain: false,
  format: 'json',
  encoding: null,
  text: '',
  original: null,
  sealed: false,
  file: null,
  properties: EMPTY_PROPERTIES_FORM,
  usesTemplates: true,
}

/** A draft of a received message: what is not edited stays byte for byte, and what looks like a template is none. */
export function draftOf(message: LoadedMessage, editable: EditablePayload = EDITABLE_AS_IT_IS): Draft {
  const { topic, qos, retain, payload, properties = NO_PUBLISH_PROPERTIES } = message
  const shown =
    editable.kind === 'text'
      ? { text: editable.text, format: editorFormat(editable.format), encoding: editable.format, original: payload, sealed: false }
      : { ...payloadTextOf(payload), encoding: null }
  return {
    topic,
    qos,
    retain,
    ...shown,
    file: null,
    properties: propertiesFormOf(properties),
    usesTemplates: false,
  }
}
