import type { AclFile, PlacedRule } from './acl-file'
import { explainDelivery } from './explain'
import { allowed, decidedBefore, decidedBeforePatterns, deliveryOf, denied, type Delivery } from './fixed-rules'
import { namesOf } from './pattern'
import type { AccessPolicy, BrokerVersion, Decision, Explanation, Question } from './question'
import { RuleSet } from './rule-set'

/** The order in which Mosquitto settles a question with an `acl_file`; lines it would refuse are left out. */
class AclPolicy implements AccessPolicy {
  readonly users: readonly string[]
  private readonly file: AclFile
  private readonly version: BrokerVersion
  private readonly ownRules = new Map<string | null, RuleSet>()
  private readonly patterns: RuleSet

  constructor(file: AclFile, version: BrokerVersion) {
    this.file = file
    this.version = version
    const blocks = new Map<string | null, PlacedRule[]>()
    for (const rule of file.rules) {
      if (rule.kind === 'pattern') continue
      const block = blocks.get(rule.user)
      if (block === undefined) blocks.set(rule.user, [rule])
      else block.push(rule)
    }
    for (const [user, rules] of blocks) this.ownRules.set(user, new RuleSet(rules))
    this.patterns = new RuleSet(file.rules.filter(({ kind }) => kind === 'pattern'), version)
    this.users = [...new Set(file.lines.flatMap(({ statement }) => (statement.kind === 'user' ? [statement.name] : [])))]
  }

  decide(question: Question): Decision {
    switch (question.access) {
      case 'subscribe':
      case 'unsubscribe':
        return allowed({ kind: 'never-checked' })
      case 'read':
      case 'write':
        return this.decideDelivery(deliveryOf(question, question.access))
    }
  }

  explain(question: Question): Explanation {
    const { access } = question
    if (access === 'subscribe' || access === 'unsubscribe') return { decision: this.decide(question), steps: [] }
    return explainDelivery(this.file.rules, this.version, deliveryOf(question, access))
  }

  private decideDelivery(delivery: Delivery): Decision {
    const before = decidedBefore(delivery)
    if (before !== null) return before
    const { access, topic, isTopicName } = delivery
    const own = isTopicName ? (this.ownRules.get(delivery.username)?.decide(access, topic) ?? 0) : 0
    if (own !== 0) return byLine(own)
    if (this.patterns.isEmpty) return denied({ kind: 'default' })
    return decidedBeforePatterns(delivery) ?? byLine(isTopicName ? this.patterns.decide(access, topic, namesOf(delivery, this.version)) : 0)
  }
}

function byLine(line: number): Decision {
  if (line === 0) return denied({ kind: 'default' })
  return line < 0 ? denied({ kind: 'line', line: -line }) : allowed({ kind: 'line', line })
}

/** Compiles an `acl_file` for many questions: 10,000 lines answer as fast as ten. */
export function compileAclFile(file: AclFile, version: BrokerVersion): AccessPolicy {
  return new AclPolicy(file, version)
}
