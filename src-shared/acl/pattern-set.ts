import type { PlacedRule } from './acl-file'
import type { TrieOptions } from './filter-trie'
import { expandPattern, isTemplate, namesUser, type PatternClient } from './pattern'
import type { BrokerVersion } from './question'
import { RuleSet } from './rule-set'

/** Most clients with a `/` in their names whose patterns are kept expanded. */
const MAX_EXPANDED = 32

/** The patterns of a file, each expanded only where a topic leads to it. */
export class PatternSet {
  private readonly patterns: readonly PlacedRule[]
  private readonly version: BrokerVersion
  private readonly forNamed: RuleSet
  private readonly forAnonymous: RuleSet
  private readonly expanded = new Map<string, RuleSet>()

  constructor(patterns: readonly PlacedRule[], version: BrokerVersion) {
    this.patterns = patterns
    this.version = version
    const options: TrieOptions = { isTemplate: (level) => isTemplate(level, version), templatesReachSystem: version === '2.0' }
    this.forNamed = new RuleSet(patterns, options)
    this.forAnonymous = new RuleSet(withoutUser(patterns), options)
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0
  }

  /** The deciding line, negative for a deny, or 0. */
  decide(access: 'read' | 'write', topic: string, client: PatternClient): number {
    const hasSlash = client.clientId.includes('/') || client.username?.includes('/') === true
    if (hasSlash && this.version === '2.0') return this.expandedFor(client).decide(access, topic)
    const rules = client.username === null ? this.forAnonymous : this.forNamed
    return rules.decide(access, topic, (template) => {
      const [level, ...more] = expandPattern(template, client, this.version)
      return level === undefined || more.length > 0 ? null : level
    })
  }

  /** A name with a slash moves the levels behind it, so the patterns are laid out anew for each such client. */
  private expandedFor(client: PatternClient): RuleSet {
    const key = JSON.stringify([client.username, client.clientId])
    const known = this.expanded.get(key)
    if (known !== undefined) return known
    const patterns = client.username === null ? withoutUser(this.patterns) : this.patterns
    const made = new RuleSet(patterns.map((rule) => ({ ...rule, filter: expandPattern(rule.filter, client, this.version).join('/') })))
    const oldest = this.expanded.keys().next()
    if (this.expanded.size >= MAX_EXPANDED && oldest.done !== true) this.expanded.delete(oldest.value)
    this.expanded.set(key, made)
    return made
  }
}

const withoutUser = (patterns: readonly PlacedRule[]): readonly PlacedRule[] => patterns.filter(({ filter }) => !namesUser(filter))
