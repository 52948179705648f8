import type { ByteReader } from './byte-reader'
import { PacketType } from './packet-type'
import { malformed, protocolError } from './violation'

export type PropertyKind = 'boolean' | 'two' | 'nonzero-two' | 'four' | 'nonzero-four' | 'variable' | 'string' | 'binary' | 'pair'

export interface Property {
  readonly name: string
  readonly kind: PropertyKind
  /** In which packets from a server it may stand: a bit for each type. */
  readonly packets: number
  readonly repeats?: true
}

const { CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH } = PacketType
const only = (...types: readonly number[]): number => types.reduce((bits, type) => bits | (1 << type), 0)
const ANSWERS = only(CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH)

/** MQTT 5.0, section 2.2.2.2, table 2-4. */
const TABLE: readonly (readonly [id: number, property: Property])[] = [
  [0x01, { name: 'Payload Format Indicator', kind: 'boolean', packets: only(PUBLISH) }],
  [0x02, { name: 'Message Expiry Interval', kind: 'four', packets: only(PUBLISH) }],
  [0x03, { name: 'Content Type', kind: 'string', packets: only(PUBLISH) }],
  [0x08, { name: 'Response Topic', kind: 'string', packets: only(PUBLISH) }],
  [0x09, { name: 'Correlation Data', kind: 'binary', packets: only(PUBLISH) }],
  [0x0b, { name: 'Subscription Identifier', kind: 'variable', packets: only(PUBLISH), repeats: true }],
  [0x11, { name: 'Session Expiry Interval', kind: 'four', packets: only(CONNACK) }],
  [0x12, { name: 'Assigned Client Identifier', kind: 'string', packets: only(CONNACK) }],
  [0x13, { name: 'Server Keep Alive', kind: 'two', packets: only(CONNACK) }],
  [0x15, { name: 'Authentication Method', kind: 'string', packets: only(CONNACK, AUTH) }],
  [0x16, { name: 'Authentication Data', kind: 'binary', packets: only(CONNACK, AUTH) }],
  [0x17, { name: 'Request Problem Information', kind: 'boolean', packets: only() }],
  [0x18, { name: 'Will Delay Interval', kind: 'four', packets: only() }],
  [0x19, { name: 'Request Response Information', kind: 'boolean', packets: only() }],
  [0x1a, { name: 'Response Information', kind: 'string', packets: only(CONNACK) }],
  [0x1c, { name: 'Server Reference', kind: 'string', packets: only(CONNACK, DISCONNECT) }],
  [0x1f, { name: 'Reason String', kind: 'string', packets: ANSWERS }],
  [0x21, { name: 'Receive Maximum', kind: 'nonzero-two', packets: only(CONNACK) }],
  [0x22, { name: 'Topic Alias Maximum', kind: 'two', packets: only(CONNACK) }],
  [0x23, { name: 'Topic Alias', kind: 'nonzero-two', packets: only(PUBLISH) }],
  [0x24, { name: 'Maximum QoS', kind: 'boolean', packets: only(CONNACK) }],
  [0x25, { name: 'Retain Available', kind: 'boolean', packets: only(CONNACK) }],
  [0x26, { name: 'User Property', kind: 'pair', packets: ANSWERS | only(PUBLISH), repeats: true }],
  [0x27, { name: 'Maximum Packet Size', kind: 'nonzero-four', packets: only(CONNACK) }],
  [0x28, { name: 'Wildcard Subscription Available', kind: 'boolean', packets: only(CONNACK) }],
  [0x29, { name: 'Subscription Identifier Available', kind: 'boolean', packets: only(CONNACK) }],
  [0x2a, { name: 'Shared Subscription Available', kind: 'boolean', packets: only(CONNACK) }],
]

/** By identifier; `bit` tells them apart in a mask of those that were seen. */
const PROPERTIES: (Property & { readonly bit: number } | undefined)[] = []
for (const [index, [id, property]] of TABLE.entries()) PROPERTIES[id] = { ...property, bit: 1 << index }

/** The property with this identifier, or undefined. */
export function propertyOf(id: number): (typeof PROPERTIES)[number] {
  return id < PROPERTIES.length ? PROPERTIES[id] : undefined
}

/** Reads Property Length and properties of a packet of this type; see {@link checkPropertyList}. @throws {ProtocolViolation} */
export function checkProperties(reader: ByteReader, packetType: number): number {
  return checkPropertyList(reader, reader.variableByteInteger('Property Length'), packetType)
}

/**
 * Reads `length` bytes of properties of a packet of this type past, and refuses what section 2.2.2 forbids. Makes nothing,
 * for a PUBLISH comes here too.
 * @returns the Topic Alias, or 0 for none
 * @throws {ProtocolViolation}
 */
export function checkPropertyList(reader: ByteReader, length: number, packetType: number): number {
  const end = reader.narrow(length, 'the properties')
  let seen = 0
  let topicAlias = 0
  while (reader.left > 0) {
    const id = reader.variableByteInteger('a property identifier')
    const property = propertyOf(id)
    if (property === undefined || (property.packets & (1 << packetType)) === 0) {
      throw malformed(`property 0x${id.toString(16).padStart(2, '0')} in a packet that has none such`, 'MQTT-2.2.2.2')
    }
    if ((seen & property.bit) !== 0 && property.repeats !== true) throw protocolError(`${property.name} twice`, 'MQTT-2.2.2.2')
    seen |= property.bit
    const value = readValue(reader, property)
    if (id === 0x23) topicAlias = value
  }
  reader.widen(end)
  return topicAlias
}

/** Reads a value past; the number it was, or 0 for strings and bytes. */
function readValue(reader: ByteReader, { name, kind }: Property): number {
  switch (kind) {
    case 'boolean': {
      const value = reader.byte(name)
      if (value > 1) throw protocolError(`${name} is ${value}`, 'MQTT-4.13.1-1')
      return value
    }
    case 'two':
      return reader.twoBytes(name)
    case 'nonzero-two':
      return nonzero(reader.twoBytes(name), name)
    case 'four':
      return reader.fourBytes(name)
    case 'nonzero-four':
      return nonzero(reader.fourBytes(name), name)
    case 'variable':
      return nonzero(reader.variableByteInteger(name), name)
    case 'string':
      reader.skipString(name)
      return 0
    case 'binary':
      reader.skipBinary(name)
      return 0
    case 'pair':
      reader.skipString('the name of a User Property')
      reader.skipString('the value of a User Property')
      return 0
  }
}

function nonzero(value: number, name: string): number {
  if (value === 0) throw protocolError(`${name} is 0`, 'MQTT-4.13.1-1')
  return value
}
