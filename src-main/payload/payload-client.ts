import type { Worker } from 'node:worker_threads'
import { AppError } from '@shared/ipc/app-error'
import { OpenCalls, type Answer, type Call } from '../threads/calls'
import type { PayloadApi } from './payload-api'
import createPayloadWorker from './payload-worker?nodeWorker'

/** Longer than any honest payload takes; what takes longer is ended, thread and all. */
const LIMIT_MS = 5_000

/** Without it, a stranger's expression would take the memory of the whole app down with it: V8 ends a thread that needs more. */
const MOST_HEAP_MEGABYTES = 1_024

interface Queued {
  readonly method: string
  readonly args: readonly unknown[]
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Thread {
  readonly worker: Worker
  readonly calls: OpenCalls
}

/**
 * The payload thread as main sees it: one call at a time, in order. A call that takes too long, or that the thread dies of,
 * fails alone: a new thread goes on with the next one.
 */
export class PayloadClient {
  readonly #queue: Queued[] = []
  #thread: Thread | null = null
  #isBusy = false

  constructor(private readonly limitMs = LIMIT_MS) {}

  /** @throws {AppError} what the method threw, or `payload-took-too-long`, `payload-unreadable` */
  call<Method extends keyof PayloadApi>(
    method: Method,
    ...args: Parameters<PayloadApi[Method]>
  ): Promise<Awaited<ReturnType<PayloadApi[Method]>>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ method, args, resolve: (value) => resolve(value as Awaited<ReturnType<PayloadApi[Method]>>), reject })
      void this.#goOn()
    })
  }

  async stop(): Promise<void> {
    for (const { reject } of this.#queue.splice(0)) reject(died())
    await this.#end()
  }

  async #goOn(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) await this.#make(next)
    this.#isBusy = false
  }

  async #make({ method, args, resolve, reject }: Queued): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<never>((_resolve, fail) => {
      timer = setTimeout(() => fail(new AppError('payload-took-too-long', 'Reading the payload took too long')), this.limitMs)
    })
    try {
      const { calls } = (this.#thread ??= this.#start())
      resolve(await Promise.race([calls.call(method, args), tooLong]))
    } catch (error) {
      // What runs in the engine's own code ends only when it is through: nobody waits for that.
      if (error instanceof AppError && error.code === 'payload-took-too-long') void this.#end()
      reject(error)
    } finally {
      clearTimeout(timer)
    }
  }

  #start(): Thread {
    const worker = createPayloadWorker({ resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MEGABYTES } })
    const calls = new OpenCalls((call: Call) => worker.postMessage(call), died)
    const die = (): void => {
      calls.fail()
      if (this.#thread?.worker === worker) this.#thread = null
    }
    worker.on('message', (answer: Answer) => calls.settle(answer))
    worker.on('error', die)
    worker.on('exit', die)
    return { worker, calls }
  }

  async #end(): Promise<void> {
    const thread = this.#thread
    this.#thread = null
    thread?.calls.fail()
    await thread?.worker.terminate()
  }
}

function died(): AppError {
  return new AppError('payload-unreadable', 'The thread that reads payloads stopped')
}
