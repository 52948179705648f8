import { AUTOMATIC, type FormatChoice, type Reading } from '@shared/payload/reading'
import { birthTopics } from '@shared/payload/sparkplug-topic'
import type { SchemaFile } from '@shared/schemas/schema-file'
import type { EngineApi } from '../engine/engine-api'
import type { ChosenReading } from './payload-api'

/** A BIRTH tells all metrics of a node, of which there are thousands at most. */
const MAX_BIRTH_BYTES = 8 * 1_024 * 1_024

/** What the user taught us of the payloads of a connection. */
export interface PayloadLore {
  /** The reading of the first rule that matches the topic; null: none does. */
  readingFor(topic: string): Reading | null
  /** The schema file that a format names, with those it may import. */
  schemasFor(format: FormatChoice | null): readonly SchemaFile[]
}

/** A tab, as far as its BIRTHs go. */
export interface BirthSource {
  call(method: 'readNearest', ...args: Parameters<EngineApi['readNearest']>): Promise<Uint8Array | null>
}

/** How to read a message: as asked by hand, or as the rules say, or else as it looks; with all that takes. */
export async function chooseReading(
  { topic, sequence }: { readonly topic: string; readonly sequence: number },
  byHand: Reading | null,
  lore: PayloadLore,
  source: BirthSource,
): Promise<ChosenReading> {
  const byRule = byHand === null ? lore.readingFor(topic) : null
  const reading = byHand ?? byRule ?? AUTOMATIC
  const takesBirths = reading.format === null || reading.format.kind === 'sparkplug'
  const births = takesBirths ? await Promise.all(birthTopics(topic).map((birth) => source.call('readNearest', birth, sequence, MAX_BIRTH_BYTES))) : []
  return {
    reading,
    by: byHand !== null ? 'hand' : byRule !== null ? 'rule' : null,
    aids: { schemas: lore.schemasFor(reading.format), births: births.filter((birth) => birth !== null) },
  }
}
