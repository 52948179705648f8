import { Socket } from 'node:net'
import { connectAsync, type IClientPublishOptions } from 'mqtt'
import type { RetainedOrder, RetainedTask } from '@shared/retained/retained'
import type { RetainedFrame } from '@shared/views/view-frame'
import type { DrivenView, EngineDriver } from './engine-driver'
import { waitUntil } from './wait-until'

export const BY_TOPIC: RetainedOrder = { text: '', sort: 'topic', descending: false }

/** So many at a time: Mosquitto loses messages of QoS 2 beyond 20 in flight. */
const AT_A_TIME = 20

/** A message to be retained. */
export interface Seed extends IClientPublishOptions {
  readonly topic: string
  readonly payload: string | Buffer
}

/** Has a broker retain messages. */
export async function retain(port: number, seeds: readonly Seed[]): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 })
  const { stream } = client
  if (stream instanceof Socket) stream.setNoDelay(true)
  for (let at = 0; at < seeds.length; at += AT_A_TIME) {
    const some = seeds.slice(at, at + AT_A_TIME)
    await Promise.all(some.map(({ topic, payload, ...options }) => client.publishAsync(topic, payload, { qos: 1, ...options, retain: true })))
  }
  await client.endAsync()
}

/** The retained messages of an engine's broker, as the page would see and use them. */
export class RetainedDriver {
  readonly view: DrivenView<'retained'>

  constructor(private readonly app: EngineDriver) {
    this.view = app.openView({ kind: 'retained', firstRow: 0, rowCount: 500, order: BY_TOPIC })
  }

  /** Asks and waits for the end of it. */
  async ask(...filters: string[]): Promise<RetainedFrame> {
    this.app.engine.askRetained(filters)
    return this.settled()
  }

  settled(): Promise<RetainedFrame> {
    return this.waitFor('the end of what is done', ({ task }) => task === null)
  }

  /** In frames that were made after this is called. */
  async waitFor(what: string, predicate: (frame: RetainedFrame) => boolean): Promise<RetainedFrame> {
    const { frames } = this.view
    this.view.update({ kind: 'retained', firstRow: 0, rowCount: 500, order: BY_TOPIC })
    return waitUntil(() => this.view.frames > frames && this.view.frame !== null && predicate(this.view.frame) && this.view.frame, {
      timeoutMs: 45_000,
      what: () => `${what}; last frame: ${JSON.stringify({ ...this.view.frame, rows: [] })}`,
    })
  }

  waitForTask(kind: RetainedTask['kind'], done = 0): Promise<RetainedFrame> {
    return this.waitFor(`${kind}, ${done} done`, ({ task }) => task?.kind === kind && task.done >= done)
  }
}
