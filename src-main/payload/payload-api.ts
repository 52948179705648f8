import type { Comparison } from '@shared/payload/comparison'
import type { Rows } from '@shared/collections/rows'
import type { EditablePayload } from '@shared/payload/editable'
import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'
import type { Expansion, FoundText, Outline, TextRows } from '@shared/payload/outline'
import type { FormatChoice, Reading } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { JsonProblem, SchemaFile, SchemaReport } from '@shared/schemas/schema-file'

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

/** What a payload cannot be understood without, and does not hold itself. */
export interface ReadingAids {
  /** The schema file that the reading names, with those it may import. */
  readonly schemas: readonly SchemaFile[]
  /** Sparkplug B: payloads of the BIRTHs that explain the message's aliases. */
  readonly births: readonly Uint8Array[]
}

export const NO_AIDS: ReadingAids = { schemas: [], births: [] }

/** A reading, whether the user or one of their rules chose it, and what it takes. */
export interface ChosenReading {
  readonly reading: Reading
  readonly by: 'hand' | 'rule' | null
  /** Left out: none. */
  readonly aids?: ReadingAids
}

/** One side of a comparison. */
export type ComparedInput =
  | { readonly kind: 'message'; readonly message: MessagePayload; readonly chosen: ChosenReading }
  | { readonly kind: 'text'; readonly text: string }

/** What the thread that reads payloads can do: everything that takes bytes or expressions of strangers apart. */
export interface PayloadApi {
  /** At most `maxBytes` of the payload, unwrapped, are shown. */
  render(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload
  /**
   * The fields of each message, as many as there is time for, but one at least. `at` tells which is being read, so that who
   * ends the thread knows which one to leave out.
   */
  readFields(messages: readonly MessagePayload[], chosen: ChosenReading, paths: readonly FieldPath[], mostCharacters: number, at: Int32Array): FieldValues[]
  /** The bytes that `text` stands for in a format; `schemas` as {@link ReadingAids} has them. @throws {AppError} `payload-not-encoded` */
  encode(text: string, format: FormatChoice, schemas: readonly SchemaFile[]): Uint8Array<ArrayBuffer>
  /** How a whole payload is edited so that, unedited, it becomes the same bytes again. */
  findEditable(message: MessagePayload, chosen: ChosenReading): EditablePayload
  /** What each of the wanted files says; `files` are all they may refer to. */
  inspectSchemas(files: readonly SchemaFile[], wanted: readonly string[]): SchemaReport[]
  /** What is wrong with a text by a JSON Schema of `files`. */
  validateJson(text: string, files: readonly SchemaFile[], schemaId: string): JsonProblem[]

  /**
   * Opens the text of a payload under a key, or with an expression what JSONata makes of it. The last few stay open.
   * @throws {AppError} `payload-no-text`, `payload-not-json`, `expression-invalid`, `expression-empty`
   */
  openDocument(key: string, message: MessagePayload, chosen: ChosenReading, expression: string | null): Promise<void>
  /** The following are null when no document is open under the key. */
  readOutline(key: string, expansion: Expansion, firstRow: number, rowCount: number): Outline | null
  readTextRows(key: string, rowLength: number, firstRow: number, rowCount: number): TextRows | null
  /** `found` null: there is no such text. */
  findText(key: string, rowLength: number, sought: string, from: { row: number; column: number }, isBackwards: boolean): { found: FoundText | null } | null
  /** `text` null: there is no such value. */
  readValue(key: string, path: FieldPath): { text: string | null } | null

  /** Numbers in structured values differ when they lie further apart than `tolerance`. */
  compare(before: ComparedInput, after: ComparedInput, tolerance: number): Comparison
  /** The rows of a CSV file. @throws {AppError} `rows-unreadable` */
  readRows(bytes: Uint8Array): Rows
}
