import { describe, expect, it } from 'vitest'
import { encodeAclText } from '@shared/acl/file-bytes'
import { readPolicy } from '@shared/acl/policy-document'
import { startAclBroker, type AclBroker } from '../support/acl-broker'
import { connectAclClient, type AclClient } from '../support/acl-client'
import { AclGenerator, seededRandom, type AclAsker } from '../support/acl-generator'

const SEED = Number(process.env['ACL_SEED'] ?? 20_261_124)
const FILES = Number(process.env['ACL_FILES'] ?? 60)
const TOPICS_PER_FILE = 24
const BROKERS_AT_ONCE = 3
const MIN_DECISIONS = 5_000

const SUCCESS = 0x00
const NO_MATCHING_SUBSCRIBERS = 0x10
const NOT_AUTHORISED = 0x87

/** What the broker itself publishes, once at its start. */
const TOPIC_OF_BROKER = '$SYS/broker/version'

type Verdicts = ReadonlyMap<string, boolean>

const verdict = (reasonCode: number): boolean => {
  if (reasonCode === NOT_AUTHORISED) return false
  if (reasonCode === SUCCESS || reasonCode === NO_MATCHING_SUBSCRIBERS) return true
  throw new Error(`reason code ${reasonCode}`)
}

/** Behind a denial Mosquitto 2.0.11 hangs up, and what was sent meanwhile is lost: one topic at a time, and a new connection behind each denial. */
async function writesOf(socket: string, { clientId, username }: AclAsker, topics: readonly string[]): Promise<Verdicts> {
  const verdicts = new Map<string, boolean>()
  let client: AclClient | null = null
  for (const topic of topics) {
    client ??= await connectAclClient(socket, clientId, username)
    const isAllowed = verdict(await client.publish(topic, 'written'))
    verdicts.set(topic, isAllowed)
    if (isAllowed) continue
    client.close()
    client = null
  }
  client?.close()
  return verdicts
}

/** What no client at all may publish. */
const isNobodys = (topic: string): boolean => topic.startsWith('$share') || (topic.startsWith('$SYS') && !/^\$SYS\/broker\/connection\/[^/]*\/state$/.test(topic))

/** A subscription to a shared one is none to its topic, to which nobody may publish anyway. */
const filtersFor = (topics: readonly string[]): readonly string[] => ['#', ...topics.filter((topic) => topic.startsWith('$') && !/^\$share(\/|$)/.test(topic))]

/** What each client is delivered of what a client publishes who may publish everything; nothing else counts as read. */
async function readsOf(clients: readonly AclClient[], free: AclClient, topics: readonly string[]): Promise<readonly Verdicts[]> {
  await Promise.all(clients.map((client) => client.subscribe(filtersFor([...topics, TOPIC_OF_BROKER]))))
  const published = topics.filter((topic) => !isNobodys(topic))
  const codes = await Promise.all(published.map((topic) => free.publish(topic, 'for all')))
  expect(codes.map(verdict)).toEqual(published.map(() => true))
  return Promise.all(
    clients.map(async (client) => {
      const came = new Set((await client.received()).filter(({ topic, payload }) => topic === TOPIC_OF_BROKER || String(payload) === 'for all').map(({ topic }) => topic))
      return new Map([...published, TOPIC_OF_BROKER].map((topic) => [topic, came.has(topic)]))
    }),
  )
}

interface Comparison {
  decisions: number
  allowed: number
  readonly byCause: Map<string, number>
  readonly disagreements: string[]
}

function compare(file: string, { username, clientId }: AclAsker, access: 'read' | 'write', broker: Verdicts, comparison: Comparison): void {
  const { policy } = readPolicy(file, '2.0')
  for (const [topic, allowed] of broker) {
    const question = { username, clientId, access, topic }
    const decision = policy.decide(question)
    const explained = policy.explain(question).decision
    comparison.decisions += 1
    if (allowed) comparison.allowed += 1
    comparison.byCause.set(decision.cause.kind, (comparison.byCause.get(decision.cause.kind) ?? 0) + 1)
    if (decision.allowed === allowed && JSON.stringify(explained) === JSON.stringify(decision)) continue
    comparison.disagreements.push(JSON.stringify({ question, broker: allowed, decision, explained, file }))
  }
}

async function compareFile(random: AclGenerator, comparison: Comparison): Promise<void> {
  const file = random.file()
  const askers = random.askers(file)
  const topics = random.topics(file, askers, TOPICS_PER_FILE)
  const broker = await startAclBroker(encodeAclText(file))
  const { firstFaultLine } = readPolicy(file, '2.0')
  if ('refusedWith' in broker || firstFaultLine !== null) {
    comparison.disagreements.push(JSON.stringify({ file, firstFaultLine, broker: 'refusedWith' in broker ? broker.refusedWith : 'took it' }))
    if (!('refusedWith' in broker)) await broker.stop()
    return
  }
  try {
    await compareWithBroker(broker, file, askers, topics, comparison)
  } catch (error) {
    throw new Error(`The broker said:\n${broker.log()}`, { cause: error })
  } finally {
    await broker.stop()
  }
}

async function compareWithBroker(broker: AclBroker, file: string, askers: readonly AclAsker[], topics: readonly string[], comparison: Comparison): Promise<void> {
  const writes = await Promise.all(askers.map((asker) => writesOf(broker.socket, asker, topics)))
  const clients = await Promise.all(askers.map(({ clientId, username }) => connectAclClient(broker.socket, clientId, username)))
  const free = await connectAclClient(broker.freeSocket, 'the free one', null)
  try {
    const reads = await readsOf(clients, free, topics)
    for (const [index, asker] of askers.entries()) {
      compare(file, asker, 'write', writes[index] ?? new Map(), comparison)
      compare(file, asker, 'read', reads[index] ?? new Map(), comparison)
    }
  } finally {
    for (const client of [...clients, free]) client.close()
  }
}

describe('a real Mosquitto decides as we do', () => {
  it(`with ${FILES} files of the seed ${SEED}`, { timeout: 120_000 }, async () => {
    const comparison: Comparison = { decisions: 0, allowed: 0, byCause: new Map(), disagreements: [] }
    const files = Array.from({ length: FILES }, (_, index) => new AclGenerator(seededRandom(SEED + index)))
    await Promise.all(
      Array.from({ length: BROKERS_AT_ONCE }, async () => {
        for (let next = files.pop(); next !== undefined; next = files.pop()) await compareFile(next, comparison)
      }),
    )
    const { decisions, allowed, byCause, disagreements } = comparison
    console.info(`${decisions} decisions, ${allowed} of them allowed, seed ${SEED}:`, Object.fromEntries(byCause))
    expect(disagreements).toEqual([])
    expect(decisions).toBeGreaterThanOrEqual(MIN_DECISIONS)
    // Neither all nor nothing, or it would prove little.
    expect(allowed / decisions).toBeGreaterThan(0.05)
    expect([...byCause.keys()].sort()).toEqual(['default', 'line', 'share-topic', 'system-topic', 'wildcard-in-name'])
  })
})
