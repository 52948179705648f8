import type { FieldPath } from '@shared/payload/field-path'
import { Writer } from 'protobufjs'
import { MemberFault, integerOf, listOf, longOf, membersOf, wellFormedOf } from './member-fault'

const MOST_FIELD_NUMBER = (1n << 29n) - 1n
const WIRE_TYPES = new Map([['varint', 0], ['fixed64', 1], ['length-delimited', 2], ['group', 3], ['fixed32', 5]])
const END_OF_GROUP = 4

/** Fields as the wire has them, written back: the same form as the view without a schema. @throws {MemberFault} */
export function wireBytes(value: unknown, path: FieldPath = []): Uint8Array {
  const writer = Writer.create()
  for (const [index, field] of listOf(value, path).entries()) writeField(writer, field, [...path, index])
  return writer.finish()
}

function writeField(writer: Writer, value: unknown, path: FieldPath): void {
  const members = membersOf(value, path)
  const number = Number(integerOf(members.field, 1n, MOST_FIELD_NUMBER, [...path, 'field']))
  const wireType = typeof members.wire === 'string' ? WIRE_TYPES.get(members.wire) : undefined
  if (wireType === undefined) throw new MemberFault([...path, 'wire'], `must be one of ${[...WIRE_TYPES.keys()].join(', ')}`)
  writer.uint32(((number << 3) | wireType) >>> 0)
  const unsigned = (bits: bigint): bigint => integerOf(members.value, 0n, (1n << bits) - 1n, [...path, 'value'])
  switch (wireType) {
    case 0:
      writer.uint64(longOf(unsigned(64n), true))
      break
    case 1:
      writer.fixed64(longOf(unsigned(64n), true))
      break
    case 5:
      writer.fixed32(Number(unsigned(32n)))
      break
    case 3:
      writer.raw(wireBytes(members.fields, [...path, 'fields']))
      writer.uint32(((number << 3) | END_OF_GROUP) >>> 0)
      break
    default:
      writer.bytes(contentOf(members, path))
  }
}

function contentOf({ text, bytes, fields }: Readonly<Record<string, unknown>>, path: FieldPath): Uint8Array {
  if (typeof text === 'string') return Buffer.from(wellFormedOf(text, [...path, 'text']), 'utf8')
  if (bytes instanceof Uint8Array) return bytes
  if (fields !== undefined) return wireBytes(fields, [...path, 'fields'])
  throw new MemberFault(path, 'must have text, bytes or fields')
}
