import type { PlacedRule } from './acl-file'
import { FilterTrie } from './filter-trie'
import { NO_NAMES, type PatternNames } from './pattern'
import type { BrokerVersion } from './question'

/** Some lines of a file, of which the last matching deny decides, else the first that matches and carries the access. */
export class RuleSet {
  private readonly trie: FilterTrie

  /** @param version of the broker whose patterns these are; null: they are `topic` lines */
  constructor(rules: readonly PlacedRule[], version: BrokerVersion | null = null) {
    this.trie = new FilterTrie(version)
    for (const rule of rules) this.add(rule)
  }

  /** The deciding line, negative for a deny, or 0. */
  decide(access: 'read' | 'write', topic: string, names: PatternNames = NO_NAMES): number {
    let deny = 0
    let grant = 0
    this.trie.match(topic, names, ({ lastDeny, firstRead, firstWrite }) => {
      if (lastDeny > deny) deny = lastDeny
      const line = access === 'read' ? firstRead : firstWrite
      if (line > 0 && (grant === 0 || line < grant)) grant = line
    })
    return deny > 0 ? -deny : grant
  }

  private add({ filter, grant, line }: PlacedRule): void {
    const grants = this.trie.at(filter)
    // In the order of the file: the last deny stays, and the first of the others.
    if (grant === 'deny') grants.lastDeny = line
    if (grants.firstRead === 0 && (grant === 'read' || grant === 'readwrite')) grants.firstRead = line
    if (grants.firstWrite === 0 && (grant === 'write' || grant === 'readwrite')) grants.firstWrite = line
  }
}
