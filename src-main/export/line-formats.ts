import Papa from 'papaparse'
import { pathText, type FieldPath } from '@shared/payload/field-path'
import { fieldText } from '@shared/payload/field-value'
import { FORMULA } from '@shared/text/formula'
import type { TableMessage } from '../engine/engine-api'
import { factsOf, payloadText } from './message-text'

/** How messages become the lines of one file. */
export interface LineFormat {
  /** What the file begins with. */
  readonly head: string
  linesOf(messages: readonly TableMessage[]): string
}

/** One JSON object a line, with the fields of the table that the message has. */
export function jsonLines(paths: readonly FieldPath[]): LineFormat {
  const names = namesOf(paths)
  return { head: '', linesOf: (messages) => messages.map((message) => `${JSON.stringify(objectOf(message, names))}\n`).join('') }
}

function objectOf(message: TableMessage, names: readonly string[]): Record<string, unknown> {
  const { text, encoding } = payloadText(message.payload)
  const fields = names.flatMap((name, index) => (message.fields[index] === null ? [] : [[name, message.fields[index]] as const]))
  return { ...factsOf(message), payload: text, encoding, ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }) }
}

function namesOf(paths: readonly FieldPath[]): string[] {
  return paths.map((path) => pathText(path) || 'value')
}

/** Rows of CSV are of text: what else a payload may hold goes as base64. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** A number that comes back as it was written. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** CSV by RFC 4180, with a column for each field; what could be a formula has an apostrophe before it. */
export function csv(fields: readonly FieldPath[]): LineFormat {
  const head = ['time', 'topic', 'qos', 'retain', 'size', 'payload', 'encoding', ...namesOf(fields)]
  return { head: rowsOf([head]), linesOf: (messages) => rowsOf(messages.map(rowOf)) }
}

function rowOf({ topic, receivedAtMs, qos, retain, payload, fields }: TableMessage): unknown[] {
  const { text, encoding } = payloadText(payload, (candidate) => !CONTROLS.test(candidate))
  return [new Date(receivedAtMs).toISOString(), topic, qos, retain, payload.byteLength, cellOf(text), encoding, ...fields.map((field) => cellOf(fieldText(field) ?? ''))]
}

/** Numbers stay numbers: `-5` is no formula. */
function cellOf(text: string): string | number {
  return NUMBER.test(text) && String(Number(text)) === text ? Number(text) : text
}

function rowsOf(rows: unknown[][]): string {
  return rows.length === 0 ? '' : `${Papa.unparse(rows, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`
}
