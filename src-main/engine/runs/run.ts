import { hasEnded, type RunFault, type RunProgress, type RunState } from '@shared/collections/run'
import { isFailed, isSettled } from '@shared/collections/send-log'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import { IntervalGrid } from './interval-grid'
import { MessageMaker } from './message-maker'
import type { EncodeText, RunOrder } from './run-order'
import { FIRST_STEP, isRoundStart, stepAfter, totalOf, type RunSize, type Step } from './run-steps'

/** How long a run without pauses may hold up everything else. */
const SLICE_MS = 5
/** Most sends of a run that the network or the broker has yet to confirm. */
const MOST_UNSETTLED = 500
/** A shorter wait for acknowledgements is how QoS 1 and 2 go, and no news. */
const WAIT_WORTH_TELLING_MS = 250
/** When an outbox that is full of bytes is asked again. */
const ASK_AGAIN_MS = 100

/** Where a run's messages go. */
export interface Outlet {
  /** What stands in the way of sending now; null: nothing. */
  shortage(): 'broker' | 'outbox' | null
  /** Null where the outbox takes no more for now. */
  publish(message: Publish): PublishReceipt | null
}

/**
 * Messages sent one after another, by the clock:
 *
 *     running ⇄ waiting (the broker or the outbox takes no more)
 *        ⇅ paused
 *        └──▶ finished (all sent and settled) · stopped · disconnected · failed (a message could not be made)
 */
export class Run {
  readonly #size: RunSize
  readonly #maker: MessageMaker
  readonly #grid: IntervalGrid | null
  readonly #startedAtMs = Date.now()
  readonly #unsettled = new Set<number>()
  #endedAtMs: number | null = null
  #state: RunState = { kind: 'running' }
  #waitingSinceMs = 0
  /** Null when all is sent. */
  #next: Step | null = FIRST_STEP
  #dueMs: number
  #timer: NodeJS.Timeout | null = null
  #slice: NodeJS.Immediate | null = null
  #isSending = false
  #sent = 0
  #confirmed = 0
  #failed = 0
  #round = 0

  constructor(
    private readonly runId: number,
    private readonly order: RunOrder,
    private readonly outlet: Outlet,
    encode: EncodeText,
  ) {
    const { messages, rows, options } = order
    this.#size = { messages: messages.length, rows: rows?.rows.length ?? 1, rounds: options.rounds }
    this.#maker = new MessageMaker(order, encode)
    this.#dueMs = performance.now()
    this.#grid = options.intervalMs === null ? null : new IntervalGrid(options.intervalMs, this.#dueMs)
  }

