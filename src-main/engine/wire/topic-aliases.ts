import type { PublishFields } from './publish-fields'
import { protocolError } from './violation'

/** The topics that a server gave aliases on one network connection [3.3.2.3.4]. */
export class TopicAliases {
  readonly #topics = new Map<number, Uint8Array>()

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

  /** The alias stands for this topic from now on. */
  give(alias: number, topic: Uint8Array): void {
    this.#topics.set(alias, Uint8Array.from(topic))
  }

  /** The alias stands for nothing from now on. */
  take(alias: number): void {
    this.#topics.delete(alias)
  }
}
