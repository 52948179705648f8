import type { Worker } from 'node:worker_threads'
import { AppError } from '@shared/ipc/app-error'
import type { EngineApi, EngineConfig, EngineEvent } from './engine-api'
import { OpenCalls } from '../threads/calls'
import type { EngineMethod, EnginePost } from './engine-port'
import createEngineWorker from './engine-worker?nodeWorker'

/** How long an engine may take to say goodbye; one that no longer answers is ended without. */
const GOODBYE_TIMEOUT_MS = 2_000

export interface EngineHandlers {
  event(event: EngineEvent): void
  /** The thread died; all its calls have failed with `engine-unavailable`. */
  crashed(detail: string): void
}

/** Starts an engine in a thread of its own and speaks to it. */
export class EngineClient {
  readonly #worker: Worker
  readonly #calls: OpenCalls

  constructor(config: EngineConfig, handlers: EngineHandlers) {
    this.#worker = createEngineWorker({ workerData: config })
    this.#calls = new OpenCalls((call) => this.#worker.postMessage(call), unavailable)
    this.#worker.on('message', (post: EnginePost) => {
      if (post.kind === 'event') handlers.event(post.event)
      else this.#calls.settle(post)
    })
    const die = (detail: string): void => {
      if (this.#calls.isDead) return
      this.#calls.fail()
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
    return this.#calls.call(method, args) as Promise<Awaited<ReturnType<EngineApi[Method]>>>
  }

  /** Takes leave of the broker and ends the thread. */
  async stop(): Promise<void> {
    if (this.#calls.isDead) return
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS)))
    await Promise.race([this.call('disconnect').catch(() => undefined), timeout])
    clearTimeout(timer)
    this.#calls.fail()
    await this.#worker.terminate()
  }
}

function unavailable(): AppError {
  return new AppError('engine-unavailable', 'The engine of this connection has stopped')
}
