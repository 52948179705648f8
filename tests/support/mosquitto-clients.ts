import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startChild } from './child'
import { waitUntil } from './wait-until'

export interface ClientOptions {
  port: number
  username?: string
  password?: string
  clientId?: string
  /** Default 5.0. */
  mqttVersion?: '5.0' | '3.1.1'
}

/** A message as another program received it. */
export interface ReceivedMessage {
  topic: string
  payload: Buffer
  qos: number
  retain: boolean
}

export interface SubscriberOptions extends ClientOptions {
  /** Topic filters. */
  topic: string | readonly string[]
  qos?: 0 | 1 | 2
  /** Further arguments of mosquitto_sub(1). */
  extraArgs?: readonly string[]
}

export interface Subscriber {
  /** All messages so far, in the order they came. */
  readonly received: readonly ReceivedMessage[]
  /** The first message the predicate holds for, whether it has come already or comes within the time. */
  waitFor(predicate: (message: ReceivedMessage) => boolean, timeoutMs?: number): Promise<ReceivedMessage>
  /** Resolves when at least this many messages have come. */
  waitForCount(count: number, timeoutMs?: number): Promise<readonly ReceivedMessage[]>
  stop(): Promise<void>
}

function clientArgs({ port, username, password, clientId, mqttVersion = '5.0' }: ClientOptions): string[] {
  return [
    ...['-h', '127.0.0.1', '-p', String(port), '-V', mqttVersion === '5.0' ? 'mqttv5' : 'mqttv311'],
    ...(username === undefined ? [] : ['-u', username]),
    ...(password === undefined ? [] : ['-P', password]),
    ...(clientId === undefined ? [] : ['-i', clientId]),
  ]
}

// NUL cannot be part of a topic, so it parts our records from the debug lines between them.
const RECORD_FORMAT = '\\0%q %r %x %t\\0'

const run = promisify(execFile)

/** The retained message of a topic as mosquitto_sub prints it in a format of `-F`. */
export async function mosquittoSubOnce({ topic, format, ...options }: ClientOptions & { topic: string; format: string }): Promise<string> {
  const { stdout } = await run('mosquitto_sub', [...clientArgs(options), '-C', '1', '-W', '20', '-t', topic, '-F', format])
  return stdout.replace(/\n$/, '')
}

/** mosquitto_sub 2.0.11 counts messages of QoS 2 in flight wrongly, and ends a fast stream of them as a protocol error, if it has a limit of 20. */
const ALL_AT_ONCE = ['-D', 'connect', 'receive-maximum', '65535']

/** Starts a mosquitto_sub, an independent witness of what a broker delivers; resolves once the broker has granted its filters. */
export async function mosquittoSub(options: SubscriberOptions): Promise<Subscriber> {
  const topics = typeof options.topic === 'string' ? [options.topic] : options.topic
  const child = await startChild('stdbuf', [
    ...['-oL', 'mosquitto_sub'], // which would else keep its output to itself until it has a few KiB
    ...clientArgs(options),
    ...['-q', String(options.qos ?? 0), '-F', RECORD_FORMAT, '-d'],
    ...(options.qos === 2 && options.mqttVersion !== '3.1.1' ? ALL_AT_ONCE : []),
    ...topics.flatMap((topic) => ['-t', topic]),
    ...(options.extraArgs ?? []),
  ])
  const received: ReceivedMessage[] = []
  let readBytes = 0

  /** Reads the records that are complete: those between an odd NUL and the even one after it. */
  function readRecords(): void {
    const output = child.stdout()
    for (;;) {
      const start = output.indexOf(0, readBytes)
      const end = start < 0 ? -1 : output.indexOf(0, start + 1)
      if (end < 0) return
      const record = output.toString('utf8', start + 1, end)
      readBytes = end + 1
      const [, qos = '', retain = '', payload = '', topic = ''] = /^(\d) (\d) ([0-9a-f]*) ([^]*)$/.exec(record) ?? []
      received.push({ topic, payload: Buffer.from(payload, 'hex'), qos: Number(qos), retain: retain === '1' })
    }
  }

  function describe(): string {
    const list = received.map(({ topic, payload }) => `${topic} (${payload.length} bytes)`).join(', ')
    return `${received.length} received: ${list.slice(0, 2_000)}\n${child.stderr()}`
  }

  function readOrFail(): void {
    readRecords()
    if (child.ending() !== null) {
      throw new Error(`mosquitto_sub ended (${child.ending()}): ${child.stderr()}\n${child.stdout().toString('latin1')}`)
    }
  }

  await waitUntil(
    () => {
      readOrFail()
      const answer = /^Subscribed \(mid: \d+\): (.*)$/m.exec(child.stdout().toString('latin1'))
      const refused = answer?.[1]?.split(', ').filter((code) => Number(code) >= 0x80) ?? []
      if (refused.length > 0) throw new Error(`mosquitto_sub was refused: ${answer?.[1]}`)
      return answer !== null
    },
    { timeoutMs: 10_000, what: () => `mosquitto_sub to be subscribed; it said:\n${child.stderr()}${child.stdout().toString('latin1')}` },
  )

  return {
    get received() {
      readRecords()
      return received
    },
    waitFor: (predicate, timeoutMs = 5_000) =>
      waitUntil(
        () => {
          readRecords()
          return received.find(predicate)
        },
        { timeoutMs, what: () => `a message; ${describe()}` },
      ),
    waitForCount: (count, timeoutMs = 5_000) =>
      waitUntil(
        () => {
          readRecords()
          return received.length >= count && received
        },
        { timeoutMs, what: () => `${count} messages; ${describe()}` },
      ),
    stop: () => child.kill('SIGKILL'),
  }
}

export interface PublishOptions extends ClientOptions {
  topic: string
  /** Default: empty, which clears a retained message. */
  payload?: Uint8Array | string
  qos?: 0 | 1 | 2
  retain?: boolean
  /** Further arguments of mosquitto_pub(1), e.g. `['-D', 'publish', 'content-type', 'text/plain']`. */
  extraArgs?: readonly string[]
}

/** Publishes one message with mosquitto_pub, byte for byte; resolves when the broker has it (QoS 0: when it is written). */
export async function mosquittoPub(options: PublishOptions): Promise<void> {
  const { topic, payload = '', qos = 0, retain = false, extraArgs = [] } = options
  const child = await startChild('mosquitto_pub', [
    ...clientArgs(options),
    ...['-t', topic, '-q', String(qos), payload.length === 0 ? '-n' : '-s'],
    ...(retain ? ['-r'] : []),
    ...extraArgs,
  ])
  child.stdin.end(payload)
  const ending = await child.ended
  if (ending !== 0) throw new Error(`mosquitto_pub ended (${ending}): ${child.stderr()}`)
}
