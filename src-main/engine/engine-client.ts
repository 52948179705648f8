import type { Worker } from 'node:worker_threads'
import { AppError } from '@shared/ipc/app-error'
import type { EngineApi, EngineConfig, EngineEvent } from './engine-api'
import type { EngineCall, EngineMethod, EnginePost } from './engine-port'
import createEngineWorker from './engine-worker?nodeWorker'

/** How long an engine may take to say goodbye; one that no longer answers is ended without. */
const GOODBYE_TIMEOUT_MS = 2_000

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

export interface EngineHandlers {
  event(event: EngineEvent): void
  /** The thread died; all its calls have failed with `engine-unavailable`. */
  crashed(detail: string): void
}

/** Starts an engine in a thread of its own and speaks to it. */
export class EngineClient {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #nextCallId = 1
  #dead = false

  constructor(config: EngineConfig, handlers: EngineHandlers) {
    this.#worker = createEngineWorker({ workerData: config })
    this.#worker.on('message', (post: EnginePost) => {
      if (post.kind === 'event') handlers.event(post.event)
      else this.#settle(post)
    })
    const die = (detail: string): void => {
      if (this.#dead) return
      this.#fail()
      handlers.crashed(detail)
    }
    this.#worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)))
    this.#worker.on('exit', (code) => die(`exit code ${code}`))
  }

  /** Calls a method of the engine. @throws {AppError} what the engine threw, or `engine-unavailable`. */
  call<Method extends EngineMethod>(
    method: Method,
    ...args: Parameters<EngineApi[Method]>
  ): Promise<Awaited<ReturnType<EngineApi[Method]>>> {
    return new Promise((resolve, reject) => {
      if (this.#dead) {
        reject(unavailable())
        return
      }
      const call: EngineCall = { callId: this.#nextCallId, method, args }
      this.#nextCallId += 1
      this.#waiting.set(call.callId, { resolve: (value) => resolve(value as Awaited<ReturnType<EngineApi[Method]>>), reject })
      this.#worker.postMessage(call)
    })
  }

  /** Takes leave of the broker and ends the thread. */
  async stop(): Promise<void> {
    if (this.#dead) return
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS)))
    await Promise.race([this.call('disconnect').catch(() => undefined), timeout])
    clearTimeout(timer)
    this.#fail()
    await this.#worker.terminate()
  }

  #settle(post: Exclude<EnginePost, { kind: 'event' }>): void {
    const waiting = this.#waiting.get(post.callId)
    this.#waiting.delete(post.callId)
    if (post.kind === 'answer') waiting?.resolve(post.value)
    else waiting?.reject(AppError.from(post.error))
  }

  #fail(): void {
    this.#dead = true
    for (const waiting of this.#waiting.values()) waiting.reject(unavailable())
    this.#waiting.clear()
  }
}

function unavailable(): AppError {
  return new AppError('engine-unavailable', 'The engine of this connection has stopped')
}
