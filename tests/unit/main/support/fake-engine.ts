import { AppError } from '@shared/ipc/app-error'
import type { EngineRunner, EngineListener, StartEngine } from '../../../../src-main/connections/open-connection'
import type { EngineApi, EngineConfig, EngineEvent } from '../../../../src-main/engine/engine-api'

type Method = keyof EngineApi

/** Runs no engine: notes the calls and answers with what the test laid ready. */
export class FakeEngine implements EngineRunner {
  readonly calls: [method: Method, ...args: unknown[]][] = []
  readonly answers = new Map<Method, unknown>()
  stopped = 0
  /** Answers nothing until released. */
  #gate: Promise<void> = Promise.resolve()
  #dead = false

  constructor(
    readonly config: EngineConfig,
    private readonly listener: EngineListener,
  ) {}

  call<M extends Method>(method: M, ...args: Parameters<EngineApi[M]>): Promise<Awaited<ReturnType<EngineApi[M]>>> {
    if (this.#dead) return Promise.reject(unavailable())
    this.calls.push([method, ...args])
    return this.#gate.then(() => {
      if (this.#dead) throw unavailable()
      const answer = this.answers.get(method)
      if (answer instanceof Error) throw answer
      return answer as Awaited<ReturnType<EngineApi[M]>>
    })
  }

  stop(): Promise<void> {
    this.stopped += 1
    this.#dead = true
    return Promise.resolve()
  }

  hold(): () => void {
    let release: () => void = () => undefined
    this.#gate = new Promise((resolve) => (release = resolve))
    return release
  }

  say(event: EngineEvent): void {
    this.listener.event(event)
  }

  crash(detail = 'heap out of memory'): void {
    this.#dead = true
    this.listener.crashed(detail)
  }

  /** The calls of one method, without its name. */
  callsOf(method: Method): unknown[][] {
    return this.calls.filter(([name]) => name === method).map(([, ...args]) => args)
  }
}

function unavailable(): AppError {
  return new AppError('engine-unavailable', 'stopped')
}

/** All engines that were started, oldest first. */
export class FakeEngines {
  readonly started: FakeEngine[] = []
  readonly start: StartEngine = (config, listener) => {
    const engine = new FakeEngine(config, listener)
    this.started.push(engine)
    return engine
  }

  get last(): FakeEngine {
    const last = this.started.at(-1)
    if (last === undefined) throw new Error('no engine was started')
    return last
  }
}
