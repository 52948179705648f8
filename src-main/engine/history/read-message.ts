import type { QoS } from '@shared/mqtt/qos'
import type { NodeId } from '../topics/node-id'

/** A message of the log, decoded on demand. Its bytes are views into the log: use or copy them before the engine takes more from the network. */
export interface LoggedMessage {
  readonly sequence: number
  readonly topic: NodeId
  readonly receivedAtMs: number
  readonly qos: QoS
  readonly retain: boolean
  readonly dup: boolean
  readonly payload: Uint8Array
  /** MQTT 5.0 PUBLISH properties as they came, without their length; empty for none. */
  readonly properties: Uint8Array
  /** The whole packet's size. */
  readonly packetBytes: number
}

/** What the index knows of a message. */
export interface MessageHead {
  readonly sequence: number
  readonly topic: NodeId
  readonly receivedAtMs: number
}

const NO_BYTES: Uint8Array = new Uint8Array()

/** Where the packet that begins at `at` ends. */
export function packetEnd(bytes: Uint8Array, at: number): number {
  return integerEnd(bytes, at + 1) + integerAt(bytes, at + 1)
}

/** Reads the PUBLISH packet at `at` [MQTT-3.3], which was checked when it came: nothing is checked again. */
export function readMessage(bytes: Uint8Array, at: number, isMqtt5: boolean, { sequence, topic, receivedAtMs }: MessageHead): LoggedMessage {
  const flags = bytes[at] ?? 0
  const qos = qosOf(flags)
  const end = packetEnd(bytes, at)
  const topicAt = integerEnd(bytes, at + 1)
  // After the topic comes a packet identifier, of QoS 1 and 2 only [MQTT-2.2.1-2].
  let payloadAt = topicAt + 2 + (bytes[topicAt] ?? 0) * 0x100 + (bytes[topicAt + 1] ?? 0) + (qos === 0 ? 0 : 2)
  let properties = NO_BYTES
  if (isMqtt5) {
    const propertiesAt = integerEnd(bytes, payloadAt)
    const propertiesEnd = propertiesAt + integerAt(bytes, payloadAt)
    properties = bytes.subarray(propertiesAt, propertiesEnd)
    payloadAt = propertiesEnd
  }
  return {
    sequence,
    topic,
    receivedAtMs,
    qos,
    retain: (flags & 0b0001) !== 0,
    dup: (flags & 0b1000) !== 0,
    payload: bytes.subarray(payloadAt, end),
    properties,
    packetBytes: end - at,
  }
}

function qosOf(flags: number): QoS {
  const qos = (flags >> 1) & 0b11
  return qos === 1 || qos === 2 ? qos : 0
}

/** The value of the Variable Byte Integer at `at` [MQTT-1.5.5]. */
function integerAt(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let index = at, shift = 0; ; index += 1, shift += 7) {
    const byte = bytes[index] ?? 0
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return value
  }
}

function integerEnd(bytes: Uint8Array, at: number): number {
  let end = at
  while ((bytes[end] ?? 0) >= 0x80) end += 1
  return end + 1
}