  get isOver(): boolean {
    return hasEnded(this.#state)
  }

  /** Goes on where it is; to be called whenever something changed that it may have waited for. */
  goOn(): void {
    if (this.isOver || this.#state.kind === 'paused' || this.#isSending || this.#slice !== null) return
    if (this.#next === null) return this.#finishWhenSettled()
    const waitMs = this.#dueMs - performance.now()
    if (waitMs > 0) this.#timer ??= setTimeout(() => this.#wake(), waitMs)
    else void this.#sendSlice()
  }

  pause(): void {
    if (this.isOver) return
    this.#state = { kind: 'paused' }
    this.#rest()
  }

  resume(): void {
    if (this.#state.kind !== 'paused') return
    this.#state = { kind: 'running' }
    this.#grid?.restart(performance.now())
    if (this.#grid !== null && this.#next !== null && isRoundStart(this.#next)) this.#dueMs = this.#grid.dueMs
    this.goOn()
  }

  stop(): void {
    this.#end({ kind: 'stopped' })
  }

  disconnected(): void {
    this.#end({ kind: 'disconnected' })
  }

  /** What became of one of its messages. */
  updated(publishId: number, state: PublishState): void {
    if (!isSettled(state) || !this.#unsettled.delete(publishId)) return
    this.#count(state)
    this.goOn()
  }

  progress(): RunProgress {
    const { order, runId } = this
    return {
      runId,
      name: order.name,
      state: this.#shownState(),
      sent: this.#sent,
      total: totalOf(this.#size),
      confirmed: this.#confirmed,
      failed: this.#failed,
      round: this.#round,
      intervalMs: order.options.intervalMs,
      rows: order.rows?.rows.length ?? null,
      missedTicks: this.#grid?.missed ?? 0,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
    }
  }

  #shownState(): RunState {
    const isShort = this.#state.kind === 'waiting' && performance.now() - this.#waitingSinceMs < WAIT_WORTH_TELLING_MS
    return isShort ? { kind: 'running' } : this.#state
  }

  #wake(): void {
    this.#timer = null
    this.goOn()
  }

  /** Sends all that is due, for a moment. */
  async #sendSlice(): Promise<void> {
    this.#isSending = true
    const untilMs = performance.now() + SLICE_MS
    let hasMore = true
    while (hasMore && performance.now() < untilMs) hasMore = await this.#sendOne()
    this.#isSending = false
    if (hasMore) {
      // Everything else has its turn first.
      this.#slice = setImmediate(() => {
        this.#slice = null
        this.goOn()
      })
    } else if (this.#timer === null && (this.#state.kind !== 'waiting' || this.#shortage() === null)) this.goOn()
  }

  /** Whether the one after it is due too. */
  async #sendOne(): Promise<boolean> {
    const step = this.#next
    if (step === null || this.isOver || this.#state.kind === 'paused') return false
    const shortage = this.#shortage()
    if (shortage !== null) {
      this.#wait(shortage)
      return false
    }
    this.#state = { kind: 'running' }
    const made = await this.#maker.make(step)
    // It may have been paused or stopped meanwhile.
    if (this.#isInterrupted()) return false
    if (!made.ok) {
      this.#fail(step, made.fault)
      return false
    }
    const receipt = this.outlet.publish(made.message)
    if (receipt === null) {
      this.#wait('outbox')
      this.#timer ??= setTimeout(() => this.#wake(), ASK_AGAIN_MS)
      return false
    }
    if (isRoundStart(step)) {
      this.#grid?.begin(performance.now())
      this.#round += 1
    }
    this.#take(receipt)
    made.keep()
    this.#next = stepAfter(step, this.#size)
    this.#dueMs = this.#dueAfter(step)
    return this.#next !== null && this.#dueMs <= performance.now()
  }

  #shortage(): 'broker' | 'outbox' | null {
    return this.#unsettled.size >= MOST_UNSETTLED ? 'broker' : this.outlet.shortage()
  }

  #isInterrupted(): boolean {
    return this.#state.kind !== 'running'
  }

  #dueAfter({ message }: Step): number {
    const { messages, options } = this.order
    const pauseMs = messages[message]?.pauseMs ?? options.pauseMs
    if (this.#next === null || !isRoundStart(this.#next)) return performance.now() + pauseMs
    return this.#grid?.dueMs ?? performance.now() + Math.max(pauseMs, options.roundPauseMs)
  }

  #take({ publishId, state }: PublishReceipt): void {
    this.#sent += 1
    if (isSettled(state)) this.#count(state)
    else this.#unsettled.add(publishId)
  }

  #count(state: PublishState): void {
    if (isFailed(state)) this.#failed += 1
    else this.#confirmed += 1
  }

  #wait(shortage: 'broker' | 'outbox'): void {
    if (this.#state.kind !== 'waiting') this.#waitingSinceMs = performance.now()
    this.#state = { kind: 'waiting', for: shortage }
  }

  #finishWhenSettled(): void {
    if (this.#unsettled.size === 0) this.#end({ kind: 'finished' })
    else this.#wait('broker')
  }

  #fail({ message, row }: Step, fault: RunFault): void {
    const { messages, rows } = this.order
    this.#end({ kind: 'failed', message: messages[message]?.name ?? '', row: rows === null ? null : row + 1, fault })
  }

  #end(state: RunState): void {
    if (this.isOver) return
    this.#state = state
    this.#endedAtMs = Date.now()
    this.#rest()
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#slice !== null) clearImmediate(this.#slice)
    this.#timer = null
    this.#slice = null
  }
}
