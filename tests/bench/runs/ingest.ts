import { atLeast, atMost, noTarget, type Figure } from '../report/figure'
import { ratios } from '../report/statistics'
import { TRANSPORT_NAMES, type Transport } from '../traffic/places'
import { mosquittoSubSpeed } from './mosquitto-sub'
import {
  blast,
  inTurn,
  messagesFor,
  perSecondOf,
  processorRatios,
  startBlaster,
  warmSpeed,
  withReceiver,
  type Blaster,
  type Effort,
  type Plan,
  type Programs,
  type Speed,
} from './receiving'

const TRAFFIC = { shape: 'fleet', topics: 10_000 } as const
const PACED_PER_SECOND = 100_000
const PACED_SECONDS = 5
/** Below this share of the pace it is another one; a busy machine is a little late. */
const KEPT_PACE = 0.9
/** So many that the history is full: what a pace costs then is what it costs from then on. */
const FILLING_MESSAGES = 2_000_000
const PACED_WARM_UP_SECONDS = 3

/** Which ways the messages come; the target of each is a ratio to raw MQTT.js on the same way. */
const WAYS: readonly { readonly transport: Transport; readonly mqttVersion: Plan['mqttVersion']; readonly target: number }[] = [
  { transport: 'tcp', mqttVersion: '3.1.1', target: 5 },
  { transport: 'tcp', mqttVersion: '5.0', target: 5 },
  { transport: 'tls', mqttVersion: '3.1.1', target: 3 },
  { transport: 'ws-batched', mqttVersion: '3.1.1', target: 3 },
  { transport: 'wss-batched', mqttVersion: '3.1.1', target: 3 },
  { transport: 'ws', mqttVersion: '3.1.1', target: 3 },
]

type Say = (line: string) => void

/** 10,000 topics: how fast, how much of the processor at a steady pace, how much memory a message. */
export async function benchIngest(effort: Effort, say: Say): Promise<Figure[]> {
  const blaster = startBlaster()
  try {
    const figures: Figure[] = []
    for (const way of WAYS) figures.push(...(await measureWay(blaster, way, effort, say)))
    figures.push(...(await measurePaced(blaster, effort, say)))
    return figures
  } finally {
    await blaster.stop()
  }
}

