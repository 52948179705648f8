import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'
import type { EngineApi, FieldsRequest } from '../engine/engine-api'
import { chooseReading, type BirthSource, type PayloadLore } from './chosen-reading'
import type { ChosenReading, MessagePayload } from './payload-api'
import type { PayloadThread } from './payload-handlers'

/** When so many payloads of a request have ended the thread, what else is in it is left unread. */
const MOST_DEATHS = 3

/** A tab, as far as its charts and tables go. */
interface FieldsAsker extends BirthSource {
  call(method: 'readNearest', ...args: Parameters<EngineApi['readNearest']>): Promise<Uint8Array | null>
  call(method: 'takeFields', ...args: Parameters<EngineApi['takeFields']>): Promise<void>
}

/** Messages that are read in the same way, by their place in the request. */
interface Group {
  readonly chosen: ChosenReading
  readonly places: number[]
}

/** Reads the fields that an engine wants, as the user's rules say or else as the messages look, and tells it. Payloads that cannot be read have none. */
export async function answerFields(request: FieldsRequest, asker: FieldsAsker, lore: PayloadLore, thread: PayloadThread): Promise<void> {
  const { requestId, messages, paths, mostCharacters } = request
  const fields: FieldValues[] = messages.map(() => null)
  try {
    const reading = new Reading(thread, paths, mostCharacters)
    for (const { chosen, places } of await groupsOf(request, lore, asker)) {
      const payloads = places.flatMap((place) => payloadOf(messages[place]))
      const read = await reading.fieldsOf(payloads, chosen)
      places.forEach((place, index) => (fields[place] = read[index] ?? null))
    }
  } finally {
    await asker.call('takeFields', requestId, fields)
  }
}

async function groupsOf({ messages }: FieldsRequest, lore: PayloadLore, asker: FieldsAsker): Promise<Group[]> {
  const ofTopics = new Map<string, number[]>()
  messages.forEach(({ topic }, place) => {
    const places = ofTopics.get(topic)
    if (places === undefined) ofTopics.set(topic, [place])
    else places.push(place)
  })
  const groups = new Map<string, Group>()
  for (const [topic, places] of ofTopics) {
    // A BIRTH is that of the last of them: it explains those before as long as none came in between.
    const sequence = Math.max(...places.map((place) => messages[place]?.sequence ?? 0))
    const chosen = await chooseReading({ topic, sequence }, null, lore, asker)
    const hasBirths = chosen.aids !== undefined && chosen.aids.births.length > 0
    const key = JSON.stringify([chosen.reading, chosen.by, hasBirths ? topic : null])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { chosen, places })
    else group.places.push(...places)
  }
  return [...groups.values()]
}

function payloadOf(message: FieldsRequest['messages'][number] | undefined): MessagePayload[] {
  if (message === undefined) return []
  const { topic, payload, contentType, payloadFormatIndicator } = message
  return [{ topic, payload, totalBytes: payload.byteLength, contentType, payloadFormatIndicator }]
}

/** The reading of one request, which leaves out what ends the thread. */
class Reading {
  #deaths = 0

  constructor(
    private readonly thread: PayloadThread,
    private readonly paths: readonly FieldPath[],
    private readonly mostCharacters: number,
  ) {}

  /** Of fewer messages where too many could not be read. */
  async fieldsOf(payloads: readonly MessagePayload[], chosen: ChosenReading): Promise<FieldValues[]> {
    const fields: FieldValues[] = []
    let until = payloads.length
    while (fields.length < payloads.length && this.#deaths < MOST_DEATHS) {
      if (fields.length === until) {
        fields.push(null)
        until = payloads.length
        continue
      }
      const at = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
      try {
        fields.push(...(await this.thread.call('readFields', payloads.slice(fields.length, until), chosen, this.paths, this.mostCharacters, at)))
      } catch {
        // What was read before it is lost with the thread, and read again; the one is not.
        this.#deaths += 1
        until = fields.length + Atomics.load(at, 0)
      }
    }
    return fields
  }
}
