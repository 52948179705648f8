import type { CompiledFilter } from '@shared/mqtt/topic'
import type { PlacedRule } from './acl-file'
import { brokerOrder } from './explain'
import { allowed, decidedBeforePatterns, denied } from './fixed-rules'
import { expandPattern, namesUser, type PatternClient } from './pattern'
import type { PolicyDocument } from './policy-document'
import type { BrokerVersion, Decision } from './question'

/** A line that decides, where no line before it did. */
export interface OrderedRule {
  readonly filter: CompiledFilter
  readonly decision: Decision
}

/** The lines that may decide a client's access, in the broker's order, and what holds where none does. */
export interface OrderedRules {
  readonly rules: readonly OrderedRule[]
  readonly otherwise: Decision
}

/**
 * A file as one client meets it. What the broker decides before it looks at the file is not in it: `$share…`, and writing `$SYS…`.
 */
export function orderedRules({ file }: PolicyDocument, version: BrokerVersion, client: PatternClient, access: 'read' | 'write'): OrderedRules {
  const username = client.username === '' ? null : client.username
  const delivery = { username, clientId: client.clientId, access, topic: '' }
  const carries = ({ grant }: PlacedRule): boolean => grant === 'deny' || grant === 'readwrite' || grant === access
  const own = file.rules.filter((rule) => rule.kind === 'topic' && rule.user === username && carries(rule))
  const patterns = file.rules.filter(({ kind }) => kind === 'pattern')
  const ruled = brokerOrder(own).map((rule) => orderedRule(rule, rule.filter.split('/')))
  const before = patterns.length > 0 ? decidedBeforePatterns(delivery) : null
  if (before !== null) return { rules: ruled, otherwise: before }

  const reached = patterns.filter((rule) => carries(rule) && (username !== null || !namesUser(rule.filter)))
  const expanded = brokerOrder(reached).flatMap((rule) => {
    const filter = expandPattern(rule.filter, delivery, version)
    // With 2.1 a name is one level at most, and reaches no `$`.
    const reachesSystem = filter[0]?.startsWith('$') === true && !rule.filter.startsWith('$')
    const isLikeNone = version === '2.1' && (reachesSystem || filter.some((level) => level.includes('/')))
    return isLikeNone ? [] : [orderedRule(rule, filter)]
  })
  return { rules: [...ruled, ...expanded], otherwise: denied({ kind: 'default' }) }
}

function orderedRule({ grant, line }: PlacedRule, filter: CompiledFilter): OrderedRule {
  return { filter, decision: grant === 'deny' ? denied({ kind: 'line', line }) : allowed({ kind: 'line', line }) }
}
