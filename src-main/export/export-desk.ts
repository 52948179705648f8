import { toWireError } from '@shared/ipc/app-error'
import type { ExportFormat, ExportProgress } from '@shared/table/export'
import type { EngineApi, TableExportPiece } from '../engine/engine-api'
import { writeError } from '../files/write-error'
import type { ExportTarget } from './export-target'

/** How often the page hears of an export. */
const TELL_INTERVAL_MS = 150

/** A tab, as far as exports go. */
export interface ExportSource {
  call(method: 'beginExport', ...args: Parameters<EngineApi['beginExport']>): Promise<{ exportId: number; messages: number }>
  call(method: 'readExport', exportId: number): Promise<TableExportPiece>
  call(method: 'endExport', exportId: number): Promise<void>
}

/** An export that may begin: what the engine took note of. */
export interface BegunExport {
  readonly source: ExportSource
  readonly engineId: number
  readonly messages: number
  readonly format: ExportFormat
}

/** The exports under way: each reads a piece, writes it, and tells of it, until it is done or cancelled. */
export class ExportDesk {
  readonly #running = new Map<number, { readonly work: Promise<void>; readonly cancel: () => void }>()
  #nextId = 1

  constructor(private readonly tell: (progress: ExportProgress) => void) {}

  start(begun: BegunExport, target: ExportTarget): ExportProgress {
    const exportId = this.#nextId
    this.#nextId += 1
    const run = new ExportRun(exportId, begun, target, this.tell)
    const work = run.run().finally(() => this.#running.delete(exportId))
    this.#running.set(exportId, { work, cancel: () => (run.isCancelled = true) })
    return run.progress
  }

  /** One that has ended is nobody's fault. */
  cancel(exportId: number): void {
    this.#running.get(exportId)?.cancel()
  }

  /** Cancels all, and waits until what they wrote is gone. */
  async stop(): Promise<void> {
    for (const { cancel } of this.#running.values()) cancel()
    await Promise.all([...this.#running.values()].map(({ work }) => work))
  }
}

class ExportRun {
  isCancelled = false
  #messages = 0
  #gone = 0
  #state: ExportProgress['state'] = { kind: 'running' }
  #leftover: string | null = null

  constructor(
    private readonly exportId: number,
    private readonly begun: BegunExport,
    private readonly target: ExportTarget,
    private readonly tell: (progress: ExportProgress) => void,
  ) {}

  get progress(): ExportProgress {
    return {
      exportId: this.exportId,
      name: this.target.name,
      format: this.begun.format,
      messages: this.#messages,
      totalMessages: this.begun.messages,
      goneMessages: this.#gone,
      bytes: this.target.bytes,
      state: this.#state,
      leftover: this.#leftover,
    }
  }

  async run(): Promise<void> {
    try {
      this.#state = (await this.#writeAll()) ? { kind: 'done' } : { kind: 'cancelled' }
    } catch (error) {
      const { code, details } = toWireError(writeError(error, this.target.name))
      this.#state = { kind: 'failed', code, details }
    }
    if (this.#state.kind !== 'done') await this.target.abandon().catch(() => (this.#leftover = this.target.leftover))
    const { source, engineId } = this.begun
    await source.call('endExport', engineId).catch(() => undefined)
    this.tell(this.progress)
  }

  /** @returns false when it was cancelled */
  async #writeAll(): Promise<boolean> {
    const { source, engineId } = this.begun
    let toldAtMs = performance.now()
    for (let isLast = false; !isLast; ) {
      const piece = await source.call('readExport', engineId)
      if (this.isCancelled) return false
      await this.target.write(piece.messages)
      this.#messages += piece.messages.length
      this.#gone += piece.gone
      isLast = piece.isLast
      if (performance.now() < toldAtMs + TELL_INTERVAL_MS) continue
      toldAtMs = performance.now()
      this.tell(this.progress)
    }
    if (this.isCancelled) return false
    await this.target.finish()
    return true
  }
}
