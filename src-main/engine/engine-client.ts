import type { Worker } from 'node:worker_threads'
import { AppError, toWireError } from '@shared/ipc/app-error'
import type { EngineApi, EngineConfig, EngineEvent } from './engine-api'
import { OpenCalls } from '../threads/calls'
import type { EncodeText } from './runs/run-order'
import type { EngineMessage, EngineMethod, EnginePost, Encoding } from './engine-port'
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

  /** `encode`: what the engine asks for where a text is to be encoded. */
  constructor(config: EngineConfig, handlers: EngineHandlers, encode: EncodeText) {
    this.#worker = createEngineWorker({ workerData: config })
    const tell = (message: EngineMessage): void => this.#worker.postMessage(message)
    this.#calls = new OpenCalls(tell, unavailable)
    this.#worker.on('message', (post: EnginePost) => {
      if (post.kind === 'event') handlers.event(post.event)
      else if (post.kind === 'encode') void encodingOf(() => encode(post.text, post.format)).then((encoding) => tell({ encodeId: post.encodeId, encoding }))
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

async function encodingOf(encode: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Encoding> {
  try {
    return { ok: true, bytes: await encode() }
  } catch (error) {
    return { ok: false, error: toWireError(error) }
  }
}

function unavailable(): AppError {
  return new AppError('engine-unavailable', 'The engine of this connection has stopped')
}
