import fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { PacketChecker } from '../../../../../src-main/engine/wire/packet-checker'
import { PacketFramer } from '../../../../../src-main/engine/wire/packet-framer'

const PACKETS_FROM_A_SERVER: readonly Packet[] = [
  { cmd: 'connack', reasonCode: 0, returnCode: 0, sessionPresent: false, properties: { assignedClientIdentifier: 'x', receiveMaximum: 20 } },
  { cmd: 'suback', messageId: 1, granted: [0, 1, 2, 0x80] },
  { cmd: 'publish', topic: 'a/b', payload: 'x', qos: 0, retain: true, dup: false },
  { cmd: 'publish', topic: 'ä/b', payload: Buffer.alloc(300, 1), qos: 1, retain: false, dup: true, messageId: 9 },
  {
    cmd: 'publish',
    topic: 'c',
    payload: '',
    qos: 2,
    retain: false,
    dup: false,
    messageId: 10,
    properties: { contentType: 'text/plain', userProperties: { a: ['1', '2'] }, subscriptionIdentifier: 3, messageExpiryInterval: 5 },
  },
  { cmd: 'publish', topic: 'big', payload: Buffer.alloc(2_000, 2), qos: 0, retain: false, dup: false },
  { cmd: 'puback', messageId: 2, reasonCode: 0x10 },
  { cmd: 'pubrec', messageId: 3 },
  { cmd: 'pubrel', messageId: 10 },
  { cmd: 'pubcomp', messageId: 3 },
  { cmd: 'unsuback', messageId: 4, granted: [0] },
  { cmd: 'pingresp' },
]

function encode(packet: Packet, protocolVersion: 4 | 5): Buffer {
  return generate(packet, { protocolVersion })
}

function frame(chunks: readonly Uint8Array[], maximumPacketBytes = 1_000_000): Buffer[] {
  const packets: Buffer[] = []
  const framer = new PacketFramer(maximumPacketBytes, (packet) => packets.push(Buffer.from(packet)))
  for (const chunk of chunks) framer.push(chunk)
  return packets
}

/** The stream cut at these places. */
function cut(stream: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places)].sort((a, b) => a - b)
  return [...ends, stream.length].map((end, index) => stream.subarray(index === 0 ? 0 : ends[index - 1], end))
}

describe.each([4, 5] as const)('protocol version %i', (version) => {
  const encoded = PACKETS_FROM_A_SERVER.map((packet) => encode(packet, version))
  const stream = Buffer.concat(encoded)

  it('gives each packet out once, whole, in order, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 40 }), (places) => {
        expect(frame(cut(stream, places)).map((packet) => packet.toString('hex'))).toEqual(encoded.map((packet) => packet.toString('hex')))
      }),
    )
    expect(frame(cut(stream, Array.from({ length: stream.length }, (_, index) => index)))).toEqual(encoded)
  })

  it('has no fault to find with what mqtt-packet writes', () => {
    const checker = new PacketChecker(version, 0)
    const verdicts = encoded.map((packet) => {
      const bodyStart = 1 + [...packet.subarray(1)].findIndex((byte) => (byte & 0x80) === 0) + 1
      return checker.check(packet, bodyStart).kind
    })
    expect(verdicts).toEqual(encoded.map(() => 'pass'))
  })
})

it('takes a packet of exactly the limit, and refuses a larger one before it came', () => {
  const packet = encode({ cmd: 'publish', topic: 'a', payload: Buffer.alloc(500), qos: 0, retain: false, dup: false }, 4)
  expect(frame([packet], packet.length)).toHaveLength(1)
  expect(() => frame([packet.subarray(0, 3)], packet.length - 1)).toThrow(/506 bytes, where 505 are accepted/)
})
