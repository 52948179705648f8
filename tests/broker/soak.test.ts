import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import type { StatisticsFrame } from '@shared/views/view-frame'
import { useBrokerBench } from '../support/broker-bench'
import { connectionConfig, type DrivenView, type EngineDriver } from '../support/engine-driver'
import type { SoakSender } from '../support/soak/soak-sender'
import { counterOf, countersOf } from '../support/soak/soak-traffic'
import { waitUntil } from '../support/wait-until'

const BUDGET_BYTES = 16 * 1024 * 1024
const PER_SECOND = 30_000
/** From one cut to the next. A connection that ends sooner counts as one that does not hold: the next comes ever later. */
const ROUND_MS = 5_200
const ROUNDS = 4
/** In this round the budget is used up. The last one ends in the same way. */
const FULL_ROUND = 2
const WAIT_LIMIT_MS = 40_000
/** What comes and goes is less. In the rounds that count about 300,000 messages come: 20 B of each would be 6 MB. */
const MOST_GROWTH_BYTES = 4_000_000
const COLLECTIONS = 4

const bench = useBrokerBench()

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes that this process cannot let go of. The memory of buffers is given back a while after they are collected. */
async function heldBytes(): Promise<number> {
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

interface Held {
  /** Messages ever received, and how many of them are in the log. */
  readonly messages: number
  readonly kept: number
  /** Of those in the log, the oldest first. */
  readonly counters: readonly number[]
}

/** What the engine has of a topic once it counts so many messages, read as the page reads it. */
async function heldOf(app: EngineDriver, topic: string, counted: number): Promise<Held> {
  const view = app.openView({ kind: 'topic', topic, newest: null, firstRow: 0, rowCount: 500 })
  const { messages, kept, history } = await view.waitFor(`${counted} messages`, (frame) => frame.messages >= counted)
  view.close()
  return { messages, kept, counters: history.map(({ sequence }) => counterOf(app.engine.readWhole(sequence).payload)).reverse() }
}

/** Sends for a while, then cuts the connection in one of two ways, until the client is back. */
async function sendAndCut(sender: SoakSender, round: number, look: () => void): Promise<void> {
  const endMs = performance.now() + ROUND_MS
  const wait = { timeoutMs: WAIT_LIMIT_MS, what: () => `round ${round}: ${JSON.stringify(sender.counts)}` }
  sender.run(PER_SECOND)
  await waitUntil(() => {
    look()
    return performance.now() >= endMs
  }, wait)
  if (round % 2 === 0) {
    sender.rest()
    await sender.reset()
  } else sender.tear()
  await waitUntil(() => sender.serves(), wait)
}

/** The counters once all that was sent is taken and what was cleared is gone. */
async function settled(sender: SoakSender, statistics: DrivenView<'statistics'>): Promise<StatisticsFrame> {
  sender.rest()
  await sender.settle()
  const { messages, cleared } = sender.counts
  return statistics.waitFor(`${messages} messages, ${cleared} topics gone`, (told) => told.messagesReceived >= messages && told.topicsForgotten >= cleared)
}

it(
  'half a million messages with churn, large ones and cuts: all counted, none lost or out of turn, the log within its budget, memory flat',
  { timeout: 200_000 },
  async () => {
    const { port, sender, traffic } = await bench.soakBroker({ topics: 5_000, messagesABirth: 50 })
    const app = bench.driver({ logBudgetBytes: BUDGET_BYTES, forgetClearedTopics: true })
    const session = { cleanStart: false, connectOptions: { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 3_600 } }
    await app.online(connectionConfig(port, { ...session, mqttVersion: '5.0', subscriptions: [{ filter: '#', qos: 2 }] }))
    app.openTree({ rowCount: 40 })
    const statistics = app.openView({ kind: 'statistics' })

    let mostLogBytes = 0
    const bytesHeld: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      await sendAndCut(sender, round, () => (mostLogBytes = Math.max(mostLogBytes, statistics.frame?.logBytes ?? 0)))
      const told = await settled(sender, statistics)
      bytesHeld.push(await heldBytes())
      const { messages, bytes, topics, cleared } = sender.counts
      expect(told).toMatchObject({ messagesReceived: messages, bytesReceived: bytes, topicsKnown: topics, topicsForgotten: cleared, refusedMessages: 0 })
      if (round === FULL_ROUND) expect(told.evictedMessages).toBeGreaterThan(0)
    }
    expect(sender.counts).toMatchObject({ cuts: ROUNDS, connections: ROUNDS + 1 })
    expect(sender.counts.redelivered).toBeGreaterThan(0)
    expect(mostLogBytes).toBeLessThanOrEqual(BUDGET_BYTES)
    const growth = (bytesHeld.at(-1) ?? 0) - (bytesHeld[FULL_ROUND - 1] ?? 0)
    expect(growth, `bytes held after each round: ${bytesHeld.join(', ')}`).toBeLessThan(MOST_GROWTH_BYTES)

    for (const topic of traffic.topics) {
      const sent = countersOf(topic)
      const { messages, kept, counters } = await heldOf(app, topic.name, sent.length)
      expect([messages, kept], topic.name).toEqual([sent.length, counters.length])
      expect(counters, topic.name).toEqual(sent.slice(-Math.max(1, kept)))
    }

    // The network is quiet now: topics go all the same.
    const gone = Array.from({ length: 50 }, () => traffic.clear())
    for (const message of gone) sender.send(message)
    await settled(sender, statistics)
    for (const { topic } of gone) expect(await heldOf(app, topic.name, 0)).toEqual({ messages: 0, kept: 0, counters: [] })
    for (const { topic } of gone) sender.send(traffic.bringBack(topic.name))
    expect(await settled(sender, statistics)).toMatchObject({ topicsKnown: sender.counts.topics })
    for (const { topic } of gone) expect(await heldOf(app, topic.name, 1)).toEqual({ messages: 1, kept: 1, counters: [1] })
  },
)
