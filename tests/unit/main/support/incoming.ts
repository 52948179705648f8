import type { IncomingMessage } from '../../../../src-main/engine/history/message-log'
import type { Ingest } from '../../../../src-main/engine/ingest/ingest'

/** A message as a broker might send it. */
export function incoming(topic: string, payload: string | Uint8Array = '', more: Partial<IncomingMessage> = {}): IncomingMessage {
  return { topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false, properties: [], ...more }
}

/** Takes one empty message in on each of these topics, in this order. */
export function takeAll(ingest: Ingest, topics: readonly string[]): void {
  for (const topic of topics) ingest.take(incoming(topic))
}
