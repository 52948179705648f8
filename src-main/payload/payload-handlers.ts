import type { EngineApi, ReadMessage } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'
import { chooseReading, type BirthSource, type PayloadLore } from './chosen-reading'
import type { PayloadApi } from './payload-api'

/** A tab, as far as its messages go. */
export interface MessageSource extends BirthSource {
  call(method: 'readNearest', ...args: Parameters<EngineApi['readNearest']>): Promise<Uint8Array | null>
  call(method: 'readMessage', ...args: Parameters<EngineApi['readMessage']>): Promise<ReadMessage>
}

/** The payload thread. */
export interface PayloadThread {
  call<Method extends keyof PayloadApi>(method: Method, ...args: Parameters<PayloadApi[Method]>): Promise<Awaited<ReturnType<PayloadApi[Method]>>>
}

/** Payloads up to this size are read whole, however little of them is shown: most formats make no sense in part. */
const WHOLE_BYTES = 4 * 1_024 * 1_024

/** `sourceOf` and `loreOf` throw `connection-not-found`. */
export function payloadHandlers(
  sourceOf: (connectionId: string) => MessageSource,
  loreOf: (connectionId: string) => PayloadLore,
  thread: PayloadThread,
): Pick<Handlers, 'messages.render' | 'payloads.encode' | 'payloads.find-editable'> {
  return {
    'messages.render': async ({ connectionId, sequence, reading, maxBytes }) => {
      const source = sourceOf(connectionId)
      const { message, ...facts } = await source.call('readMessage', sequence, Math.max(maxBytes, WHOLE_BYTES))
      const { topic, ...ofPayload } = message
      const chosen = await chooseReading({ topic, sequence }, reading, loreOf(connectionId), source)
      const payload = await thread.call('render', { topic, ...ofPayload }, chosen, maxBytes)
      return { topic, ...facts, payload }
    },
    'payloads.find-editable': async ({ connectionId, reading, sequence, ...ofPayload }) => {
      const place = { topic: ofPayload.topic, sequence: sequence ?? Number.MAX_SAFE_INTEGER }
      const chosen = await chooseReading(place, reading, loreOf(connectionId), sourceOf(connectionId))
      return thread.call('findEditable', { ...ofPayload, totalBytes: ofPayload.payload.byteLength }, chosen)
    },
    'payloads.encode': ({ connectionId, text, format }) => thread.call('encode', text, format, loreOf(connectionId).schemasFor(format)),
  }
}
