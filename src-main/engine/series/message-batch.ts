import { fieldAt, isSamePath, type FieldPath } from '@shared/payload/field-path'
import { numberOf } from '@shared/payload/number-of'
import type { LoggedMessage } from '../history/read-message'
import { publishPropertiesOf } from '../wire/publish-properties'
import type { FieldPoints } from './field-points'
import { jsonValue } from './json-value'
import type { ForeignMessage, NumbersAnswer } from './number-source'

/** Payloads of more bytes are not read for charts: they would hold up the others. */
const MOST_PAYLOAD_BYTES = 1 << 20
/** What is handed over to be read elsewhere at a time. */
const MOST_MESSAGES = 256
const MOST_BYTES = 1 << 18

/** A field whose numbers are read. */
export interface ReadField {
  readonly path: FieldPath
  readonly points: FieldPoints
}

type End = 'addNewest' | 'addOldest'

interface Entry {
  readonly fields: readonly ReadField[]
  readonly end: End
  readonly atMs: number
  readonly message: ForeignMessage
}

/**
 * Messages on their way to points, in order. JSON is read where it is; from the first message on that is something else, all
 * wait until those are read elsewhere.
 */
export class MessageBatch {
  #entries: Entry[] = []
  #bytes = 0
  /** Whether JSON is what it looks like; null: not known yet. */
  #isJsonPlain: boolean | null

  /** `canAsk`: there is somebody who reads other payloads. */
  constructor(private readonly canAsk: boolean) {
    this.#isJsonPlain = canAsk ? null : true
  }

  /** Whether there is something to hand over. */
  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  get isFull(): boolean {
    return this.#entries.length >= MOST_MESSAGES || this.#bytes >= MOST_BYTES
  }

  add(message: LoggedMessage, fields: readonly ReadField[], end: End): void {
    const { payload, receivedAtMs: atMs } = message
    const isTooLong = payload.byteLength > MOST_PAYLOAD_BYTES
    if (this.isEmpty && this.#isJsonPlain === true) {
      const value = isTooLong ? undefined : jsonValue(payload)
      if (value !== undefined || !this.canAsk || isTooLong) {
        for (const { path, points } of fields) points[end](atMs, numberOf(fieldAt(value, path)))
        return
      }
    }
    const { contentType, payloadFormatIndicator } = publishPropertiesOf(message.properties)
    const held = isTooLong ? new Uint8Array() : Uint8Array.from(payload)
    this.#entries.push({ fields: [...fields], end, atMs, message: { sequence: message.sequence, payload: held, contentType, payloadFormatIndicator } })
    this.#bytes += held.byteLength
  }

  /** All that waits, with the fields that are wanted of it; the batch is empty afterwards. */
  handOver(): { readonly messages: ForeignMessage[]; readonly paths: FieldPath[]; readonly settle: (answer: NumbersAnswer) => void } {
    const entries = this.#entries
    this.#entries = []
    this.#bytes = 0
    const paths: FieldPath[] = []
    for (const { path } of entries.flatMap(({ fields }) => fields)) if (!paths.some((known) => isSamePath(known, path))) paths.push(path)
    const settle = ({ numbers, byRule }: NumbersAnswer): void => {
      this.#isJsonPlain = !byRule
      entries.forEach(({ fields, end, atMs }, row) => {
        for (const { path, points } of fields) {
          points[end](atMs, numbers[row]?.[paths.findIndex((known) => isSamePath(known, path))] ?? null)
        }
      })
    }
    return { messages: entries.map(({ message }) => message), paths, settle }
  }
}
