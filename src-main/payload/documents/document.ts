import jsonata from 'jsonata'
import { AppError } from '@shared/ipc/app-error'
import type { ChosenReading, MessagePayload } from '../payload-api'
import { renderPayload } from '../decoding/render-payload'
import { formOf } from '../decoding/structured-value'
import { JsonIndex } from './json-index'
import { JsonOutline } from './json-outline'
import { TextRowIndex } from './text-rows'

/** The whole text of a payload, or of what an expression made of it, to look at by windows. */
export class Document {
  #outline: JsonOutline | null = null
  #rows: TextRowIndex | null = null

  /** `json`: what the text stands for. */
  constructor(
    readonly text: string,
    private readonly json: string,
  ) {}

  get outline(): JsonOutline {
    return (this.#outline ??= new JsonOutline(new JsonIndex(this.json)))
  }

  rowsOf(rowLength: number): TextRowIndex {
    if (this.#rows?.rowLength !== rowLength) this.#rows = new TextRowIndex(this.text, rowLength)
    return this.#rows
  }
}

/**
 * The text of a payload as it is read, not laid out where it is long; or what an expression makes of what it stands for.
 * @throws {AppError} `payload-no-text`, and what {@link evaluated} throws
 */
export async function documentOf(message: MessagePayload, chosen: ChosenReading, expression: string | null): Promise<Document> {
  const { body } = renderPayload(message, chosen, Number.MAX_SAFE_INTEGER)
  if (body.kind !== 'text') throw new AppError('payload-no-text', 'The payload is shown as bytes')
  // What cannot be told as JSON is looked at as it is.
  const form = body.language === 'plain' ? null : formOf(body.language, body.text)
  const json = form?.ok === true ? form.json : body.text
  if (expression === null) return new Document(body.text, json)
  const result = await evaluated(json, expression)
  return new Document(result, result)
}

/**
 * What a JSONata expression makes of JSON, as JSON. Numbers are doubles in it, as in JSONata itself. Nothing ends an
 * expression that goes on for ever but the end of its thread.
 * @throws {AppError} `expression-invalid`, `expression-empty`: it found nothing
 */
export async function evaluated(json: string, expression: string): Promise<string> {
  const input = parsed(json)
  let result: unknown
  try {
    result = await jsonata(expression).evaluate(input)
  } catch (error) {
    throw new AppError('expression-invalid', 'The expression cannot be evaluated', reasonOf(error))
  }
  const text = result === undefined ? undefined : JSON.stringify(result)
  if (text === undefined) throw new AppError('expression-empty', 'The expression finds nothing')
  return text
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new AppError('payload-not-json', 'The payload is no JSON')
  }
}

function reasonOf(error: unknown): Record<string, string> {
  // JSONata throws plain objects.
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : error
  return { reason: String(message).slice(0, 500) }
}
