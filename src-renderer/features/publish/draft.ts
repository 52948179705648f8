import type { QoS } from '@shared/mqtt/qos'
import { payloadTextOf, type PayloadText } from '../../mqtt/payload-text'

/** A message to be published, as the user writes it. Immutable: each function gives a new one. */
export interface Draft extends PayloadText {
  readonly topic: string
  readonly qos: QoS
  readonly retain: boolean
}

/** A message as it comes from the inspector. */
export interface LoadedMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: QoS
  readonly retain: boolean
}

/** The draft of a new tab. */
export const EMPTY_DRAFT: Draft = {
  topic: '',
  qos: 0,
  retain: false,
  format: 'json',
  text: '',
  original: null,
  sealed: false,
}

/** A draft of a received message: what is not edited stays byte for byte. */
export function draftOf({ payload, ...rest }: LoadedMessage): Draft {
  return { ...rest, ...payloadTextOf(payload) }
}
