import { Enum, MapField, type Field, type Message, type Type } from 'protobufjs'
import { isLong, longValue, shortFloat } from './protobuf-scalars'
import { TooManyFields, wireView } from './protobuf-wire-view'

/** The member that shows fields which the message type does not have. */
export const UNKNOWN_FIELDS = '$unknown'

/** A decoded message as the JSON form has it: fields by their names in the .proto file, those that were not sent left out. @throws {TooManyFields} */
export function valueOf(message: Message, type: Type): unknown {
  const fields = [...type.fieldsArray].sort((one, other) => one.id - other.id)
  const members = fields.flatMap((field): [string, unknown][] => {
    if (!Object.hasOwn(message, field.name)) return []
    const held: unknown = Reflect.get(message, field.name)
    if (held === null || held === undefined) return []
    // Decoding makes them before it knows whether there is anything to put in.
    if ((field.repeated || field instanceof MapField) && Object.keys(held).length === 0) return []
    return [[field.name, fieldValue(held, field)]]
  })
  const unknowns: unknown = Reflect.get(message, '$unknowns')
  if (Array.isArray(unknowns)) {
    const bytes = Buffer.concat(unknowns.filter((raw): raw is Uint8Array => raw instanceof Uint8Array))
    const { fields: shown, isCut } = wireView(bytes)
    if (isCut) throw new TooManyFields()
    members.push([UNKNOWN_FIELDS, shown])
  }
  return Object.fromEntries(members)
}

function fieldValue(held: unknown, field: Field): unknown {
  if (field instanceof MapField) {
    return Object.fromEntries(Object.entries(held as object).map(([key, value]) => [mapKey(key, field), singleValue(value, field)]))
  }
  return Array.isArray(held) ? held.map((value: unknown) => singleValue(value, field)) : singleValue(held, field)
}

/** Keys of 64 bits are kept as eight characters; {@link https://protobuf.dev/programming-guides/json/} writes all keys as strings. */
function mapKey(key: string, { keyType }: MapField): string {
  if (!/64$/.test(keyType)) return key
  const bits = Buffer.from(key, 'latin1')
  return bits.byteLength === 8 ? String(keyType.startsWith('u') || keyType === 'fixed64' ? bits.readBigUInt64LE() : bits.readBigInt64LE()) : key
}

function singleValue(value: unknown, { resolvedType, type }: Field): unknown {
  if (resolvedType instanceof Enum) return resolvedType.valuesById[value as number] ?? value
  if (resolvedType !== null) return valueOf(value as Message, resolvedType)
  if (type === 'float') return shortFloat(value as number)
  return isLong(value) ? longValue(value) : value
}
