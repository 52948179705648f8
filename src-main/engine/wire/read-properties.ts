import type { ByteReader } from './byte-reader'
import { propertyOf, type PropertyKind } from './check-properties'
import { malformed } from './violation'

/** A value as it stands in a packet; bytes are not copied. */
export type PropertyValue = number | string | Uint8Array | readonly [name: string, value: string]

export interface ReadProperty {
  readonly id: number
  readonly name: string
  readonly value: PropertyValue
}

/** Reads a packet's properties one by one, forbidden ones too. @throws {ProtocolViolation} where they cannot be read on. */
export function readProperties(reader: ByteReader): Generator<ReadProperty> {
  return readPropertyList(reader.section(reader.variableByteInteger('Property Length'), 'the properties'))
}

/** The same for properties without their length, to the reader's end. */
export function* readPropertyList(reader: ByteReader): Generator<ReadProperty> {
  while (reader.left > 0) {
    const id = reader.variableByteInteger('a property identifier')
    const property = propertyOf(id)
    if (property === undefined) throw malformed(`property 0x${id.toString(16).padStart(2, '0')} is unknown`, 'MQTT-2.2.2.2')
    yield { id, name: property.name, value: readValue(reader, property.name, property.kind) }
  }
}

function readValue(reader: ByteReader, name: string, kind: PropertyKind): PropertyValue {
  switch (kind) {
    case 'boolean':
      return reader.byte(name)
    case 'two':
    case 'nonzero-two':
      return reader.twoBytes(name)
    case 'four':
    case 'nonzero-four':
      return reader.fourBytes(name)
    case 'variable':
      return reader.variableByteInteger(name)
    case 'string':
      return reader.string(name)
    case 'binary':
      return reader.binary(name)
    case 'pair':
      return [reader.string(`the name of a ${name}`), reader.string(`the value of a ${name}`)]
  }
}
