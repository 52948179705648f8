import type { WireError } from '@shared/ipc/app-error'
import type { EngineApi, EngineEvent } from './engine-api'

export type EngineMethod = keyof EngineApi

/** What main posts to an engine's thread. */
export interface EngineCall {
  readonly callId: number
  readonly method: EngineMethod
  readonly args: readonly unknown[]
}

/** What an engine's thread posts back: the answer to a call, or news. */
export type EnginePost =
  | { kind: 'answer'; callId: number; value: unknown }
  | { kind: 'error'; callId: number; error: WireError }
  | { kind: 'event'; event: EngineEvent }
