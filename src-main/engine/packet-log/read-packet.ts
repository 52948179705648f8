import { reasonCodeName, reasonCodeOfReturnCode } from '@shared/mqtt/reason-code'
import { ByteReader } from '../wire/byte-reader'
import { bodyStartOf } from '../wire/fixed-header'
import { PacketType } from '../wire/packet-type'
import { PacketReading } from './packet-reading'
import type { StoredPacket } from './stored-packet'

/** Reads a stored packet as far as it can be read; what is wrong from there on is its `fault`. Never throws. */
export function readPacket(packet: StoredPacket): PacketReading {
  return read(packet, true)
}

/** The same without fields: for rows and filters, which look at many. */
export function skimPacket(packet: StoredPacket): PacketReading {
  return read(packet, false)
}

function read(packet: StoredPacket, inFull: boolean): PacketReading {
  const reading = new PacketReading(packet.type, inFull)
  const reader = new ByteReader(packet.stored, bodyStartOf(packet.stored))
  try {
    readBody(reading, reader, packet)
  } catch (error) {
    if (packet.cut === null) reading.fault = error instanceof Error ? error.message : String(error)
    else reading.field('…', 'the rest was not kept')
  }
  return reading
}

function readBody(reading: PacketReading, reader: ByteReader, packet: StoredPacket): void {
  switch (packet.type) {
    case PacketType.CONNECT:
      return readConnect(reading, reader, packet)
    case PacketType.CONNACK:
      return readConnack(reading, reader, packet)
    case PacketType.PUBLISH:
      return readPublish(reading, reader, packet)
    case PacketType.PUBACK:
    case PacketType.PUBREC:
    case PacketType.PUBREL:
    case PacketType.PUBCOMP:
      reading.packetIdentifier(reader)
      return readReason(reading, reader)
    case PacketType.SUBSCRIBE:
      return readSubscribe(reading, reader, packet)
    case PacketType.UNSUBSCRIBE:
      return readUnsubscribe(reading, reader, packet)
    case PacketType.SUBACK:
    case PacketType.UNSUBACK:
      return readGrants(reading, reader, packet)
    case PacketType.DISCONNECT:
      if (packet.version === 5) readReason(reading, reader, 'Normal disconnection')
      return
    case PacketType.AUTH:
      return readReason(reading, reader)
    default:
  }
}

function readConnect(reading: PacketReading, reader: ByteReader, { cut }: StoredPacket): void {
  reading.field('Protocol Name', reader.string('the protocol name'))
  const level = reader.byte('the protocol version')
  reading.field('Protocol Version', VERSIONS[level] ?? String(level))
  const flags = reader.byte('the connect flags')
  const clean = (flags & 0b10) !== 0
  reading.field(level === 5 ? 'Clean Start' : 'Clean Session', clean)
  reading.keepAliveSeconds = reader.twoBytes('the keep alive')
  reading.field('Keep Alive', `${reading.keepAliveSeconds} s`)
  if (level === 5) reading.properties(reader)
  const clientId = reader.string('the client identifier')
  reading.field('Client Identifier', clientId)
  reading.summary.push(`MQTT ${VERSIONS[level] ?? level}`, `client ${clientId}`, `keep alive ${reading.keepAliveSeconds} s`)
  if (clean) reading.summary.push(level === 5 ? 'clean start' : 'clean session')
  if ((flags & 0b100) !== 0) {
    if (level === 5) reading.properties(reader, 'Will: ')
    reading.topic('Will Topic', reader.string('the will topic'))
    const cutBytes = cut?.bytes ?? 0
    const kept = reader.twoBytes('the length of the will payload') - cutBytes
    reading.payload('Will Payload', reader.bytesOf(kept, 'the will payload'), cutBytes)
    reading.field('Will QoS', String((flags >> 3) & 0b11))
    reading.field('Will Retain', (flags & 0b10_0000) !== 0)
    reading.summary.push('will')
  }
  if ((flags & 0x80) !== 0) {
    const userName = reader.string('the user name')
    reading.field('User Name', userName)
    reading.summary.push(`user ${userName}`)
  }
  if ((flags & 0x40) !== 0) {
    reading.secret('Password', reader.binary('the password').length)
    reading.summary.push('password')
  }
}

