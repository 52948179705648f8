import { spawn } from 'node:child_process'
import { machineMs } from '../processes/calls'
import { messagesFor, type Blaster, type Effort, type Plan } from './receiving'

const FIRST_MESSAGES = 100_000
const LIMIT_MS = 60_000

/** The speed of mosquitto_sub with the shortest format there is, or null where it is not installed. */
export async function mosquittoSubSpeed(blaster: Blaster, plan: Plan, effort: Effort): Promise<number | null> {
  const first = await receive(blaster, plan, FIRST_MESSAGES)
  return first === null ? null : receive(blaster, plan, effort.messages ?? messagesFor(first * effort.seconds))
}

/** It ends by itself, with 0, when it has counted them all: `-C`. */
async function receive(blaster: Blaster, plan: Plan, messages: number): Promise<number | null> {
  const { port } = await blaster.call('prepare', plan)
  const version = plan.mqttVersion === '5.0' ? 'mqttv5' : 'mqttv311'
  const args = ['-h', '127.0.0.1', '-p', String(port), '-V', version, '-t', '#', '-F', 'x', '-C', String(messages)]
  const child = spawn('mosquitto_sub', args, { stdio: 'ignore', timeout: LIMIT_MS, killSignal: 'SIGKILL' })
  const ended = new Promise<{ code: number | null; atMs: number } | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', (code) => resolve({ code, atMs: machineMs() }))
  })
  const client = await Promise.race([ended.then(() => null), blaster.call('subscribed', undefined)])
  if (client === null) return null
  const [startedAtMs, end] = await Promise.all([blaster.call('blast', { client, messages, perSecond: null, round: 0 }), ended])
  if (end?.code !== 0) throw new Error(`mosquitto_sub ended with ${end?.code}`)
  return (messages / (end.atMs - startedAtMs)) * 1_000
}