async function measureWay(blaster: Blaster, { transport, mqttVersion, target }: (typeof WAYS)[number], effort: Effort, say: Say): Promise<Figure[]> {
  const plan: Plan = { traffic: TRAFFIC, transport, mqttVersion }
  const group = `${TRANSPORT_NAMES[transport]}, MQTT ${mqttVersion}, 10,000 topics`
  const speeds = { reader: [] as Speed[], raw: [] as Speed[], engine: [] as Speed[] }
  const subSpeeds: number[] = []
  const memory = { logBytes: [] as number[], processBytes: [] as number[], lost: [] as number[] }
  const steps = {
    async reader() {
      // It looks at no packet, so one version is enough.
      if (mqttVersion !== '3.1.1') return
      speeds.reader.push(await withReceiver(blaster, 'reader-receiver', plan, (receiver) => warmSpeed(blaster, receiver, effort)))
    },
    async raw() {
      speeds.raw.push(await withReceiver(blaster, 'mqttjs-receiver', plan, (receiver) => warmSpeed(blaster, receiver, effort)))
    },
    async engine() {
      await withReceiver(blaster, 'engine-receiver', plan, async (receiver) => {
        const before = await receiver.call('residentBytes', undefined)
        speeds.engine.push(await warmSpeed(blaster, receiver, effort))
        const { messagesReceived, evictedMessages, refusedMessages, logBytes } = await receiver.call('statistics', undefined)
        const held = messagesReceived - evictedMessages
        memory.logBytes.push(logBytes / held)
        memory.processBytes.push(((await receiver.call('residentBytes', undefined)) - before) / held)
        // What did not arrive at all ends the run with an error.
        memory.lost.push(refusedMessages)
      })
    },
    async sub() {
      const speed = transport === 'tcp' ? await mosquittoSubSpeed(blaster, plan, effort) : null
      if (speed !== null) subSpeeds.push(speed)
    },
  }
  for (let round = 0; round < effort.rounds; round += 1) {
    say(`${group}: round ${round + 1} of ${effort.rounds}`)
    for (const name of inTurn(round, ['reader', 'raw', 'engine', 'sub'] as const)) await steps[name]()
  }
  const told = { group, unit: 'msg/s', ...noTarget } as const
  const isMain = transport === 'tcp' && mqttVersion === '3.1.1'
  return [
    ...(speeds.reader.length === 0 ? [] : [{ ...told, label: 'a socket that only reads', values: perSecondOf(speeds.reader) }]),
    { ...told, label: 'raw MQTT.js, empty handler', values: perSecondOf(speeds.raw), inReadme: isMain },
    ...(subSpeeds.length === 0 ? [] : [{ ...told, label: 'mosquitto_sub', values: subSpeeds, inReadme: isMain }]),
    { ...told, label: 'Pubscope: topics, history, statistics, views', values: perSecondOf(speeds.engine), inReadme: isMain },
    { ...told, label: 'Pubscope ÷ raw MQTT.js', unit: '×', values: ratios(perSecondOf(speeds.engine), perSecondOf(speeds.raw)), ...atLeast(target) },
    { ...told, label: 'the same by processor time', unit: '×', values: processorRatios(speeds.engine, speeds.raw) },
    ...(isMain
      ? [
          { ...told, label: 'history, a 110 B message', unit: 'B' as const, values: memory.logBytes, ...atMost(200) },
          { ...told, label: 'growth of the process, a held message', unit: 'B' as const, values: memory.processBytes },
        ]
      : []),
    { ...told, label: 'messages sent and not held or counted', unit: '', values: memory.lost, ...atMost(0), inReadme: isMain },
  ]
}

async function measurePaced(blaster: Blaster, effort: Effort, say: Say): Promise<Figure[]> {
  const plan: Plan = { traffic: TRAFFIC, transport: 'tcp', mqttVersion: '3.1.1' }
  const seconds = effort.quick ? 1 : PACED_SECONDS
  const share = (program: keyof Programs): Promise<number> =>
    withReceiver(blaster, program, plan, async (receiver) => {
      const pace = (forSeconds: number): Promise<number> =>
        blast(blaster, receiver, messagesFor(PACED_PER_SECOND * forSeconds), { perSecond: PACED_PER_SECOND })
      if (!effort.quick) await blast(blaster, receiver, FILLING_MESSAGES)
      await pace(PACED_WARM_UP_SECONDS)
      const before = await receiver.call('cpuMs', undefined)
      const speed = await pace(seconds)
      if (speed < PACED_PER_SECOND * KEPT_PACE) throw new Error(`${program} fell behind: ${Math.round(speed)} msg/s`)
      return (((await receiver.call('cpuMs', undefined)) - before) / (seconds * 1_000)) * 100
    })
  const raw: number[] = []
  const engine: number[] = []
  const steps = { raw: async () => raw.push(await share('mqttjs-receiver')), engine: async () => engine.push(await share('engine-receiver')) }
  for (let round = 0; round < effort.rounds; round += 1) {
    say(`Paced: round ${round + 1} of ${effort.rounds}`)
    for (const name of inTurn(round, ['raw', 'engine'] as const)) await steps[name]()
  }
  const told = { group: 'Processor at 100 k msg/s, TCP', unit: '%', ...noTarget } as const
  return [
    { ...told, label: 'raw MQTT.js, share of a core', values: raw },
    { ...told, label: 'Pubscope, share of a core', values: engine },
    { ...told, label: 'processor, Pubscope ÷ raw MQTT.js at 100 k msg/s', unit: '×', values: ratios(engine, raw), ...atMost(0.5) },
  ]
}
