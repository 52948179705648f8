/** What a PUBLISH says instead of its topic name, or beside it to be short the next time. */
export interface TopicAlias {
  readonly alias: number
  /** The broker knows it: the topic name need not be sent. */
  readonly isKnown: boolean
}

/** The topic aliases of one network connection [3.3.2.3.4]: the topics used last have one. */
export class OutgoingAliases {
  /** Topic → alias, the one used longest ago first. */
  readonly #byTopic = new Map<string, number>()

  /** `maximum`: how many the broker takes. */
  constructor(private readonly maximum: number) {}

  /** The alias for a PUBLISH that is sent now; null where there are none. */
  take(topic: string): TopicAlias | null {
    if (this.maximum === 0) return null
    const known = this.#byTopic.get(topic)
    const alias = known ?? this.#free()
    this.#byTopic.delete(topic)
    this.#byTopic.set(topic, alias)
    return { alias, isKnown: known !== undefined }
  }

  /** One not used yet, or else the one used longest ago. */
  #free(): number {
    if (this.#byTopic.size < this.maximum) return this.#byTopic.size + 1
    const [oldest] = this.#byTopic
    if (oldest === undefined) return 1
    this.#byTopic.delete(oldest[0])
    return oldest[1]
  }
}
