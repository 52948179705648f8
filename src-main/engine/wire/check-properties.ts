import type { ByteReader } from './byte-reader'
import { PacketType } from './packet-type'
import { malformed, protocolError } from './violation'

export type PropertyKind = 'boolean' | 'two' | 'nonzero-two' | 'four' | 'nonzero-four' | 'variable' | 'string' | 'binary' | 'pair'

export interface Property {
  readonly name: string
  readonly kind: PropertyKind
  /** In which packets from a server it may stand. */
  readonly packets: readonly number[]
  readonly repeats?: true
}

const { CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH } = PacketType
const ANSWERS = [CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH]

/** MQTT 5.0, section 2.2.2.2, table 2-4. */
export const PROPERTIES: ReadonlyMap<number, Property> = new Map<number, Property>([
  [0x01, { name: 'Payload Format Indicator', kind: 'boolean', packets: [PUBLISH] }],
  [0x02, { name: 'Message Expiry Interval', kind: 'four', packets: [PUBLISH] }],
  [0x03, { name: 'Content Type', kind: 'string', packets: [PUBLISH] }],
  [0x08, { name: 'Response Topic', kind: 'string', packets: [PUBLISH] }],
  [0x09, { name: 'Correlation Data', kind: 'binary', packets: [PUBLISH] }],
  [0x0b, { name: 'Subscription Identifier', kind: 'variable', packets: [PUBLISH], repeats: true }],
  [0x11, { name: 'Session Expiry Interval', kind: 'four', packets: [CONNACK] }],
  [0x12, { name: 'Assigned Client Identifier', kind: 'string', packets: [CONNACK] }],
  [0x13, { name: 'Server Keep Alive', kind: 'two', packets: [CONNACK] }],
  [0x15, { name: 'Authentication Method', kind: 'string', packets: [CONNACK, AUTH] }],
  [0x16, { name: 'Authentication Data', kind: 'binary', packets: [CONNACK, AUTH] }],
  [0x17, { name: 'Request Problem Information', kind: 'boolean', packets: [] }],
  [0x18, { name: 'Will Delay Interval', kind: 'four', packets: [] }],
  [0x19, { name: 'Request Response Information', kind: 'boolean', packets: [] }],
  [0x1a, { name: 'Response Information', kind: 'string', packets: [CONNACK] }],
  [0x1c, { name: 'Server Reference', kind: 'string', packets: [CONNACK, DISCONNECT] }],
  [0x1f, { name: 'Reason String', kind: 'string', packets: ANSWERS }],
  [0x21, { name: 'Receive Maximum', kind: 'nonzero-two', packets: [CONNACK] }],
  [0x22, { name: 'Topic Alias Maximum', kind: 'two', packets: [CONNACK] }],
  [0x23, { name: 'Topic Alias', kind: 'nonzero-two', packets: [PUBLISH] }],
  [0x24, { name: 'Maximum QoS', kind: 'boolean', packets: [CONNACK] }],
  [0x25, { name: 'Retain Available', kind: 'boolean', packets: [CONNACK] }],
  [0x26, { name: 'User Property', kind: 'pair', packets: [...ANSWERS, PUBLISH], repeats: true }],
  [0x27, { name: 'Maximum Packet Size', kind: 'nonzero-four', packets: [CONNACK] }],
  [0x28, { name: 'Wildcard Subscription Available', kind: 'boolean', packets: [CONNACK] }],
  [0x29, { name: 'Subscription Identifier Available', kind: 'boolean', packets: [CONNACK] }],
  [0x2a, { name: 'Shared Subscription Available', kind: 'boolean', packets: [CONNACK] }],
])

/** What of a PUBLISH's properties decides how the packet is handled. */
export interface CheckedProperties {
  readonly topicAlias: number | null
}

/** Reads the properties of a packet of this type, and refuses what section 2.2.2 forbids. @throws {ProtocolViolation} */
export function checkProperties(reader: ByteReader, packetType: number): CheckedProperties {
  const section = reader.section(reader.variableByteInteger('Property Length'), 'the properties')
  const seen = new Set<number>()
  let topicAlias: number | null = null
  while (section.left > 0) {
    const id = section.variableByteInteger('a property identifier')
    const property = PROPERTIES.get(id)
    if (property === undefined || !property.packets.includes(packetType)) {
      throw malformed(`property 0x${id.toString(16).padStart(2, '0')} in a packet that has none such`, 'MQTT-2.2.2.2')
    }
    if (seen.has(id) && property.repeats !== true) throw protocolError(`${property.name} twice`, 'MQTT-2.2.2.2')
    seen.add(id)
    const value = readValue(section, property)
    if (id === 0x23) topicAlias = value
  }
  return { topicAlias }
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
      reader.string(name)
      return 0
    case 'binary':
      reader.binary(name)
      return 0
    case 'pair':
      reader.string(`the name of a ${name}`)
      reader.string(`the value of a ${name}`)
      return 0
  }
}

function nonzero(value: number, name: string): number {
  if (value === 0) throw protocolError(`${name} is 0`, 'MQTT-4.13.1-1')
  return value
}
