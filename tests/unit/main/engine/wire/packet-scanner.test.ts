import fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { copyTo } from '../../../../../src-main/engine/wire/network-reader'
import { PacketChecker } from '../../../../../src-main/engine/wire/packet-checker'
import { PacketScanner } from '../../../../../src-main/engine/wire/packet-scanner'
import { PacketType } from '../../../../../src-main/engine/wire/packet-type'
import { locatePublish, PublishFields } from '../../../../../src-main/engine/wire/publish-fields'
import { NaiveInlet } from '../../support/naive-intake'

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

function setUp(maximumPacketBytes = 1_000_000) {
  const packets: Buffer[] = []
  const inlet = new NaiveInlet()
  const scanner = new PacketScanner(inlet, maximumPacketBytes, (bytes, start, _bodyStart, end) => packets.push(Buffer.from(bytes.slice(start, end))))
  const reader = {
    room: () => inlet.room(),
    filled: (count: number) => {
      inlet.filled(count)
      scanner.scan()
    },
  }
  return { packets, inlet, arrive: (chunk: Uint8Array) => copyTo(reader, chunk) }
}

function scan(chunks: readonly Uint8Array[], maximumPacketBytes?: number): Buffer[] {
  const { packets, arrive } = setUp(maximumPacketBytes)
  for (const chunk of chunks) arrive(chunk)
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
        expect(scan(cut(stream, places)).map((packet) => packet.toString('hex'))).toEqual(encoded.map((packet) => packet.toString('hex')))
      }),
    )
    expect(scan(cut(stream, Array.from({ length: stream.length }, (_, index) => index)))).toEqual(encoded)
  })

  it('has no fault to find with what mqtt-packet writes', () => {
    const checker = new PacketChecker(version, false)
    const scanner = (inlet: NaiveInlet) =>
      new PacketScanner(inlet, 1_000_000, (bytes, start, bodyStart, end) => {
        checker.checkOrder((bytes[start] ?? 0) >> 4)
        if ((bytes[start] ?? 0) >> 4 === PacketType.PUBLISH) locatePublish(bytes, start, bodyStart, end, version === 5, new PublishFields())
        else checker.check(bytes, start, bodyStart, end)
      })
    const inlet = new NaiveInlet()
    inlet.room().set(stream)
    inlet.filled(stream.length)
    expect(() => scanner(inlet).scan()).not.toThrow()
    expect(inlet.start).toBe(stream.length)
  })
})

it('takes a packet of exactly the limit, and refuses a larger one before it came', () => {
  const packet = encode({ cmd: 'publish', topic: 'a', payload: Buffer.alloc(500), qos: 0, retain: false, dup: false }, 4)
  expect(scan([packet], packet.length)).toHaveLength(1)
  expect(() => scan([packet.subarray(0, 3)], packet.length - 1)).toThrow(/506 bytes, where 505 are accepted/)
})

it('says how long the packet will be that has begun, once that is known', () => {
  const { inlet, arrive, packets } = setUp()
  const packet = encode({ cmd: 'publish', topic: 'a', payload: Buffer.alloc(500), qos: 0, retain: false, dup: false }, 4)
  const expected = [...packet].map((byte) => {
    arrive(Uint8Array.of(byte))
    return inlet.expected
  })
  expect(expected).toEqual([0, 0, ...Array<number>(packet.length - 3).fill(packet.length), 0])
  expect(packets).toEqual([packet])
})

it('has dealt with what it handed on, also when that was found wrong', () => {
  const inlet = new NaiveInlet()
  const scanner = new PacketScanner(inlet, 1_000, () => {
    throw new Error('wrong')
  })
  inlet.room().set([0xd0, 0, 0xd0, 0])
  inlet.filled(4)
  expect(() => scanner.scan()).toThrow('wrong')
  expect([inlet.start, inlet.end]).toEqual([2, 4])
})

it.each([
  ['two bytes for 0', [0x30, 0x80, 0x00], /shortest form/],
  ['three bytes for 127', [0x30, 0xff, 0x80, 0x00], /shortest form/],
  ['five bytes', [0x30, 0xff, 0xff, 0xff, 0xff], /more than four bytes/],
])('refuses a Remaining Length in more bytes than it needs: %s', (_what, bytes, words) => {
  expect(() => scan([Uint8Array.from(bytes)])).toThrow(words)
  expect(() => scan(bytes.map((byte) => Uint8Array.of(byte)))).toThrow(words)
})
