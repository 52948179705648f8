import type { QoS } from '@shared/mqtt/qos'
import { ByteReader } from './byte-reader'
import { checkPropertyList } from './check-properties'
import { PacketType } from './packet-type'
import { malformed, protocolError } from './violation'

/** Where the parts of a PUBLISH lie in the bytes that hold it. One serves all packets: nothing is made for each. */
export class PublishFields {
  start = 0
  end = 0
  qos: QoS = 0
  retain = false
  dup = false
  topicStart = 0
  topicEnd = 0
  /** 0 for QoS 0. */
  packetIdentifier = 0
  /** Without their length; empty before MQTT 5.0. */
  propertiesStart = 0
  propertiesEnd = 0
  /** 0 for none. */
  topicAlias = 0
  /** The payload ends where the packet does. */
  payloadStart = 0
}

const reader = new ByteReader(new Uint8Array(), 0)

/**
 * Finds the parts of the PUBLISH `bytes[start, end)`, whose variable header begins at `bodyStart`, and refuses what section
 * 3.3 forbids, apart from what only its topic or its alias can tell.
 * @throws {ProtocolViolation}
 */
export function locatePublish(bytes: Uint8Array, start: number, bodyStart: number, end: number, isMqtt5: boolean, into: PublishFields): void {
  const flags = bytes[start] ?? 0
  const qos = qosOf(flags)
  if (qos === 0 && (flags & 0b1000) !== 0) throw protocolError('PUBLISH with DUP and QoS 0', 'MQTT-3.3.1-2')
  const topicStart = bodyStart + 2
  if (topicStart > end) throw malformed('the length of the topic name is missing', 'MQTT-4.13.1-1')
  const topicEnd = topicStart + twoBytesAt(bytes, bodyStart)
  if (topicEnd > end) throw malformed('the topic name is longer than its packet', 'MQTT-4.13.1-1')
  let at = topicEnd
  into.packetIdentifier = 0
  if (qos !== 0) {
    if (at + 2 > end) throw malformed('the packet identifier is missing', 'MQTT-4.13.1-1')
    into.packetIdentifier = twoBytesAt(bytes, at)
    if (into.packetIdentifier === 0) throw malformed('packet identifier 0', 'MQTT-2.2.1-3')
    at += 2
  }
  into.start = start
  into.end = end
  into.qos = qos
  into.retain = (flags & 1) !== 0
  into.dup = (flags & 0b1000) !== 0
  into.topicStart = topicStart
  into.topicEnd = topicEnd
  into.topicAlias = 0
  if (!isMqtt5) {
    into.propertiesStart = into.propertiesEnd = at
  } else if (at < end && bytes[at] === 0) {
    // No properties, as most have none.
    at += 1
    into.propertiesStart = into.propertiesEnd = at
  } else {
    reader.reset(bytes, at, end)
    const length = reader.variableByteInteger('Property Length')
    into.propertiesStart = reader.at
    into.topicAlias = checkPropertyList(reader, length, PacketType.PUBLISH)
    into.propertiesEnd = at = reader.at
  }
  into.payloadStart = at
}

function twoBytesAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

function qosOf(flags: number): QoS {
  switch ((flags >> 1) & 0b11) {
    case 0:
      return 0
    case 1:
      return 1
    case 2:
      return 2
    default:
      throw malformed('PUBLISH with QoS 3', 'MQTT-3.3.1-4')
  }
}
