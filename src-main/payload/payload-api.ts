import type { Rows } from '@shared/collections/rows'
import type { FormatChoice, Reading } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'

/** A message's payload, with what its message says of it. */
export interface MessagePayload {
  readonly topic: string
  readonly payload: Uint8Array
  /** How large the payload is, of which `payload` may be the start. */
  readonly totalBytes: number
  /** MQTT 5.0; null: not said. */
  readonly contentType: string | null
  readonly payloadFormatIndicator: 0 | 1 | null
}

/** A reading, and whether the user or one of their rules chose it. */
export interface ChosenReading {
  readonly reading: Reading
  readonly by: 'hand' | 'rule' | null
}

/** What the thread that reads payloads can do: everything that takes bytes or expressions of strangers apart. */
export interface PayloadApi {
  /** At most `maxBytes` of the payload, unwrapped, are shown. */
  render(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload
  /** The bytes that `text` stands for in a format. @throws {AppError} `payload-not-encoded` */
  encode(text: string, format: FormatChoice): Uint8Array<ArrayBuffer>
  /** The rows of a CSV file. @throws {AppError} `rows-unreadable` */
  readRows(bytes: Uint8Array): Rows
}
