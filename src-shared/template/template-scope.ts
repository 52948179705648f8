/** What a variable may be. */
export type TemplateValue = string | number | boolean

/** All that the templates of one message can see: nothing of the host, and nothing by inheritance. */
export interface TemplateScope {
  /** By full name, as `env.site` or `row.device_id`. */
  readonly variables: ReadonlyMap<string, TemplateValue>
  /** The same throughout a message. */
  readonly nowMs: number
  /** At least 0, less than 1. */
  random(): number
  uuid(): string
  /** How many messages, this one included, have used the counter. */
  count(counter: string): number
}

/** Counters by name, as they stand before the next message. */
export type Counters = ReadonlyMap<string, number>

/** What a message's templates are given. */
export interface TemplateGivens {
  readonly variables: ReadonlyMap<string, TemplateValue>
  readonly counters: Counters
  /** The platform's own, as `() => crypto.randomUUID()`. */
  uuid(): string
  readonly nowMs: number
}

/** The scope of one message, and the counters as they stand once it is sent: a preview leaves them alone. */
export function messageScope({ counters, ...givens }: TemplateGivens): { readonly scope: TemplateScope; countersAfter(): Counters } {
  const used = new Map<string, number>()
  return {
    scope: {
      ...givens,
      random: Math.random,
      count(counter) {
        const count = (counters.get(counter) ?? 0) + 1
        used.set(counter, count)
        return count
      },
    },
    countersAfter: () => new Map([...counters, ...used]),
  }
}
