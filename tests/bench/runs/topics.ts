import type { EngineReceiverApi } from '../processes/engine-receiver-api'
import { atLeast, atMost, noTarget, type Figure } from '../report/figure'
import { ratios } from '../report/statistics'
import { MOST_TOPICS, WIDE_PARENT } from '../traffic/topics'
import {
  blast,
  inTurn,
  messagesFor,
  perSecondOf,
  processorRatios,
  startBlaster,
  timedBlast,
  withReceiver,
  type Blaster,
  type Effort,
  type Plan,
  type Speed,
  type Subscriber,
} from './receiving'

const TOPICS = MOST_TOPICS
const FLEET: Plan = { traffic: { shape: 'fleet', topics: TOPICS }, transport: 'tcp', mqttVersion: '3.1.1' }
const WIDE: Plan = { traffic: { shape: 'wide', topics: TOPICS }, transport: 'tcp', mqttVersion: '3.1.1' }
const GROUP = '1,000,000 topics, TCP'
const MEGABYTE = 1024 * 1024
/** What is searched for, and how many topics have it. */
const SEARCHES = { few: { text: 'dev-0042', matches: 100 }, many: { text: 'pressure', matches: 100_000 } } as const

interface Speeds {
  readonly firstSight: Speed[]
  readonly known: Speed[]
  readonly knownInOrder: Speed[]
}

const noSpeeds = (): Speeds => ({ firstSight: [], known: [], knownInOrder: [] })

/** 1,000,000 topics: how fast they are seen first and again, what they cost, how fast they are searched and opened. */
export async function benchTopics(effort: Effort, say: (line: string) => void): Promise<Figure[]> {
  const blaster = startBlaster()
  const raw = noSpeeds()
  const engine = noSpeeds()
  const memory = { treeBytes: [] as number[], seenOnce: [] as number[], fullHistory: [] as number[], lost: [] as number[] }
  const waits = { few: [] as number[], many: [] as number[], open: [] as number[] }
  const steps = {
    raw: () => withReceiver(blaster, 'mqttjs-receiver', FLEET, (receiver) => measureSpeeds(blaster, receiver, effort, raw)),
    engine: () =>
      withReceiver(blaster, 'engine-receiver', FLEET, async (receiver) => {
        const before = await receiver.call('residentBytes', undefined)
        await measureSpeeds(blaster, receiver, effort, engine, async () => {
          const resident = await receiver.call('residentBytes', undefined)
          memory.treeBytes.push((resident - before - (await checkedLogBytes(receiver))) / TOPICS)
          memory.seenOnce.push(resident / MEGABYTE)
        })
        memory.fullHistory.push((await receiver.call('residentBytes', undefined)) / MEGABYTE)
        memory.lost.push((await receiver.call('statistics', undefined)).refusedMessages)
        for (const key of ['few', 'many'] as const) waits[key].push(await searchTime(receiver, SEARCHES[key]))
      }),
  }
  try {
    for (let round = 0; round < effort.rounds; round += 1) {
      say(`1,000,000 topics: round ${round + 1} of ${effort.rounds}`)
      for (const name of inTurn(round, ['raw', 'engine'] as const)) await steps[name]()
    }
    for (let round = 0; round < effort.rounds; round += 1) {
      say(`1,000,000 topics below one: round ${round + 1} of ${effort.rounds}`)
      waits.open.push(await withReceiver(blaster, 'engine-receiver', WIDE, (receiver) => openingTime(blaster, receiver)))
    }
  } finally {
    await blaster.stop()
  }
  return figuresOf(raw, engine, memory, waits)
}

function figuresOf(
  raw: Speeds,
  engine: Speeds,
  memory: Readonly<Record<'treeBytes' | 'seenOnce' | 'fullHistory' | 'lost', number[]>>,
  waits: Readonly<Record<'few' | 'many' | 'open', number[]>>,
): Figure[] {
  const told = { group: GROUP, ...noTarget } as const
  return [
    ...compared('first sight of 1 M topics', engine.firstSight, raw.firstSight, 1),
    ...compared('1 M known topics, shuffled', engine.known, raw.known, 2),
    ...compared('1 M known topics, in order of first sight', engine.knownInOrder, raw.knownInOrder, 2),
    { ...told, unit: 'B', label: 'tree, a topic, without its message (process less log)', values: memory.treeBytes, ...atMost(250) },
    { ...told, unit: 'MB', label: 'whole process, 1 M topics with their last values', values: memory.seenOnce, ...atMost(600) },
    { ...told, unit: 'MB', label: 'the same with the history full (256 MB)', values: memory.fullHistory },
    { ...told, unit: 'ms', label: 'search over 1 M topics, 100 matches', values: waits.few, ...atMost(50) },
    { ...told, unit: 'ms', label: 'search over 1 M topics, 100,000 matches', values: waits.many, ...atMost(50) },
    { ...told, unit: 'ms', label: 'opening a level with 1 M topics below', values: waits.open, ...atMost(500) },
    { ...told, unit: '', label: 'messages sent and not held or counted', values: memory.lost, ...atMost(0) },
  ]
}

function compared(what: string, engine: readonly Speed[], raw: readonly Speed[], target: number): Figure[] {
  const told = { group: GROUP, ...noTarget } as const
  return [
    { ...told, unit: 'msg/s', label: `${what}: raw MQTT.js`, values: perSecondOf(raw) },
    { ...told, unit: 'msg/s', label: `${what}: Pubscope`, values: perSecondOf(engine) },
    { ...told, unit: '×', label: `${what}: Pubscope ÷ raw MQTT.js`, values: ratios(perSecondOf(engine), perSecondOf(raw)), ...atLeast(target) },
    { ...told, unit: '×', label: 'the same by processor time', values: processorRatios(engine, raw) },
  ]
}

async function measureSpeeds(
  blaster: Blaster,
  receiver: Subscriber,
  effort: Effort,
  speeds: Speeds,
  seen: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const first = await timedBlast(blaster, receiver, TOPICS)
  await seen()
  // Topics come in the order of the round: this is another one than that of the first sight.
  const known = await blast(blaster, receiver, effort.messages ?? messagesFor(first.perSecond * effort.seconds), { round: 1 })
  const messages = effort.messages ?? messagesFor(known * effort.seconds)
  speeds.firstSight.push(first)
  speeds.known.push(await timedBlast(blaster, receiver, messages, { round: 1 }))
  speeds.knownInOrder.push(await timedBlast(blaster, receiver, messages, { round: 0 }))
}

async function checkedLogBytes(receiver: Subscriber<EngineReceiverApi>): Promise<number> {
  const { topicsKnown, logBytes } = await receiver.call('statistics', undefined)
  if (topicsKnown !== TOPICS) throw new Error(`${topicsKnown} topics known of ${TOPICS}`)
  return logBytes
}

async function searchTime(receiver: Subscriber<EngineReceiverApi>, { text, matches }: { text: string; matches: number }): Promise<number> {
  const found = await receiver.call('search', text)
  if (found.matches !== matches) throw new Error(`"${text}": ${found.matches} found of ${matches}`)
  return found.ms
}

async function openingTime(blaster: Blaster, receiver: Subscriber<EngineReceiverApi>): Promise<number> {
  await blast(blaster, receiver, TOPICS)
  return receiver.call('expand', { topic: WIDE_PARENT, rows: TOPICS })
}
