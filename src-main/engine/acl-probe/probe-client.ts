import type { ProbeAnswer, ProbeDoubt } from '@shared/acl/probe'
import { newProbePayload, type ProbeSent, type ProbeSession } from './probe-session'

/** MQTT 5.0 PUBACK: not authorised. */
const NOT_AUTHORIZED = 0x87
/** Nothing came for so long, or for so many round trips where those take longer: nothing will. */
const QUIET_MS = 300
const QUIET_ROUND_TRIPS = 4

/** What was found out of some topics, by topic. */
export type Answers = Map<string, ProbeAnswer>

const unknown = (why: ProbeDoubt): ProbeAnswer => ({ kind: 'unknown', why })
const quietMs = (roundTripMs: number): number => Math.max(QUIET_MS, QUIET_ROUND_TRIPS * roundTripMs)

function newProbes(topics: readonly string[]): Map<string, string> {
  return new Map(topics.map((topic) => [topic, newProbePayload()]))
}

function isDenied(sent: ProbeSent | undefined): boolean {
  return sent?.answer.kind === 'refused' && sent.answer.reasonCode === NOT_AUTHORIZED
}

/** Has the client publish, and takes the broker's word for it [MQTT-4.3.2-4]. */
export async function probeWrites(client: ProbeSession, topics: readonly string[]): Promise<Answers> {
  const sent = await client.publish(newProbes(topics))
  return new Map(topics.map((topic) => [topic, writeAnswer(sent.get(topic))]))
}

function writeAnswer(sent: ProbeSent | undefined): ProbeAnswer {
  if (sent === undefined) return unknown({ kind: 'time' })
  const { answer, elapsedMs } = sent
  if (answer.kind === 'done') return { kind: 'allowed', elapsedMs }
  return isDenied(sent) ? { kind: 'denied', elapsedMs } : unknown({ kind: 'refused', reasonCode: answer.reasonCode })
}

/**
 * Has the client publish where the broker tells nothing, before MQTT 5.0 and with QoS 0, and the observer look on. That a
 * message of the observer's own arrives, published after the client's, proves that the client's would have.
 */
export async function probeWritesSeen(client: ProbeSession, observer: ProbeSession, topics: readonly string[]): Promise<Answers> {
  const [first] = topics
  if (first === undefined) return new Map()
  const startedAtMs = performance.now()
  await observer.subscribe(topics)
  const probes = newProbes(topics)
  const controls = newProbes(topics)
  await client.publish(probes)
  // An answer to a later packet says that the broker is done with those before, acknowledged or not.
  await client.roundTrip(first)
  await observer.publish(controls)
  const roundTripMs = await observer.roundTrip(first)
  const came = (topic: string): boolean => observer.sawProbe(topic, probes.get(topic) ?? '')
  const isProven = (topic: string): boolean => observer.sawProbe(topic, controls.get(topic) ?? '')
  await observer.until(() => topics.every((topic) => came(topic) || isProven(topic)), quietMs(roundTripMs))
  const elapsedMs = performance.now() - startedAtMs
  const answers: Answers = new Map()
  for (const topic of topics) {
    if (came(topic)) answers.set(topic, { kind: 'allowed', elapsedMs })
    else answers.set(topic, isProven(topic) ? { kind: 'denied', elapsedMs } : unknown({ kind: 'observer-blind' }))
  }
  observer.unsubscribe(topics)
  client.unsubscribe([first])
  return answers
}

/**
 * Has the client subscribe, and the observer publish. What arrives, of whomever, may be read. What does not arrive may not, if
 * it is proven that there was something: the broker took the probe, the observer itself got it, or has a retained message.
 */
export async function probeReads(client: ProbeSession, observer: ProbeSession, topics: readonly string[]): Promise<Answers> {
  const startedAtMs = performance.now()
  const answers: Answers = new Map()
  const subscribed = await client.subscribe(topics)
  const open = topics.filter((topic) => {
    const result = subscribed.get(topic)
    if (result?.kind === 'granted') return true
    answers.set(topic, unknown(result?.kind === 'refused' ? { kind: 'refused', reasonCode: result.reasonCode } : { kind: 'time' }))
    return false
  })
  const [first] = open
  if (first === undefined) return answers
  await observer.subscribe(open)
  const probes = newProbes(open)
  const sent = await observer.publish(probes)
  await observer.roundTrip(first)
  const roundTripMs = await client.roundTrip(first)
  await client.until(() => open.every((topic) => client.sawAny(topic)), quietMs(roundTripMs))
  const elapsedMs = performance.now() - startedAtMs
  for (const topic of open) {
    const isProven = observer.sawProbe(topic, probes.get(topic) ?? '') || observer.sawRetained(topic)
    const isTaken = observer.tellsRefusals && sent.get(topic)?.answer.kind === 'done'
    if (client.sawAny(topic)) answers.set(topic, { kind: 'allowed', elapsedMs })
    else if (isProven || isTaken) answers.set(topic, { kind: 'denied', elapsedMs })
    else answers.set(topic, unknown(isDenied(sent.get(topic)) ? { kind: 'observer-mute' } : { kind: 'observer-blind' }))
  }
  client.unsubscribe(open)
  observer.unsubscribe(open)
  return answers
}
