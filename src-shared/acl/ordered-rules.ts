import type { CompiledFilter } from '@shared/mqtt/topic'
import type { AclFile, PlacedRule } from './acl-file'
import { brokerOrder } from './explain'
import { allowed, decidedBefore, decidedBeforePatterns, deliveryOf, denied } from './fixed-rules'
import { expandPattern, namesUser, type PatternClient } from './pattern'
import type { BrokerVersion, Decision, OrderedRule, OrderedRules } from './question'

/** An `acl_file` as one client meets it; see `AccessPolicy`. */
export function orderedRules(file: AclFile, version: BrokerVersion, client: PatternClient, access: 'read' | 'write'): OrderedRules {
  const delivery = deliveryOf({ ...client, access, topic: '' }, access)
  const { username } = delivery
  const carries = ({ grant }: PlacedRule): boolean => grant === 'deny' || grant === 'readwrite' || grant === access
  const own = file.rules.filter((rule) => rule.kind === 'topic' && rule.user === username && carries(rule))
  const patterns = file.rules.filter(({ kind }) => kind === 'pattern')
  const ruled = brokerOrder(own).map((rule) => orderedRule(rule, rule.filter.split('/')))
  const before = patterns.length > 0 ? decidedBeforePatterns(delivery) : null
  const otherwise = (topic: string): Decision => decidedBefore(deliveryOf({ ...client, access, topic }, access)) ?? before ?? denied({ kind: 'default' })
  if (before !== null) return { rules: ruled, otherwise }

  const reached = patterns.filter((rule) => carries(rule) && (username !== null || !namesUser(rule.filter)))
  const expanded = brokerOrder(reached).flatMap((rule) => {
    const filter = expandPattern(rule.filter, delivery, version)
    // With 2.1 a name is one level at most, and reaches no `$`.
    const reachesSystem = filter[0]?.startsWith('$') === true && !rule.filter.startsWith('$')
    const isLikeNone = version === '2.1' && (reachesSystem || filter.some((level) => level.includes('/')))
    return isLikeNone ? [] : [orderedRule(rule, filter)]
  })
  return { rules: [...ruled, ...expanded], otherwise }
}

function orderedRule({ grant, line }: PlacedRule, filter: CompiledFilter): OrderedRule {
  return { filter, decision: grant === 'deny' ? denied({ kind: 'line', line }) : allowed({ kind: 'line', line }) }
}
