import type { TopicFault } from '@shared/mqtt/topic'
import type { PublishFields } from './publish-fields'
import type { PublishSink } from './publish-sink'
import { TopicAliases } from './topic-aliases'

/** What there is to know of a connection before its messages are understood, and what was received on it or before it. */
export interface IntakeState {
  /** What we allowed the server in CONNECT. */
  readonly topicAliasMaximum: number
  /**
   * Packet identifiers of messages of QoS 2 that came and are not released yet. They outlive the network connection: a
   * message that is sent again is not taken again [MQTT-4.3.3-10].
   */
  readonly received: Set<number>
  readonly sink: PublishSink
}

/** Hands each message to the sink when it first comes, and keeps nothing of it: for QoS 2 that is method B of [4.3.3]. */
export class MessageIntake {
  readonly #aliases: TopicAliases

  constructor(private readonly state: IntakeState) {
    this.#aliases = new TopicAliases(state.topicAliasMaximum)
  }

  /** Takes the PUBLISH with these fields in. @returns why it was refused, or null. @throws {ProtocolViolation} */
  take(bytes: Uint8Array, segment: number, fields: PublishFields): TopicFault | null {
    const { sink } = this.state
    if (fields.topicAlias !== 0) return this.#takeAliased(bytes, segment, fields)
    if (this.#isKnown(fields)) return null
    return sink.take(bytes, segment, fields, bytes, fields.topicStart, fields.topicEnd)
  }

  /** The server sends this one no more, so its packet identifier may stand for another. */
  release(packetIdentifier: number): void {
    this.state.received.delete(packetIdentifier)
  }

  #takeAliased(bytes: Uint8Array, segment: number, fields: PublishFields): TopicFault | null {
    const { sink } = this.state
    const { topicStart, topicEnd, topicAlias } = fields
    const given = this.#aliases.topicOf(fields)
    const isKnown = this.#isKnown(fields)
    if (given !== null) return isKnown ? null : sink.take(bytes, segment, fields, given, 0, given.length)
    const fault = isKnown ? null : sink.take(bytes, segment, fields, bytes, topicStart, topicEnd)
    // It stands for no illegal topic, nor for its old one any more. A topic of a message that is known is not looked at, but each use of it will be.
    if (fault === null) this.#aliases.give(topicAlias, bytes.subarray(topicStart, topicEnd))
    else this.#aliases.take(topicAlias)
    return fault
  }

  /** Whether the message was received before; it is from now on. */
  #isKnown({ qos, packetIdentifier }: PublishFields): boolean {
    if (qos !== 2) return false
    const { received } = this.state
    if (received.has(packetIdentifier)) return true
    received.add(packetIdentifier)
    return false
  }
}
