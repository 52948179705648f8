import { Reader } from 'protobufjs'
import { longValue, shortFloat } from './protobuf-scalars'

/** Messages within messages, as far as they are guessed. */
const MOST_DEPTH = 32
/** Fields in all. */
export const MOST_WIRE_FIELDS = 100_000

/** There are more fields of a message than are shown. */
export class TooManyFields extends Error {}

/** A field as the wire has it: its number, how it is written, and what that may mean. */
export type WireField = Readonly<Record<string, unknown>>

interface Budget {
  fields: number
}

/**
 * What can be seen of Protobuf without its schema ({@link https://protobuf.dev/programming-guides/encoding/}): bytes say neither names
 * nor types, so that text and nested messages are guesses, and called so. @throws {Error} the bytes are no Protobuf
 */
export function wireView(bytes: Uint8Array): { fields: WireField[]; isCut: boolean } {
  const budget = { fields: MOST_WIRE_FIELDS }
  const fields = readFields(Reader.create(Buffer.from(bytes)), null, 0, budget)
  return { fields, isCut: budget.fields <= 0 }
}

/** Fields up to the end, or up to the end of the group `group`. */
function readFields(reader: Reader, group: number | null, depth: number, budget: Budget): WireField[] {
  const fields: WireField[] = []
  while (reader.pos < reader.len && budget.fields > 0) {
    const tag = reader.tag()
    const field = tag >>> 3
    if (field === 0) throw new Error('field number 0')
    if ((tag & 7) === 4) {
      if (field !== group) throw new Error('a group ends that did not begin')
      return fields
    }
    budget.fields -= 1
    fields.push({ field, ...readField(reader, tag & 7, field, depth, budget) })
  }
  if (group !== null && budget.fields > 0) throw new Error('a group does not end')
  return fields
}

function readField(reader: Reader, wireType: number, field: number, depth: number, budget: Budget): WireField {
  switch (wireType) {
    case 0: {
      const long = reader.uint64()
      if (typeof long === 'number') return { wire: 'varint', value: long }
      const negative = long.high < 0 ? { asSigned: longValue({ ...long, low: long.low, high: long.high, unsigned: false }) } : {}
      return { wire: 'varint', value: longValue(long), ...negative }
    }
    case 1: {
      const at = reader.pos
      const long = reader.fixed64()
      const asDouble = Buffer.from(reader.raw(at, at + 8)).readDoubleLE()
      return { wire: 'fixed64', value: typeof long === 'number' ? long : longValue(long), asDouble }
    }
    case 2:
      return { wire: 'length-delimited', ...guess(reader.bytes(), depth, budget) }
    case 3:
      if (depth >= MOST_DEPTH) throw new Error('groups within groups without end')
      return { wire: 'group', fields: readFields(reader, field, depth + 1, budget) }
    case 5: {
      const at = reader.pos
      const value = reader.fixed32()
      return { wire: 'fixed32', value, asFloat: shortFloat(Buffer.from(reader.raw(at, at + 4)).readFloatLE()) }
    }
    default:
      throw new Error(`wire type ${wireType}`)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Bytes of a length: text, a message, or neither that we know. */
function guess(bytes: Uint8Array, depth: number, budget: Budget): WireField {
  const text = textOf(bytes)
  if (text !== null) return { guess: 'text', text }
  const left = budget.fields
  if (bytes.byteLength > 0 && depth < MOST_DEPTH) {
    try {
      return { guess: 'message', fields: readFields(Reader.create(Buffer.from(bytes)), null, depth + 1, budget) }
    } catch {
      budget.fields = left
    }
  }
  return { bytes: Uint8Array.from(bytes) }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes)
    return CONTROL_CHARACTERS.test(text) ? null : text
  } catch {
    return null
  }
}
