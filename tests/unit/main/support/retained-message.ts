import type { RetainedMessage } from '../../../../src-main/engine/engine-api'

export function message(topic: string, payload = 'x', more: Partial<RetainedMessage> = {}): RetainedMessage {
  const bytes = Uint8Array.from(Buffer.from(payload))
  return { topic, payload: bytes, payloadBytes: bytes.byteLength, qos: 1, properties: new Uint8Array(), receivedAtMs: 0, ...more }
}
