import type { WireError } from '@shared/ipc/app-error'
import type { FormatChoice } from '@shared/payload/reading'
import type { Answer, Call } from '../threads/calls'
import type { EngineApi, EngineEvent } from './engine-api'

export type EngineMethod = keyof EngineApi

/** What came of a text that an engine wanted encoded. */
export type Encoding = { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly error: WireError }

/** What an engine's thread posts: the answer to a call, news, or a text to encode. */
export type EnginePost =
  | Answer
  | { kind: 'event'; event: EngineEvent }
  | { kind: 'encode'; encodeId: number; text: string; format: FormatChoice }

/** What is posted to an engine's thread. */
export type EngineMessage = Call | { readonly encodeId: number; readonly encoding: Encoding }
