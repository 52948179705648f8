import { AUTOMATIC, type Reading } from '@shared/payload/reading'
import type { EngineApi, ReadMessage } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'
import type { ChosenReading, MessagePayload, PayloadApi } from './payload-api'

/** A tab, as far as its messages go. */
export interface MessageSource {
  call(method: 'readMessage', ...args: Parameters<EngineApi['readMessage']>): Promise<ReadMessage>
}

/** The payload thread. */
export interface PayloadThread {
  call<Method extends keyof PayloadApi>(method: Method, ...args: Parameters<PayloadApi[Method]>): Promise<Awaited<ReturnType<PayloadApi[Method]>>>
}

/** Payloads up to this size are read whole, however little of them is shown: most formats make no sense in part. */
const WHOLE_BYTES = 4 * 1_024 * 1_024

/** `sourceOf` throws `connection-not-found`. */
export function payloadHandlers(
  sourceOf: (connectionId: string) => MessageSource,
  thread: PayloadThread,
): Pick<Handlers, 'messages.render' | 'payloads.encode'> {
  return {
    'messages.render': async ({ connectionId, sequence, reading, maxBytes }) => {
      const { message, ...facts } = await sourceOf(connectionId).call('readMessage', sequence, Math.max(maxBytes, WHOLE_BYTES))
      const { topic, ...ofPayload } = message
      const payload = await thread.call('render', { topic, ...ofPayload }, chosenFor(reading), maxBytes)
      return { topic, ...facts, payload }
    },
    'payloads.encode': ({ text, format }) => thread.call('encode', text, format),
  }
}

function chosenFor(reading: Reading | null): ChosenReading {
  return reading === null ? { reading: AUTOMATIC, by: null } : { reading, by: 'hand' }
}

/** All bytes of a message, and how to read them. */
export function readingFor(
  sourceOf: (connectionId: string) => MessageSource,
): (connectionId: string, sequence: number, reading: Reading | null) => Promise<{ message: MessagePayload; chosen: ChosenReading }> {
  return async (connectionId, sequence, reading) => {
    const { message } = await sourceOf(connectionId).call('readMessage', sequence, Number.MAX_SAFE_INTEGER)
    return { message, chosen: chosenFor(reading) }
  }
}
