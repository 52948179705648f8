import type { Compared, ComparedPayloads } from '@shared/payload/comparison'
import type { Reading } from '@shared/payload/reading'
import type { EngineApi } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'
import { chooseReading, type PayloadLore } from './chosen-reading'
import type { ComparedInput } from './payload-api'
import type { PayloadThread } from './payload-handlers'

type ComparedMethod = 'readMessage' | 'readNearest' | 'sequenceBefore' | 'lastSequence'

/** A tab, as far as its messages can be compared. */
export interface ComparedSource {
  call<Method extends ComparedMethod>(method: Method, ...args: Parameters<EngineApi[Method]>): Promise<ReturnType<EngineApi[Method]>>
}

/** One side, found: what is compared, and the message it is. */
interface Side {
  readonly input: ComparedInput
  readonly message: ComparedPayloads['before']
}

/** Parameters as those of `payloadHandlers`. */
export function compareHandlers(
  sourceOf: (connectionId: string) => ComparedSource,
  loreOf: (connectionId: string) => PayloadLore,
  thread: PayloadThread,
): Pick<Handlers, 'payloads.compare'> {
  async function read(connectionId: string, sequence: number, reading: Reading | null): Promise<Side> {
    const source = sourceOf(connectionId)
    const { message, summary } = await source.call('readMessage', sequence, Number.MAX_SAFE_INTEGER)
    const { topic } = message
    const chosen = await chooseReading({ topic, sequence }, reading, loreOf(connectionId), source)
    return { input: { kind: 'message', message, chosen }, message: { topic, sequence, receivedAtMs: summary.receivedAtMs } }
  }

  async function sideOf(compared: Compared): Promise<Side | null> {
    if (compared.kind === 'text') return { input: compared, message: null }
    const { connectionId, reading } = compared
    const sequence = await sequenceOf(compared)
    return sequence === null ? null : read(connectionId, sequence, reading)
  }

  async function sequenceOf(compared: Exclude<Compared, { kind: 'text' }>): Promise<number | null> {
    const source = sourceOf(compared.connectionId)
    switch (compared.kind) {
      case 'message':
        return compared.sequence
      case 'previous':
        return source.call('sequenceBefore', compared.sequence)
      case 'last':
        return source.call('lastSequence', compared.topic)
    }
  }

  return {
    'payloads.compare': async ({ before, after, tolerance }) => {
      const left = await sideOf(before)
      const right = left === null ? null : await sideOf(after)
      if (left === null || right === null) return null
      return { comparison: await thread.call('compare', left.input, right.input, tolerance), before: left.message }
    },
  }
}