const VERSIONS: Readonly<Record<number, string>> = { 3: '3.1', 4: '3.1.1', 5: '5.0' }

function readConnack(reading: PacketReading, reader: ByteReader, { version }: StoredPacket): void {
  const sessionPresent = (reader.byte('the acknowledge flags') & 1) !== 0
  reading.field('Session Present', sessionPresent)
  const code = reader.byte('the reason code')
  // A server of 3.1.1 answers a CONNECT of 5.0 with a return code of its own.
  const isReturnCode = code !== 0 && (version === 4 || code < 0x80)
  const reasonCode = isReturnCode ? reasonCodeOfReturnCode(code) : code
  reading.reasonCode(reasonCode, reasonCodeName(reasonCode), code)
  if (sessionPresent) reading.summary.push('session present')
  if (version === 5 && reader.left > 0) reading.properties(reader)
}

function readPublish(reading: PacketReading, reader: ByteReader, { version, stored, cut }: StoredPacket): void {
  const flags = (stored[0] ?? 0) & 0x0f
  reading.qos = (flags >> 1) & 0b11
  reading.retain = (flags & 1) !== 0
  const dup = (flags & 0b1000) !== 0
  reading.field('QoS', String(reading.qos))
  reading.field('DUP', dup)
  reading.field('Retain', reading.retain)
  reading.summary.push(`QoS ${reading.qos}`)
  reading.topic('Topic Name', reader.string('the topic name'))
  if (reading.qos > 0) reading.packetIdentifier(reader)
  if (dup) reading.summary.push('DUP')
  if (reading.retain) reading.summary.push('retain')
  if (version === 5) reading.properties(reader)
  const alias = reading.numbers.get(0x23)
  if (alias !== undefined) reading.summary.push(`alias ${alias}`)
  reading.payload('Payload', reader.bytesOf(reader.left, 'the payload'), cut?.bytes ?? 0)
}

function readSubscribe(reading: PacketReading, reader: ByteReader, { version }: StoredPacket): void {
  reading.packetIdentifier(reader)
  if (version === 5) reading.properties(reader)
  while (reader.left > 0) {
    const filter = reader.string('a topic filter')
    const options = reader.byte('the subscription options')
    const qos = `QoS ${options & 0b11}`
    const more = version === 4 ? [] : [
      ...((options & 0b100) !== 0 ? ['No Local'] : []),
      ...((options & 0b1000) !== 0 ? ['Retain As Published'] : []),
      `Retain Handling ${(options >> 4) & 0b11}`,
    ]
    reading.topic('Topic Filter', filter, ` · ${[qos, ...more].join(' · ')}`)
    if (reading.topics.length === 1) reading.summary.push(qos)
  }
}

function readUnsubscribe(reading: PacketReading, reader: ByteReader, { version }: StoredPacket): void {
  reading.packetIdentifier(reader)
  if (version === 5) reading.properties(reader)
  while (reader.left > 0) reading.topic('Topic Filter', reader.string('a topic filter'))
}

function readGrants(reading: PacketReading, reader: ByteReader, { version, type }: StoredPacket): void {
  reading.packetIdentifier(reader)
  if (version === 5) reading.properties(reader)
  while (reader.left > 0) {
    const code = reader.byte('a reason code')
    if (type === PacketType.SUBACK && code === 0) reading.reasonCode(0, 'Granted QoS 0')
    else if (version === 4 && code === 0x80) reading.reasonCode(code, 'Failure')
    else reading.reasonCode(code)
  }
}

/** A reason code and properties, both of which may be left out. */
function readReason(reading: PacketReading, reader: ByteReader, success?: string): void {
  if (reader.left === 0) return
  const code = reader.byte('the reason code')
  reading.reasonCode(code, code === 0 ? success : undefined)
  if (reader.left > 0) reading.properties(reader)
}
