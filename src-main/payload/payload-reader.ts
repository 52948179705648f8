import type { Comparison } from '@shared/payload/comparison'
import type { Rows } from '@shared/collections/rows'
import type { EditablePayload } from '@shared/payload/editable'
import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'
import type { Expansion, FoundText, Outline, TextRows } from '@shared/payload/outline'
import type { FormatChoice } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { JsonProblem, SchemaFile, SchemaReport } from '@shared/schemas/schema-file'
import { comparePayloads } from './comparing/compare-payloads'
import { fieldsIn } from './decoding/fields-in'
import { renderPayload } from './decoding/render-payload'
import { documentOf } from './documents/document'
import { DocumentShelf } from './documents/document-shelf'
import { editablePayload } from './encoding/editable'
import { encode } from './encoding/encoders'
import type { ChosenReading, ComparedInput, MessagePayload, PayloadApi } from './payload-api'
import { readRows } from './rows/read-rows'
import { inspectSchemas } from './schemas/inspect-schemas'
import { validateJson } from './schemas/json-schema'

/** What the payload thread does. */
export class PayloadReader implements PayloadApi {
  readonly #documents = new DocumentShelf()

  render(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload {
    return renderPayload(message, chosen, maxBytes)
  }

  readFields(messages: readonly MessagePayload[], chosen: ChosenReading, paths: readonly FieldPath[], mostCharacters: number, at: Int32Array): FieldValues[] {
    return fieldsIn(messages, chosen, paths, mostCharacters, at)
  }

  encode(text: string, format: FormatChoice, schemas: readonly SchemaFile[]): Uint8Array<ArrayBuffer> {
    return encode(text, format, schemas)
  }

  findEditable(message: MessagePayload, chosen: ChosenReading): EditablePayload {
    return editablePayload(message, chosen)
  }

  inspectSchemas(files: readonly SchemaFile[], wanted: readonly string[]): SchemaReport[] {
    return inspectSchemas(files, wanted)
  }

  validateJson(text: string, files: readonly SchemaFile[], schemaId: string): JsonProblem[] {
    return validateJson(text, files, schemaId)
  }

  async openDocument(key: string, message: MessagePayload, chosen: ChosenReading, expression: string | null): Promise<void> {
    this.#documents.put(key, await documentOf(message, chosen, expression))
  }

  readOutline(key: string, expansion: Expansion, firstRow: number, rowCount: number): Outline | null {
    return this.#documents.get(key)?.outline.window(expansion, firstRow, rowCount) ?? null
  }

  readTextRows(key: string, rowLength: number, firstRow: number, rowCount: number): TextRows | null {
    return this.#documents.get(key)?.rowsOf(rowLength).window(firstRow, rowCount) ?? null
  }

  findText(key: string, rowLength: number, sought: string, from: { row: number; column: number }, isBackwards: boolean): { found: FoundText | null } | null {
    const document = this.#documents.get(key)
    return document === null ? null : { found: document.rowsOf(rowLength).find(sought, from, isBackwards) }
  }

  readValue(key: string, path: FieldPath): { text: string | null } | null {
    const document = this.#documents.get(key)
    return document === null ? null : { text: document.outline.textAt(path) }
  }

  compare(before: ComparedInput, after: ComparedInput, tolerance: number): Comparison {
    return comparePayloads(before, after, tolerance)
  }

  readRows(bytes: Uint8Array): Rows {
    return readRows(bytes)
  }
}
