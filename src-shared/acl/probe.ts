import { failureSchema } from '@shared/connection/failure'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'
import type { Decision, Question } from './question'

/** Most questions that one probe asks the broker. */
export const MAX_PROBE_QUESTIONS = 1_000
/** What the payload of every probe begins with, so that whoever sees it knows what it is. */
export const PROBE_PAYLOAD = 'pubscope-acl-probe'

const mqttText = z.string().max(65_535)

/** A question that a session at a broker can try out. */
export const probeQuestionSchema = z.strictObject({
  /** Empty: anonymous. */
  username: mqttText,
  /** Empty: any; the session has a name of its own. */
  clientId: mqttText,
  access: z.enum(['read', 'write']),
  topic: topicNameSchema,
})
export type ProbeQuestion = z.infer<typeof probeQuestionSchema>

/** What is to be asked. Nothing is published to a topic that is not among `confirmedTopics`. */
export const probeOrderSchema = z.strictObject({
  questions: z.array(probeQuestionSchema).min(1).max(MAX_PROBE_QUESTIONS),
  confirmedTopics: z.array(topicNameSchema).max(MAX_PROBE_QUESTIONS),
  /** One a user name. Without one the user of the profile signs in with its password, all others without. */
  passwords: z.array(z.strictObject({ username: mqttText, password: mqttText })).max(MAX_PROBE_QUESTIONS),
})
export type ProbeOrder = z.infer<typeof probeOrderSchema>

/** Why the broker's answer is not known. */
export const probeDoubtSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-signed-in'), failure: failureSchema }), // the client's session did not come about, or was lost
  z.strictObject({ kind: z.literal('observer-lost'), failure: failureSchema }),
  z.strictObject({ kind: z.literal('observer-blind') }), // who looks on sees nothing of this topic
  z.strictObject({ kind: z.literal('observer-mute') }), // who looks on may not publish there, and nothing is retained
  z.strictObject({ kind: z.literal('refused'), reasonCode: z.number().int() }), // for a reason that is no access rule
  z.strictObject({ kind: z.literal('not-confirmed') }),
  z.strictObject({ kind: z.literal('no-such-topic') }), // `$share/…` is no topic to a broker
  z.strictObject({ kind: z.literal('own-client') }), // the client identifier of the very connection that is open
  z.strictObject({ kind: z.literal('time') }),
  z.strictObject({ kind: z.literal('cancelled') }),
])
export type ProbeDoubt = z.infer<typeof probeDoubtSchema>

/** What a broker did. */
export const probeAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['allowed', 'denied']), elapsedMs: z.number() }),
  z.strictObject({ kind: z.literal('unknown'), why: probeDoubtSchema }),
])
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>

/** Answers as they come; `index` is that of the question. */
export const probePieceSchema = z.strictObject({
  answers: z.array(z.strictObject({ index: z.number().int(), answer: probeAnswerSchema })),
  isLast: z.boolean(),
})
export type ProbePiece = z.infer<typeof probePieceSchema>

/** Under what a question and its answer are found again. */
export function questionKey({ username, clientId, access, topic }: Question | ProbeQuestion): string {
  return JSON.stringify([username ?? '', clientId, access, topic])
}

/** The same question for a broker; null when no session could tell. */
export function probeQuestionOf({ username, clientId, access, topic }: Question): ProbeQuestion | null {
  if ((access !== 'read' && access !== 'write') || !topicNameSchema.safeParse(topic).success) return null
  return { username: username ?? '', clientId, access, topic }
}

/** How the broker's answer goes with that of the file. */
export type Agreement = 'agrees' | 'disagrees' | 'unknown'

/** A client that cannot sign in by the file, and is refused as not authorised, is agreed about. */
export function agreementOf({ allowed, cause }: Decision, answer: ProbeAnswer): Agreement {
  if (answer.kind !== 'unknown') return (answer.kind === 'allowed') === allowed ? 'agrees' : 'disagrees'
  const { why } = answer
  const isRefused = why.kind === 'not-signed-in' && why.failure.code === 'connack' && REFUSALS.includes(why.failure.reasonCode ?? 0)
  return isRefused && cause.kind === 'cannot-sign-in' ? 'agrees' : 'unknown'
}

/** Client identifier not valid, bad user name or password, not authorised. */
const REFUSALS: readonly number[] = [0x85, 0x86, 0x87]
