import { ByteReader } from '../wire/byte-reader'
import { bodyStartOf } from '../wire/fixed-header'
import { PacketType } from '../wire/packet-type'
import { malformed } from '../wire/violation'
import { readProperties } from '../wire/read-properties'

/** How much of a payload is kept unless all of it is asked for. */
const KEPT_PAYLOAD_BYTES = 64
/** How much of a packet is kept in any case: one packet must not push all others out of the log. */
const MOST_BYTES = 256 * 1024
/** What stands in the place of a secret: `*`. */
const MASK = 0x2a

/** A packet as the log keeps it: secrets masked, `cut.bytes` bytes left out at `cut.at`. */
export interface StoredPacket {
  readonly version: 4 | 5
  /** The first four bits [MQTT-2.1.2]. */
  readonly type: number
  /** Of the whole packet. */
  readonly bytes: number
  readonly stored: Uint8Array
  readonly cut: { readonly at: number; readonly bytes: number } | null
}

/** A copy of a packet to keep. Never throws, and never holds a password or authentication data. */
export function storedPacket(packet: Uint8Array, version: 4 | 5, wholePayload: boolean): StoredPacket {
  const type = (packet[0] ?? 0) >> 4
  const { stored, cut } = kept(packet, type, version, wholePayload ? Infinity : KEPT_PAYLOAD_BYTES)
  return { version, type, bytes: packet.length, stored, cut }
}

function kept(packet: Uint8Array, type: number, version: 4 | 5, keptPayload: number): Kept {
  switch (type) {
    case PacketType.CONNECT:
      return storedConnect(packet, keptPayload)
    case PacketType.PUBLISH:
      return firstBytes(packet, payloadStart(packet, version) + keptPayload)
    case PacketType.CONNACK:
    case PacketType.AUTH:
      return storedAnswer(packet, type)
    default:
      return firstBytes(packet, MOST_BYTES)
  }
}

type Kept = Pick<StoredPacket, 'stored' | 'cut'>

function firstBytes(packet: Uint8Array, wanted: number): Kept {
  const length = Math.min(wanted, MOST_BYTES)
  const cut = packet.length > length ? { at: length, bytes: packet.length - length } : null
  // A copy: what came from the network is a part of a larger piece, which it would hold in memory.
  return { stored: Buffer.from(packet.subarray(0, length)), cut }
}

/** Of a packet that cannot be read so far: where reading ended. */
function payloadStart(packet: Uint8Array, version: 4 | 5): number {
  const reader = new ByteReader(packet, bodyStartOf(packet))
  try {
    reader.binary('the topic name')
    if ((((packet[0] ?? 0) >> 1) & 0b11) !== 0) reader.twoBytes('the packet identifier')
    if (version === 5) reader.section(reader.variableByteInteger('Property Length'), 'the properties')
  } catch {
    return reader.at
  }
  return reader.at
}

function storedConnect(packet: Uint8Array, keptPayload: number): Kept {
  const copy = Buffer.from(packet)
  const bodyStart = bodyStartOf(copy)
  const reader = new ByteReader(copy, bodyStart)
  let will: { at: number; bytes: number } | null = null
  try {
    reader.binary('the protocol name')
    const level = reader.byte('the protocol version')
    const flags = reader.byte('the connect flags')
    reader.twoBytes('the keep alive')
    if (level === 5) maskProperties(reader)
    reader.binary('the client identifier')
    if ((flags & 0b100) !== 0) {
      if (level === 5) maskProperties(reader)
      reader.binary('the will topic')
      const { length } = reader.binary('the will payload')
      will = { at: reader.at - length, bytes: length }
    }
    if ((flags & 0x80) !== 0) reader.binary('the user name')
    if ((flags & 0x40) !== 0) reader.binary('the password').fill(MASK)
    if (reader.left > 0) throw malformed('CONNECT is too long', 'MQTT-3.1.3-1')
  } catch {
    // What cannot be read may be a secret anywhere.
    return { stored: copy.fill(MASK, bodyStart), cut: null }
  }
  if (will === null || will.bytes <= keptPayload) return { stored: copy, cut: null }
  const cut = { at: will.at + keptPayload, bytes: will.bytes - keptPayload }
  return { stored: Buffer.concat([copy.subarray(0, cut.at), copy.subarray(cut.at + cut.bytes)]), cut }
}

/** CONNACK or AUTH: both may hold authentication data. */
function storedAnswer(packet: Uint8Array, type: number): Kept {
  const answer = firstBytes(packet, MOST_BYTES)
  const reader = new ByteReader(answer.stored, bodyStartOf(answer.stored))
  try {
    if (type === PacketType.CONNACK) reader.byte('the flags')
    reader.byte('the reason code')
    if (reader.left > 0) maskProperties(reader)
  } catch {
    // Of a broken packet from the broker the sound part is masked, and the rest is what one wants to see. An AUTH may be ours.
    if (type === PacketType.AUTH) answer.stored.fill(MASK, bodyStartOf(answer.stored))
  }
  return answer
}

function maskProperties(reader: ByteReader): void {
  for (const { id, value } of readProperties(reader)) if (id === 0x16 && value instanceof Uint8Array) value.fill(MASK)
}
