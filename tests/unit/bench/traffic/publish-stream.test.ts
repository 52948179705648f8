import { once } from 'node:events'
import { generate, parser, type IPublishPacket, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { encodeCycle, encodePublish, framingOf, frameHeader } from '../../../bench/traffic/publish-stream'
import { payloadOf, topicName } from '../../../bench/traffic/topics'

const TRAFFIC = { shape: 'fleet', topics: 200 } as const

function packetsOf(bytes: Buffer, protocolVersion: 4 | 5): IPublishPacket[] {
  const packets: Packet[] = []
  const reader = parser({ protocolVersion })
  reader.on('packet', (packet) => packets.push(packet))
  reader.parse(bytes)
  return packets.filter((packet) => packet.cmd === 'publish')
}

/** The messages that a client of a WebSocket library finds in what its server's socket sends. */
async function readByLibrary(bytes: Buffer): Promise<Buffer[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (webSocket, { socket }) => socket.write(bytes, () => webSocket.close()))
  await once(server, 'listening')
  const address = server.address()
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  const messages: Buffer[] = []
  client.on('message', (data: Buffer, isBinary) => {
    expect(isBinary).toBe(true)
    messages.push(data)
  })
  await once(client, 'close')
  server.close()
  return messages
}

describe('encodePublish', () => {
  it.each([4, 5] as const)('writes what mqtt-packet writes, protocol level %i', (level) => {
    for (const payload of ['', 'x', 'y'.repeat(127), 'z'.repeat(20_000)]) {
      const theirs = generate({ cmd: 'publish', topic: 'a/ß', payload, qos: 0, retain: false, dup: false }, { protocolVersion: level })
      expect(encodePublish('a/ß', payload, level).equals(theirs)).toBe(true)
    }
  })

  it('makes packets of 150 bytes, of 151 in MQTT 5.0', () => {
    expect(encodePublish(topicName('fleet', 5), payloadOf(5), 4).length).toBe(150)
    expect(encodePublish(topicName('fleet', 5), payloadOf(5), 5).length).toBe(151)
  })
})

describe('encodeCycle', () => {
  it.each([4, 5] as const)('holds every topic once with its payload, protocol level %i', (level) => {
    const { bytes, unitBytes, unitPackets } = encodeCycle(TRAFFIC, level, framingOf('tcp'), 0)
    const packets = packetsOf(bytes, level)
    expect(bytes.length).toBe(unitBytes * TRAFFIC.topics)
    expect(unitPackets).toBe(1)
    const wanted = Array.from({ length: TRAFFIC.topics }, (_, index) => `${topicName('fleet', index)} ${payloadOf(index)}`)
    expect(packets.map(({ topic, payload }) => `${topic} ${payload.toString()}`).sort()).toEqual(wanted.sort())
  })

  it.each(['ws', 'ws-batched'] as const)('%s: in frames that a WebSocket library reads', async (transport) => {
    const { bytes, unitBytes, unitPackets } = encodeCycle(TRAFFIC, 4, framingOf(transport), 1)
    const messages = await readByLibrary(bytes)
    expect(messages.length).toBe(bytes.length / unitBytes)
    expect(new Set(messages.map((message) => packetsOf(message, 4).length))).toEqual(new Set([unitPackets]))
    const topics = packetsOf(Buffer.concat(messages), 4).map(({ topic }) => topic)
    expect(new Set(topics).size).toBe(TRAFFIC.topics)
  })

  it('refuses topics that make no whole frames', () => {
    expect(() => encodeCycle({ shape: 'fleet', topics: 10 }, 4, framingOf('ws-batched'), 0)).toThrow('no whole frames')
  })
})

describe('frameHeader', () => {
  it('has the three lengths of RFC 6455, section 5.2', () => {
    expect([...frameHeader(125)]).toEqual([0x82, 125])
    expect([...frameHeader(126)]).toEqual([0x82, 126, 0, 126])
    expect([...frameHeader(65_535)]).toEqual([0x82, 126, 255, 255])
    expect([...frameHeader(65_536)]).toEqual([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0])
  })
})
