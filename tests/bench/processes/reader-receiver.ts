import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { generate } from 'mqtt-packet'
import { encodePublish, framingOf, frameHeader, type Framing } from '../traffic/publish-stream'
import { PROTOCOLS, type Place } from '../traffic/places'
import { payloadOf, topicName } from '../traffic/topics'
import { Arrival } from './arrival'
import { serve } from './calls'
import { ownUsage, type ReceiverApi } from './receiver-api'

// A socket that only reads: how fast the blaster and this machine are when nobody looks at the messages.
const PROTOCOL_LEVEL = 4
const READ_BYTES = 1024 * 1024
const SUBACK = Buffer.from([0x90, 3, 0, 1, 0])

const arrival = new Arrival()
let unreadBytes = 0
let unit = { bytes: 1, packets: 1 }
let head = Buffer.alloc(0)
let tellReady: (() => void) | null = null

function take(chunk: Buffer, count: number): void {
  if (tellReady === null) {
    unreadBytes += count
    const units = Math.floor(unreadBytes / unit.bytes)
    unreadBytes -= units * unit.bytes
    arrival.count += units * unit.packets
    if (units > 0) arrival.look()
    return
  }
  head = Buffer.concat([head, chunk.subarray(0, count)])
  if (!head.subarray(-SUBACK.length).equals(SUBACK)) return
  tellReady()
  tellReady = null
}

function unitOf(framing: Framing): { bytes: number; packets: number } {
  const packetBytes = encodePublish(topicName('fleet', 0), payloadOf(0), PROTOCOL_LEVEL).length
  if (framing.kind === 'plain') return { bytes: packetBytes, packets: 1 }
  const payloadBytes = packetBytes * framing.packetsAFrame
  return { bytes: frameHeader(payloadBytes).length + payloadBytes, packets: framing.packetsAFrame }
}

function openSocket({ transport, port, authority }: Place): Socket {
  const buffer = Buffer.allocUnsafe(READ_BYTES)
  if (['mqtts', 'wss'].includes(PROTOCOLS[transport])) {
    return connectTls({ host: '127.0.0.1', port, ca: authority }).on('data', (chunk: Buffer) => take(chunk, chunk.length))
  }
  const callback = (count: number): boolean => (take(buffer, count), true)
  return connectTcp({ host: '127.0.0.1', port, onread: { buffer, callback } })
}

function requestsOf(framing: Framing): Buffer[] {
  const packets = Buffer.concat([
    generate({ cmd: 'connect', clientId: 'reader', protocolId: 'MQTT', protocolVersion: PROTOCOL_LEVEL, clean: true, keepalive: 0 }),
    generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '#', qos: 0 }] }),
  ])
  if (framing.kind === 'plain') return [packets]
  const upgrade = ['GET /mqtt HTTP/1.1', 'Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  const key = `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`
  const request = [...upgrade, key, 'Sec-WebSocket-Protocol: mqtt', '', ''].join('\r\n')
  // A client masks its frames (RFC 6455, section 5.3); a mask of zeros leaves them as they are.
  return [Buffer.from(request), Buffer.from([0x82, 0x80 | packets.length, 0, 0, 0, 0]), packets]
}

serve({
  async connect({ place }) {
    const framing = framingOf(place.transport)
    unit = unitOf(framing)
    const ready = new Promise<void>((resolve) => (tellReady = resolve))
    openSocket(place).write(Buffer.concat(requestsOf(framing)))
    await ready
  },
  expect: (messages) => arrival.expect(messages),
  arrived: () => arrival.arrived(),
  received: () => arrival.count,
  ...ownUsage,
} satisfies ReceiverApi)
