import { ruleFor } from '@shared/schemas/payload-rules'

const MOST_KNOWN = 100_000

/** That the user says how payloads of some topics are read; `version` changes whenever what they say does. */
export interface ReadingRule {
  readonly filter: string
  readonly version: string
}

/** Which topics the user has rules for: how they read, main knows. */
export class ReadingRules {
  #rules: readonly ReadingRule[] = []
  readonly #known = new Map<string, boolean>()

  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** Whether a rule says how payloads of the topic are read. */
  has(topic: string): boolean {
    let known = this.#known.get(topic)
    if (known === undefined) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear()
      known = ruleFor(this.#rules, topic) !== null
      this.#known.set(topic, known)
    }
    return known
  }

  /** Puts others in their place. @returns of which topics payloads are read in another way now; null: of none */
  replace(rules: readonly ReadingRule[]): ((topic: string) => boolean) | null {
    const before = this.#rules
    if (rules.length === before.length && rules.every(({ filter, version }, at) => before[at]?.filter === filter && before[at].version === version)) return null
    this.#rules = rules
    this.#known.clear()
    return (topic) => ruleFor(before, topic)?.version !== ruleFor(rules, topic)?.version
  }
}
