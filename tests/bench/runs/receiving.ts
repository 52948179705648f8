import { startProgram, type Peer } from '../processes/calls'
import type { BlasterApi } from '../processes/blaster-api'
import type { EngineReceiverApi } from '../processes/engine-receiver-api'
import type { ReceiverApi } from '../processes/receiver-api'
import { ratios } from '../report/statistics'
import type { Traffic } from '../traffic/publish-stream'
import type { Transport } from '../traffic/places'

/** How much is measured. */
export interface Effort {
  readonly rounds: number
  /** How long a measurement should take. */
  readonly seconds: number
  /** Messages a measurement, instead. */
  readonly messages: number | null
  readonly quick: boolean
}

export interface Plan {
  readonly traffic: Traffic
  readonly transport: Transport
  readonly mqttVersion: '3.1.1' | '5.0'
}

export type Blaster = Peer<BlasterApi>

/** A program that receives, and what it can be asked for. */
export interface Programs {
  'reader-receiver': ReceiverApi
  'mqttjs-receiver': ReceiverApi
  'engine-receiver': EngineReceiverApi
}

const FIRST_MESSAGES = 100_000
const WARM_UP_SECONDS = 0.5
const MOST_MESSAGES = 60_000_000
/** So that cycles and frames come out even. */
const STEP = 10_000
const BLAST_LIMIT_MS = 120_000

export function startBlaster(): Blaster {
  return startProgram<BlasterApi>('blaster')
}

/** A receiver that has subscribed. */
export type Subscriber<Served extends ReceiverApi = ReceiverApi> = Pick<Peer<Served>, 'call'> & {
  /** Which client of the blaster it is. */
  readonly client: number
}

/** Starts a receiver, has it subscribed, and ends it after `use`. */
export async function withReceiver<Program extends keyof Programs, Result>(
  blaster: Blaster,
  program: Program,
  plan: Plan,
  use: (receiver: Subscriber<Programs[Program]>) => Promise<Result>,
): Promise<Result> {
  const place = await blaster.call('prepare', plan)
  const receiver = startProgram<Programs[Program]>(program)
  try {
    await receiver.call('connect', { place, mqttVersion: plan.mqttVersion })
    return await use({ call: receiver.call, client: await blaster.call('subscribed', undefined) })
  } finally {
    await receiver.stop()
  }
}

export interface BlastOptions {
  readonly perSecond?: number | null
  readonly round?: number
}

/** Sends so many messages and waits until all have arrived: messages a second, from the first byte sent to the last counted. */
export async function blast(
  blaster: Blaster,
  receiver: Subscriber,
  messages: number,
  { perSecond = null, round = 0 }: BlastOptions = {},
): Promise<number> {
  await receiver.call('expect', messages)
  const [startedAtMs, arrivedAtMs] = await Promise.all([
    blaster.call('blast', { client: receiver.client, messages, perSecond, round }, BLAST_LIMIT_MS),
    receiver.call('arrived', undefined, BLAST_LIMIT_MS),
  ])
  return (messages / (arrivedAtMs - startedAtMs)) * 1_000
}

export interface Speed {
  readonly perSecond: number
  /** Messages a second of processor time of all its threads: steadier than the clock on a machine that is busy with others. */
  readonly perProcessorSecond: number
}

export const perSecondOf = (speeds: readonly Speed[]): number[] => speeds.map(({ perSecond }) => perSecond)

/** Round by round, by processor time. */
export function processorRatios(speeds: readonly Speed[], references: readonly Speed[]): number[] {
  const of = (all: readonly Speed[]): number[] => all.map(({ perProcessorSecond }) => perProcessorSecond)
  return ratios(of(speeds), of(references))
}

/** The speed of a receiver once its code is warm. */
export async function warmSpeed(blaster: Blaster, receiver: Subscriber, effort: Effort): Promise<Speed> {
  const cold = await blast(blaster, receiver, FIRST_MESSAGES)
  const warm = await blast(blaster, receiver, messagesFor(cold * WARM_UP_SECONDS))
  return timedBlast(blaster, receiver, effort.messages ?? messagesFor(warm * effort.seconds))
}

/** As `blast`, with what it took of the processor. */
export async function timedBlast(blaster: Blaster, receiver: Subscriber, messages: number, options: BlastOptions = {}): Promise<Speed> {
  const cpuMsBefore = await receiver.call('cpuMs', undefined)
  const perSecond = await blast(blaster, receiver, messages, options)
  return { perSecond, perProcessorSecond: (messages / ((await receiver.call('cpuMs', undefined)) - cpuMsBefore)) * 1_000 }
}

/** A round number of messages near this one. */
export function messagesFor(messages: number): number {
  return Math.min(MOST_MESSAGES, Math.max(STEP, Math.round(messages / STEP) * STEP))
}

/** Two things, the one first in this round and the other in the next, so that a drift of the machine favours neither. */
export function inTurn<Step>(round: number, steps: readonly Step[]): readonly Step[] {
  return round % 2 === 0 ? steps : [...steps].reverse()
}
