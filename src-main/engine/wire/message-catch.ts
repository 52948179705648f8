import type { TopicFault } from '@shared/mqtt/topic'
import type { RetainedMessage } from '../engine-api'
import type { Inlet } from '../history/inlet'
import { topicBytesFault } from '../ingest/topic-bytes'
import type { PublishFields } from './publish-fields'
import type { Intake, PublishSink } from './publish-sink'
import { PlainInlet } from './plain-inlet'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Takes messages out of what comes on a connection of its own; nothing of it enters tree or log. */
export class MessageCatch implements Intake, PublishSink {
  readonly foresees = false
  #nowMs = 0

  /** @param caught is told of each; @param live of each message without the flag. */
  constructor(
    private readonly caught: (message: RetainedMessage) => void,
    private readonly live: ((message: RetainedMessage) => void) | null = null,
  ) {}

  get sink(): PublishSink {
    return this
  }

  openInlet(): Inlet {
    return new PlainInlet()
  }

  begin(nowMs: number): void {
    this.#nowMs = nowMs
  }

  foresee(): void {
    // Nothing is made of it.
  }

  take(bytes: Uint8Array, _segment: number, fields: PublishFields, topicBytes: Uint8Array, topicStart: number, topicEnd: number): TopicFault | null {
    // Without the flag it is a live message, and with it too where "retain as published" was asked for [MQTT-3.3.1-12, MQTT-3.3.1-13].
    const tell = fields.retain ? this.caught : this.live
    if (tell === null) return null
    const fault = topicBytesFault(topicBytes, topicStart, topicEnd)
    if (fault !== null) return fault
    tell({
      topic: decoder.decode(topicBytes.subarray(topicStart, topicEnd)),
      payload: Uint8Array.from(bytes.subarray(fields.payloadStart, fields.end)),
      payloadBytes: fields.end - fields.payloadStart,
      qos: fields.qos,
      properties: Uint8Array.from(bytes.subarray(fields.propertiesStart, fields.propertiesEnd)),
      receivedAtMs: this.#nowMs,
    })
    return null
  }

  end(): void {
    // Each was dealt with as it came.
  }
}
