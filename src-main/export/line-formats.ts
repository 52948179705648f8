import Papa from 'papaparse'
import { pathText, type FieldPath } from '@shared/payload/field-path'
import { FORMULA } from '@shared/text/formula'
import type { TableMessage } from '../engine/engine-api'
import { factsOf, payloadText } from './message-text'

/** How messages become the lines of one file. */
export interface LineFormat {
  /** What the file begins with. */
  readonly head: string
  linesOf(messages: readonly TableMessage[]): string
}

/** One JSON object a line; the fields of the table are in the payload, where there are any. */
export const JSON_LINES: LineFormat = {
  head: '',
  linesOf: (messages) => messages.map((message) => `${JSON.stringify(objectOf(message))}\n`).join(''),
}

function objectOf(message: TableMessage): Record<string, unknown> {
  const { text, encoding } = payloadText(message.payload)
  return { ...factsOf(message), payload: text, encoding }
}

/** Rows of CSV are of text: what else a payload may hold goes as base64. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** A number that comes back as it was written. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** CSV by RFC 4180, with a column for each field; what could be a formula has an apostrophe before it. */
export function csv(fields: readonly FieldPath[]): LineFormat {
  const head = ['time', 'topic', 'qos', 'retain', 'size', 'payload', 'encoding', ...fields.map((path) => pathText(path) || 'value')]
  return { head: rowsOf([head]), linesOf: (messages) => rowsOf(messages.map(rowOf)) }
}

function rowOf({ topic, receivedAtMs, qos, retain, payload, fields }: TableMessage): unknown[] {
  const { text, encoding } = payloadText(payload, (candidate) => !CONTROLS.test(candidate))
  return [new Date(receivedAtMs).toISOString(), topic, qos, retain, payload.byteLength, cellOf(text), encoding, ...fields.map((field) => cellOf(field ?? ''))]
}

/** Numbers stay numbers: `-5` is no formula. */
function cellOf(text: string): string | number {
  return NUMBER.test(text) && String(Number(text)) === text ? Number(text) : text
}

function rowsOf(rows: unknown[][]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`
}
