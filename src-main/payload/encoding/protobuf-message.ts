import type { FieldPath } from '@shared/payload/field-path'
import { Enum, MapField, type Field, type Message, type Type } from 'protobufjs'
import { UNKNOWN_FIELDS } from '../decoding/protobuf-value'
import { MemberFault, floatOf, integerOf, listOf, longOf, membersOf, wellFormedOf } from './member-fault'
import { wireBytes } from './protobuf-wire'

/** The message of a type that a value stands for: strictly, since what is left out in silence is missed too late. @throws {MemberFault} */
export function messageOf(value: unknown, type: Type, path: FieldPath = []): Message {
  const members = membersOf(value, path)
  const message: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(members)) {
    // As Protobuf's own JSON has it: null is not sent.
    if (member === null) continue
    const at = [...path, name]
    if (name === UNKNOWN_FIELDS) {
      message.$unknowns = [wireBytes(member, at)]
      continue
    }
    const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined
    if (field === undefined) throw new MemberFault(at, `${type.name} has no such field`)
    message[name] = fieldOf(member, field.resolve(), at)
  }
  for (const oneof of type.oneofsArray) {
    const sent = oneof.oneof.filter((name) => Object.hasOwn(message, name))
    if (sent.length > 1) throw new MemberFault(path, `only one of ${sent.join(', ')} can be sent`)
  }
  const missing = type.fieldsArray.find((field) => field.required && !Object.hasOwn(message, field.name))
  if (missing !== undefined) throw new MemberFault([...path, missing.name], 'is required')
  return type.create(message)
}

function fieldOf(value: unknown, field: Field, path: FieldPath): unknown {
  if (field instanceof MapField) {
    return Object.fromEntries(
      Object.entries(membersOf(value, path)).map(([key, item]) => [mapKey(key, field, [...path, key]), singleOf(item, field, [...path, key])]),
    )
  }
  if (!field.repeated) return singleOf(value, field, path)
  return listOf(value, path).map((item, index) => singleOf(item, field, [...path, index]))
}

/** Keys are texts in JSON, whatever they are in Protobuf. */
function mapKey(key: string, { keyType }: MapField, path: FieldPath): string {
  if (keyType === 'string') return wellFormedOf(key, path)
  if (keyType === 'bool') {
    if (key !== 'true' && key !== 'false') throw new MemberFault(path, 'the key must be true or false')
    return key
  }
  if (!/^-?\d+$/.test(key)) throw new MemberFault(path, 'the key must be an integer')
  scalarOf(BigInt(key), keyType, path)
  return key
}

function singleOf(value: unknown, { resolvedType, type }: Field, path: FieldPath): unknown {
  if (resolvedType instanceof Enum) return enumValue(value, resolvedType, path)
  return resolvedType === null ? scalarOf(value, type, path) : messageOf(value, resolvedType, path)
}

function enumValue(value: unknown, { name, values }: Enum, path: FieldPath): number {
  if (typeof value !== 'string') return Number(scalarOf(value, 'int32', path))
  const number = Object.hasOwn(values, value) ? values[value] : undefined
  if (number === undefined) throw new MemberFault(path, `${name} has no value ${value}`)
  return number
}

function scalarOf(value: unknown, type: string, path: FieldPath): unknown {
  switch (type) {
    case 'double':
      return floatOf(value, 64, path)
    case 'float':
      return floatOf(value, 32, path)
    case 'bool':
      if (typeof value !== 'boolean') throw new MemberFault(path, 'must be true or false')
      return value
    case 'string':
      return wellFormedOf(value, path)
    case 'bytes':
      if (!(value instanceof Uint8Array)) throw new MemberFault(path, 'must be bytes: {"$bytes": "<base64>"}')
      return value
    default: {
      const unsigned = type.startsWith('u') || type.startsWith('fixed')
      const bits = type.endsWith('64') ? 64n : 32n
      const integer = unsigned
        ? integerOf(value, 0n, (1n << bits) - 1n, path)
        : integerOf(value, -(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n, path)
      return bits === 64n ? longOf(integer, unsigned) : Number(integer)
    }
  }
}
