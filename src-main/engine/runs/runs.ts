import type { RunAction, RunProgress } from '@shared/collections/run'
import { AppError } from '@shared/ipc/app-error'
import type { PublishReceipt, PublishState } from '@shared/message/publish'
import { Run, type Outlet } from './run'
import type { EncodeText, RunOrder } from './run-order'

/** Most runs under way, and most that have ended and can still be read. */
const MOST_RUNNING = 20
const MOST_ENDED = 20

/** What the runs of a connection have in common. */
export interface RunOutlet extends Pick<Outlet, 'shortage'> {
  /** `origin` names the run. */
  publish(message: Parameters<Outlet['publish']>[0], origin: string): PublishReceipt | null
}

/** The runs of a connection, newest first. */
export class Runs {
  readonly #runs = new Map<number, Run>()
  readonly #owners = new Map<number, Run>()
  #nextId = 1

  constructor(
    private readonly outlet: RunOutlet,
    private readonly encode: EncodeText,
  ) {}

  /** @throws {AppError} `too-many` */
  start(order: RunOrder): number {
    const all = [...this.#runs]
    if (all.filter(([, run]) => !run.isOver).length >= MOST_RUNNING) throw new AppError('too-many', 'too many runs', { limit: MOST_RUNNING })
    const ended = all.filter(([, run]) => run.isOver)
    for (const [runId] of ended.slice(0, Math.max(0, ended.length + 1 - MOST_ENDED))) this.#runs.delete(runId)
    const runId = this.#nextId
    this.#nextId += 1
    const outlet: Outlet = {
      shortage: () => this.outlet.shortage(),
      publish: (message) => {
        const receipt = this.outlet.publish(message, order.name)
        if (receipt !== null) this.#owners.set(receipt.publishId, run)
        return receipt
      },
    }
    const run: Run = new Run(runId, order, outlet, this.encode)
    this.#runs.set(runId, run)
    run.goOn()
    return runId
  }

  /** Does nothing to a run that is gone. */
  control(runId: number, action: RunAction): void {
    const run = this.#runs.get(runId)
    switch (action) {
      case 'pause':
        return run?.pause()
      case 'resume':
        return run?.resume()
      case 'stop':
        return run?.stop()
      case 'dismiss':
        if (run?.isOver === true) this.#runs.delete(runId)
    }
  }

  /** What became of a publish; whether it is one of a run. */
  updated(publishId: number, state: PublishState): boolean {
    const run = this.#owners.get(publishId)
    run?.updated(publishId, state)
    return run !== undefined
  }

  /** The publish has come to its end, whatever that was. */
  forget(publishId: number): void {
    this.#owners.delete(publishId)
  }

  /** There may be room for more. */
  goOn(): void {
    for (const run of this.#runs.values()) run.goOn()
  }

  /** All end, with the connection. */
  disconnected(): void {
    for (const run of this.#runs.values()) run.disconnected()
  }

  get isRunning(): boolean {
    return [...this.#runs.values()].some((run) => !run.isOver)
  }

  list(): RunProgress[] {
    return [...this.#runs.values()].reverse().map((run) => run.progress())
  }
}
