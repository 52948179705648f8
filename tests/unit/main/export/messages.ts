import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import type { TableMessage } from '../../../../src-main/engine/engine-api'

/** A message as an engine gives it to be exported. */
export function exported(topic: string, payload: string | Uint8Array, more: Partial<TableMessage> = {}): TableMessage {
  return {
    sequence: 1,
    topic,
    receivedAtMs: Date.UTC(2026, 0, 31, 12, 0, 0, 7),
    qos: 0,
    retain: false,
    dup: false,
    payload: typeof payload === 'string' ? new Uint8Array(Buffer.from(payload)) : Uint8Array.from(payload),
    properties: NO_PUBLISH_PROPERTIES,
    fields: [],
    ...more,
  }
}
