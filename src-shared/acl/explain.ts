import { matchesFilter } from '@shared/mqtt/topic'
import type { PlacedRule } from './acl-file'
import { allowed, decidedBefore, decidedBeforePatterns, denied, type Delivery } from './fixed-rules'
import { expandPattern, namesUser } from './pattern'
import type { BrokerVersion, Decision, Explanation, LineVerdict, TraceStep } from './question'

/** Denies from the last to the first, then the others as they stand: the order in which Mosquitto looks at lines. */
export function brokerOrder(rules: readonly PlacedRule[]): readonly PlacedRule[] {
  return [...rules.filter(({ grant }) => grant === 'deny').reverse(), ...rules.filter(({ grant }) => grant !== 'deny')]
}

function verdictOn(rule: PlacedRule, delivery: Delivery, topicLevels: readonly string[], version: BrokerVersion): LineVerdict {
  const isPattern = rule.kind === 'pattern'
  if (isPattern && delivery.username === null && namesUser(rule.filter)) return 'needs-user'
  const levels = isPattern ? expandPattern(rule.filter, delivery, version) : rule.filter.split('/')
  const isOutOfReach = isPattern && version === '2.1' && delivery.topic.startsWith('$') && !rule.filter.startsWith('$')
  if (isOutOfReach || !delivery.isTopicName || !matchesFilter(levels, topicLevels)) return 'no-match'
  return rule.grant === 'deny' || rule.grant === 'readwrite' || rule.grant === delivery.access ? 'decides' : 'other-access'
}

/** Settles a question line by line, and keeps what each came to. */
export function explainDelivery(rules: readonly PlacedRule[], version: BrokerVersion, delivery: Delivery): Explanation {
  const own = rules.filter(({ kind, user }) => kind === 'topic' && user === delivery.username)
  const patterns = rules.filter(({ kind }) => kind === 'pattern')
  const topicLevels = delivery.topic.split('/')
  const steps: TraceStep[] = []
  let decision = decidedBefore(delivery)

  function consider(group: readonly PlacedRule[]): void {
    for (const rule of brokerOrder(group)) {
      const verdict = decision === null ? verdictOn(rule, delivery, topicLevels, version) : 'not-reached'
      steps.push({ line: rule.line, verdict })
      if (verdict === 'decides') decision = decisionBy(rule)
    }
  }

  consider(own)
  if (patterns.length > 0) decision ??= decidedBeforePatterns(delivery)
  consider(patterns)
  return { decision: decision ?? denied({ kind: 'default' }), steps }
}

function decisionBy({ grant, line }: PlacedRule): Decision {
  return grant === 'deny' ? denied({ kind: 'line', line }) : allowed({ kind: 'line', line })
}
