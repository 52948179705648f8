import { topicFilterFault, topicNameFault, type TopicFault } from '@shared/mqtt/topic'
import { decidingLine, type AccessPolicy, type Decision } from '../question'
import { questionOf, type Expectation } from './expectation'

/** What became of a case. */
export type ExpectationResult =
  | { readonly kind: 'passed'; readonly decision: Decision }
  /** The answer is another one. */
  | { readonly kind: 'other-answer'; readonly decision: Decision }
  /** The answer is right, and another line gave it. */
  | { readonly kind: 'other-line'; readonly decision: Decision }
  /** It asks about something that is no topic, or no filter: a broker would never be asked. */
  | { readonly kind: 'no-topic'; readonly fault: TopicFault }

function faultOf({ access, topic }: Expectation): TopicFault | null {
  switch (access) {
    case 'read':
    case 'write':
      return topicNameFault(topic)
    case 'subscribe':
    case 'unsubscribe':
      return topicFilterFault(topic)
  }
}

/** Tries one case. */
export function runExpectation(policy: AccessPolicy, expectation: Expectation): ExpectationResult {
  const fault = faultOf(expectation)
  if (fault !== null) return { kind: 'no-topic', fault }
  const decision = policy.decide(questionOf(expectation))
  if (decision.allowed !== (expectation.expect === 'allowed')) return { kind: 'other-answer', decision }
  const isOtherLine = expectation.line !== undefined && expectation.line !== decidingLine(decision)
  return { kind: isOtherLine ? 'other-line' : 'passed', decision }
}
