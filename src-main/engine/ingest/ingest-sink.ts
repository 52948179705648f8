import { topicNameFault, type TopicFault } from '@shared/mqtt/topic'
import type { PublishFields } from '../wire/publish-fields'
import { propertiesOf } from '../wire/publish-properties'
import type { PublishSink } from '../wire/publish-sink'
import type { Ingest } from './ingest'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Hands messages from the wire to the ingest. */
export class IngestSink implements PublishSink {
  constructor(private readonly ingest: Ingest) {}

  begin(): void {
    // Each message is given a time of its own.
  }

  take(bytes: Uint8Array, _segment: number, fields: PublishFields, topicBytes: Uint8Array, topicStart: number, topicEnd: number): TopicFault | null {
    const topic = textOf(topicBytes.subarray(topicStart, topicEnd))
    const fault = topic === null ? 'ill-formed' : topicNameFault(topic)
    if (topic === null || fault !== null) {
      this.ingest.countRefused()
      return fault
    }
    const { qos, retain, dup } = fields
    const payload = bytes.subarray(fields.payloadStart, fields.end)
    const properties = propertiesOf(bytes.subarray(fields.propertiesStart, fields.propertiesEnd))
    this.ingest.take({ topic, payload, qos, retain, dup, properties })
    return null
  }

  end(): void {
    // Nothing is counted by the chunk.
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
