import type { PublishFields } from './publish-fields'
import { ProtocolViolation, protocolError, QUOTA_EXCEEDED } from './violation'

/** Most bytes of all topics with an alias: a thousand for each of 65,535, of which a hostile server could fill each with 65,535. */
const MOST_BYTES = 64 * 1_024 * 1_024

/** The topics that a server gave aliases on one network connection [3.3.2.3.4]. */
export class TopicAliases {
  readonly #topics = new Map<number, Uint8Array>()
  #bytes = 0

  /** @param maximum what we allowed the server in CONNECT [MQTT-3.1.2-26] */
  constructor(private readonly maximum: number) {}

  /** The topic that the alias of a PUBLISH stands for; null when the packet brings its own. @throws {ProtocolViolation} */
  topicOf({ topicAlias, topicStart, topicEnd }: PublishFields): Uint8Array | null {
    if (topicAlias > this.maximum) {
      throw protocolError(`Topic Alias ${topicAlias}, where ${this.maximum} are allowed`, 'MQTT-3.3.2-9')
    }
    if (topicEnd > topicStart) return null
    const topic = this.#topics.get(topicAlias)
    if (topic === undefined) throw protocolError(`Topic Alias ${topicAlias} was never given a topic`, 'MQTT-3.3.2-7')
    return topic
  }

  /** The alias stands for this topic from now on. @throws {ProtocolViolation} no place is left. */
  give(alias: number, topic: Uint8Array): void {
    this.take(alias)
    this.#bytes += topic.length
    if (this.#bytes > MOST_BYTES) throw new ProtocolViolation('topics with an alias take too much memory', 'MQTT-4.13.2-1', QUOTA_EXCEEDED)
    this.#topics.set(alias, Uint8Array.from(topic))
  }

  /** The alias stands for nothing from now on. */
  take(alias: number): void {
    this.#bytes -= this.#topics.get(alias)?.length ?? 0
    this.#topics.delete(alias)
  }
}
