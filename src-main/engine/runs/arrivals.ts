import type { Ingest } from '../ingest/ingest'
import { NO_NODE } from '../topics/node-id'
import { publishPropertiesOf } from '../wire/publish-properties'

/** A message that came on a topic. */
export interface Arrival {
  readonly sequence: number
  readonly receivedAtMs: number
  readonly payloadBytes: number
  readonly retain: boolean
  readonly correlationData: Uint8Array | null
}

/** Most that are looked at in one go; older ones are passed over. */
const MOST_AT_ONCE = 1_000

/** What has come on one topic: read from the log, so that messages cost nothing more on their way in. */
export class Arrivals {
  constructor(private readonly ingest: Pick<Ingest, 'tree' | 'log'>) {}

  /** The sequence number of the newest message of all. */
  get newest(): number {
    return this.ingest.log.sequence
  }

  /** The messages on a topic after that sequence number, oldest first. */
  on(topic: string, after: number): Arrival[] {
    const { tree, log } = this.ingest
    const node = tree.findTopic(topic)
    if (node === NO_NODE) return []
    const found: Arrival[] = []
    let sequence = tree.lastSequence(node)
    while (sequence > after && found.length < MOST_AT_ONCE) {
      const message = log.read(sequence, node)
      if (message === null) break
      const { receivedAtMs, payload, retain, properties } = message
      const { correlationData } = publishPropertiesOf(properties)
      found.push({ sequence, receivedAtMs, payloadBytes: payload.byteLength, retain, correlationData })
      sequence = log.olderOf(sequence)
    }
    return found.reverse()
  }
}
