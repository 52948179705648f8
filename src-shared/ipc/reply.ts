import { z } from '@shared/schema'
import { wireErrorSchema, type WireError } from './app-error'
import type { EventChannel, RequestChannel } from './contract'

/** What crosses back for a request. */
export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: wireErrorSchema }),
])
export type Reply = { ok: true; value: unknown } | { ok: false; error: WireError }

/** What the preload puts on `window.pubscope`: one function a channel, and nothing else. */
export interface PreloadApi {
  readonly requests: Readonly<Record<RequestChannel, (args: unknown) => Promise<unknown>>>
  readonly events: Readonly<Record<EventChannel, (listener: (payload: unknown) => void) => () => void>>
}
