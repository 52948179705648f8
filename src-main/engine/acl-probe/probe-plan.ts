import { questionKey, type ProbeDoubt, type ProbeOrder, type ProbeQuestion } from '@shared/acl/probe'
import type { ConnectionConfig } from '../engine-api'
import type { Login } from '../connection/throwaway-session'

/** A question, and where in the order it stands: more than once, if it was asked so. */
export interface Asked {
  readonly question: ProbeQuestion
  readonly indexes: number[]
}

/** What one client is asked about. */
export interface ClientJob {
  readonly login: Login
  readonly asked: Asked[]
}

export interface ProbeJobs {
  /** Jobs that run side by side; those of one list, of the same client identifier, one after the other: they would throw each other out [MQTT-3.1.4-3]. */
  readonly queues: readonly (readonly ClientJob[])[]
  /** What is not asked, and why. */
  readonly left: readonly { readonly index: number; readonly why: ProbeDoubt }[]
}

/** Why a question is not put to the broker, or null. */
function obstacle({ clientId, topic }: ProbeQuestion, confirmed: ReadonlySet<string>, config: ConnectionConfig): ProbeDoubt | null {
  // Subscribing to it would mean another topic [MQTT-4.8.2-1].
  if (topic.startsWith('$share')) return { kind: 'no-such-topic' }
  if (!confirmed.has(topic)) return { kind: 'not-confirmed' }
  if (clientId !== '' && clientId === config.clientId) return { kind: 'own-client' }
  return null
}

/** Parts an order into what each client is asked. */
export function planJobs({ questions, confirmedTopics, passwords }: ProbeOrder, config: ConnectionConfig): ProbeJobs {
  const confirmed = new Set(confirmedTopics)
  const given = new Map(passwords.map(({ username, password }) => [username, password]))
  const passwordOf = (username: string): string | null => given.get(username) ?? (username === config.username ? config.password : null)
  const left: { index: number; why: ProbeDoubt }[] = []
  const asked = new Map<string, Asked>()
  const jobs = new Map<string, ClientJob>()
  for (const [index, question] of questions.entries()) {
    const why = obstacle(question, confirmed, config)
    const before = asked.get(questionKey(question))
    if (why !== null) left.push({ index, why })
    else if (before !== undefined) before.indexes.push(index)
    else {
      const { username, clientId } = question
      const fresh = { question, indexes: [index] }
      asked.set(questionKey(question), fresh)
      const client = JSON.stringify([clientId, username])
      const login = { username, clientId, password: username === '' ? null : passwordOf(username) }
      const job = jobs.get(client) ?? { login, asked: [] }
      job.asked.push(fresh)
      jobs.set(client, job)
    }
  }
  const queues = new Map<string, ClientJob[]>()
  for (const [client, job] of jobs) {
    const key = job.login.clientId === '' ? client : JSON.stringify(job.login.clientId)
    queues.set(key, [...(queues.get(key) ?? []), job])
  }
  return { queues: [...queues.values()], left }
}
