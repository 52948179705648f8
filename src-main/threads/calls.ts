import { AppError, toWireError, type WireError } from '@shared/ipc/app-error'

/** A call of a method in another thread. */
export interface Call {
  readonly callId: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** What came of a call. */
export type Answer =
  | { kind: 'answer'; callId: number; value: unknown }
  | { kind: 'error'; callId: number; error: WireError }

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** The calls to one thread that have no answer yet. */
export class OpenCalls {
  readonly #waiting = new Map<number, Waiting>()
  #nextCallId = 1
  #isDead = false

  /** `post` hands a call to the thread; `unavailable` makes the error of calls that will have no answer. */
  constructor(
    private readonly post: (call: Call) => void,
    private readonly unavailable: () => AppError,
  ) {}

  /** Whether the thread will answer no more. */
  get isDead(): boolean {
    return this.#isDead
  }

  /** Rejects with what the method threw, as an {@link AppError}. */
  call(method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isDead) {
        reject(this.unavailable())
        return
      }
      const callId = this.#nextCallId
      this.#nextCallId += 1
      this.#waiting.set(callId, { resolve, reject })
      this.post({ callId, method, args })
    })
  }

  settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.callId)
    this.#waiting.delete(answer.callId)
    if (answer.kind === 'answer') waiting?.resolve(answer.value)
    else waiting?.reject(AppError.from(answer.error))
  }

  /** There will be no more answers. */
  fail(): void {
    this.#isDead = true
    for (const waiting of this.#waiting.values()) waiting.reject(this.unavailable())
    this.#waiting.clear()
  }
}

/** Makes a call in the thread it was posted to. */
export function answerCall(target: object, { callId, method, args }: Call, post: (answer: Answer) => void): void {
  const fail = (error: unknown): void => post({ kind: 'error', callId, error: toWireError(error) })
  try {
    const call = Reflect.get(target, method) as (...args: readonly unknown[]) => unknown
    const value = call.apply(target, [...args])
    if (value instanceof Promise) value.then((resolved: unknown) => post({ kind: 'answer', callId, value: resolved }), fail)
    // Answered in the same turn: news that the call causes comes after its answer.
    else post({ kind: 'answer', callId, value })
  } catch (error) {
    fail(error)
  }
}
