import type { FieldPath } from '@shared/payload/field-path'
import { fieldValuesOf, type FieldValues } from '@shared/payload/field-value'
import { parseExactly } from '@shared/payload/parse-exactly'
import type { LoggedMessage } from '../history/read-message'
import type { TopicTree } from '../topics/topic-tree'
import { publishPropertiesOf } from '../wire/publish-properties'
import type { FieldSource, ForeignMessage } from './field-source'
import { ReadingRules } from './reading-rules'

/** In larger payloads no fields are looked for: they would hold up the others. */
const MOST_PAYLOAD_BYTES = 1 << 20

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Looks for fields in messages: in plain JSON at once, all else is read elsewhere. */
export class FieldReader {
  readonly rules = new ReadingRules()

  constructor(
    private readonly tree: Pick<TopicTree, 'topicOf'>,
    /** Null: nobody reads what is no JSON. */
    readonly source: FieldSource | null = null,
  ) {}

  /** The fields of a message; undefined: somebody else has to look. */
  here(message: LoggedMessage, paths: readonly FieldPath[], mostCharacters: number): FieldValues | undefined {
    const { payload } = message
    if (payload.byteLength === 0) return paths.map(() => null)
    if (payload.byteLength > MOST_PAYLOAD_BYTES) return null
    const elsewhere = this.source === null ? null : undefined
    if (this.#isSaidToBeOther(message)) return elsewhere
    try {
      return fieldValuesOf(parseExactly(decoder.decode(payload)), paths, mostCharacters)
    } catch {
      return elsewhere
    }
  }

  /** A copy of what it takes to read a message elsewhere. */
  foreign({ topic, sequence, payload, properties }: LoggedMessage): ForeignMessage {
    const { contentType, payloadFormatIndicator } = publishPropertiesOf(properties)
    return { topic: this.tree.topicOf(topic), sequence, payload: Uint8Array.from(payload), contentType, payloadFormatIndicator }
  }

  /** Whether the user or the message says that what looks like JSON need not be JSON. */
  #isSaidToBeOther({ topic, properties }: LoggedMessage): boolean {
    if (!this.rules.isEmpty && this.rules.has(this.tree.topicOf(topic))) return true
    if (properties.byteLength === 0) return false
    const { contentType } = publishPropertiesOf(properties)
    return contentType !== null && !/json/i.test(contentType)
  }
}
