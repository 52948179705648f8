import type { EngineApi, NumbersAnswer, NumbersRequest } from '../engine/engine-api'
import { chooseReading, type BirthSource, type PayloadLore } from './chosen-reading'
import type { PayloadThread } from './payload-handlers'

/** A tab, as far as its charts go. */
interface NumbersAsker extends BirthSource {
  call(method: 'readNearest', ...args: Parameters<EngineApi['readNearest']>): Promise<Uint8Array | null>
  call(method: 'takeNumbers', ...args: Parameters<EngineApi['takeNumbers']>): Promise<void>
}

/** Reads the numbers that an engine wants, as the user's rules say or else as the messages look, and tells it. Payloads that cannot be read have none. */
export async function answerNumbers(request: NumbersRequest, asker: NumbersAsker, lore: PayloadLore, thread: PayloadThread): Promise<void> {
  await asker.call('takeNumbers', request.requestId, await numbersOf(request, asker, lore, thread))
}

async function numbersOf({ topic, messages, paths }: NumbersRequest, asker: NumbersAsker, lore: PayloadLore, thread: PayloadThread): Promise<NumbersAnswer> {
  const byRule = lore.readingFor(topic) !== null
  try {
    // A BIRTH is that of the last of them: it explains those before as long as none came in between.
    const sequence = Math.max(0, ...messages.map((message) => message.sequence))
    const chosen = await chooseReading({ topic, sequence }, null, lore, asker)
    const payloads = messages.map(({ payload, contentType, payloadFormatIndicator }) => ({
      topic,
      payload,
      totalBytes: payload.byteLength,
      contentType,
      payloadFormatIndicator,
    }))
    return { byRule, numbers: await thread.call('readNumbers', payloads, chosen, paths) }
  } catch {
    // They took too long, or broke the thread.
    return { byRule, numbers: messages.map(() => paths.map(() => null)) }
  }
}
