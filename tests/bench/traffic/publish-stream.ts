import type { Transport } from './places'
import { payloadOf, topicName, topicOrder, type TopicShape } from './topics'

/** What is sent: every topic once, then again and again. */
export interface Traffic {
  readonly shape: TopicShape
  readonly topics: number
}

/** How packets travel: as they are, or in WebSocket frames of so many packets. */
export type Framing = { readonly kind: 'plain' } | { readonly kind: 'web-socket'; readonly packetsAFrame: number }

/** Encoded packets of one length: `unitBytes` bytes carry `unitPackets` packets. */
export interface PacketCycle {
  readonly bytes: Buffer
  readonly unitBytes: number
  readonly unitPackets: number
}

/** In frames of many; topics and messages come in multiples of it. */
export const PACKETS_A_FRAME = 50

export function framingOf(transport: Transport): Framing {
  switch (transport) {
    case 'tcp':
    case 'tls':
      return { kind: 'plain' }
    case 'ws':
      return { kind: 'web-socket', packetsAFrame: 1 }
    case 'ws-batched':
    case 'wss-batched':
      return { kind: 'web-socket', packetsAFrame: PACKETS_A_FRAME }
  }
}

const PUBLISH_QOS_0 = 0x30
/** FIN and opcode 2, a binary frame (RFC 6455, section 5.2). */
const BINARY_FRAME = 0x82

/** One PUBLISH of QoS 0, without properties in MQTT 5.0 (protocol level 5) [MQTT-3.3.1]. */
export function encodePublish(topic: string, payload: string, protocolLevel: number): Buffer {
  const topicBytes = Buffer.from(topic)
  const body = Buffer.concat([
    Buffer.from([topicBytes.length >> 8, topicBytes.length & 0xff]),
    topicBytes,
    ...(protocolLevel === 5 ? [Buffer.from([0])] : []),
    Buffer.from(payload),
  ])
  return Buffer.concat([Buffer.from([PUBLISH_QOS_0, ...variableByteInteger(body.length)]), body])
}

/** [MQTT-1.5.5] */
function variableByteInteger(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...variableByteInteger(Math.floor(value / 128))]
}

/** The header of an unmasked binary WebSocket frame, as a server sends it. */
export function frameHeader(payloadBytes: number): Buffer {
  if (payloadBytes < 126) return Buffer.from([BINARY_FRAME, payloadBytes])
  const header = Buffer.alloc(payloadBytes < 65_536 ? 4 : 10)
  header[0] = BINARY_FRAME
  header[1] = payloadBytes < 65_536 ? 126 : 127
  if (payloadBytes < 65_536) header.writeUInt16BE(payloadBytes, 2)
  else header.writeBigUInt64BE(BigInt(payloadBytes), 2)
  return header
}

/** Every topic's packet once, in the order of that round. */
export function encodeCycle({ shape, topics }: Traffic, protocolLevel: number, framing: Framing, round: number): PacketCycle {
  const order = topicOrder(topics, round)
  const packetBytes = encodePublish(topicName(shape, 0), payloadOf(0), protocolLevel).length
  const unitPackets = framing.kind === 'plain' ? 1 : framing.packetsAFrame
  if (topics % unitPackets !== 0) throw new Error(`${topics} topics make no whole frames of ${unitPackets} packets`)
  const header = framing.kind === 'plain' ? Buffer.alloc(0) : frameHeader(packetBytes * unitPackets)
  const unitBytes = header.length + packetBytes * unitPackets
  const bytes = Buffer.allocUnsafe((topics / unitPackets) * unitBytes)
  for (let at = 0; at < topics; at += 1) {
    const unitStart = Math.floor(at / unitPackets) * unitBytes
    if (at % unitPackets === 0) header.copy(bytes, unitStart)
    const index = order[at] ?? 0
    const packet = encodePublish(topicName(shape, index), payloadOf(index), protocolLevel)
    if (packet.length !== packetBytes) throw new Error('packets of one shape have one length')
    packet.copy(bytes, unitStart + header.length + (at % unitPackets) * packetBytes)
  }
  return { bytes, unitBytes, unitPackets }
}
