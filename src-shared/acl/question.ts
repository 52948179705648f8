import type { CompiledFilter } from '@shared/mqtt/topic'
import { z } from '@shared/schema'
import type { Entry } from './dynamic-security/dynsec-file'

/** What a client may want of a topic. Mosquitto checks `read` at each delivery, `write` at each PUBLISH and when a will is sent. */
export const accessSchema = z.enum(['read', 'write', 'subscribe', 'unsubscribe'])
export type Access = z.infer<typeof accessSchema>

/** The series of Mosquitto whose rules are meant; they differ in what `%c` and `%u` stand for. */
export const brokerVersionSchema = z.enum(['2.0', '2.1'])
export type BrokerVersion = z.infer<typeof brokerVersionSchema>

/** May this client do this? `username` null or empty: an anonymous one. `topic` is a filter where `access` is about subscriptions. */
export interface Question {
  readonly username: string | null
  readonly clientId: string
  readonly access: Access
  readonly topic: string
}

/** What settled a question. Lines count from 1. */
export type DecisionCause =
  | { readonly kind: 'line'; readonly line: number }
  /** Of an ACL file: subscriptions are always granted, and nothing is delivered that may not be read. */
  | { readonly kind: 'never-checked' }
  /** A client may not write to `$SYS`, whatever the file says. */
  | { readonly kind: 'system-topic' }
  /** No topic name starts with `$share`, whatever the file says. */
  | { readonly kind: 'share-topic' }
  /** The file has patterns, and this name has a wildcard in it. */
  | { readonly kind: 'wildcard-in-name'; readonly name: 'user' | 'client' }
  /** Of dynamic security: there is no session of such a client to ask about. */
  | { readonly kind: 'cannot-sign-in'; readonly why: 'unknown-user' | 'disabled' | 'other-client-id' }
  /** Of dynamic security: the default, which allows, is not for topics that start with `$CONTROL`. */
  | { readonly kind: 'control-topic' }
  /** No line is about it; `line`, where the file says what holds then. */
  | { readonly kind: 'default'; readonly line?: number }

export interface Decision {
  readonly allowed: boolean
  readonly cause: DecisionCause
}

/** Why a line did or did not settle a question. */
export type LineVerdict =
  | 'decides'
  | 'no-match'
  | 'other-access' // it matches, but is about another access
  | 'needs-user' // a pattern with `%u`, and the client is anonymous
  | 'not-reached'

export interface TraceStep {
  readonly line: number
  /** Of dynamic security, where several may stand in one line. */
  readonly entry?: Entry
  readonly verdict: LineVerdict
}

/** How a question was settled: every line that was considered, in the order of the broker. */
export interface Explanation {
  readonly decision: Decision
  readonly steps: readonly TraceStep[]
}

/** A line that decides where no line before it did, about topics that match its filter. */
export interface OrderedRule {
  readonly filter: CompiledFilter
  readonly decision: Decision
}

/** The lines that may decide a client's access, in the broker's order. Topics that start with `$share` they do not concern. */
export interface OrderedRules {
  readonly rules: readonly OrderedRule[]
  /** What holds for a topic that no line is about. It depends on the first level of the topic alone. */
  otherwise(topic: string): Decision
}

/** Who may do what, from a file of whatever kind, compiled to be asked often. */
export interface AccessPolicy {
  decide(question: Question): Decision
  explain(question: Question): Explanation
  /** What `decide` goes by; but for writing to `$SYS`, which is decided before. */
  ordered(client: Pick<Question, 'username' | 'clientId'>, access: 'read' | 'write'): OrderedRules
  /** The users that the file names, each once, in its order. */
  readonly users: readonly string[]
}

/** The line that settled a question, or null. */
export function decidingLine({ cause }: Decision): number | null {
  return cause.kind === 'line' ? cause.line : null
}
