import type { Worker } from 'node:worker_threads'
import { AppError } from '@shared/ipc/app-error'
import { defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'
import type { ProfileDraft } from '@shared/profile/profile'
import createDemoBrokerWorker from './demo-broker-worker?nodeWorker'
import type { DemoBrokerPost } from './demo-broker-worker'

/** Topics that are open when the demo starts, so that there is something to see. */
export const DEMO_EXPANDED_TOPICS = ['sensors', 'sensors/greenhouse-01', 'sensors/greenhouse-02', 'devices']

/** The broker of "Explore the demo broker": started when first asked for, ended with the app. */
export class DemoBroker {
  #worker: Worker | null = null
  #port: Promise<number> | null = null

  /** The port it listens on, on the loopback interface. @throws {AppError} `demo-broker-failed` */
  start(): Promise<number> {
    this.#port ??= new Promise((resolve, reject) => {
      const worker = createDemoBrokerWorker({})
      this.#worker = worker
      const fail = (detail: string): void => {
        if (this.#worker !== worker) return
        this.#worker = null
        this.#port = null
        void worker.terminate()
        reject(new AppError('demo-broker-failed', detail, { detail }))
      }
      worker.on('message', (post: DemoBrokerPost) => {
        if (post.kind === 'listening') resolve(post.port)
        else fail(post.detail)
      })
      worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)))
      worker.on('exit', (code) => fail(`exit code ${code}`))
    })
    return this.#port
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate()
  }
}

/** How to connect to it. Aedes speaks MQTT 3.1.1 only. */
export function demoDraft(port: number): ProfileDraft {
  return {
    ...defaultProfileDraft(generateClientId()),
    name: 'Demo broker',
    host: '127.0.0.1',
    port,
    mqttVersion: '3.1.1',
    subscriptions: [{ filter: '#', qos: 0 }],
  }
}
