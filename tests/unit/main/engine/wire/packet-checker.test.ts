import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketChecker } from '../../../../../src-main/engine/wire/packet-checker'
import { PACKET_NAMES, PacketType } from '../../../../../src-main/engine/wire/packet-type'
import { MALFORMED_PACKET, PROTOCOL_ERROR, ProtocolViolation } from '../../../../../src-main/engine/wire/violation'

type Version = 4 | 5
type Bytes = readonly number[]

/** A checker, of a client that authenticates, sees these packets, each as its first byte and its body. */
function check(version: Version, packets: readonly Bytes[]): void {
  const checker = new PacketChecker(version, true)
  for (const [first = 0, ...body] of packets) {
    checker.checkOrder(first >> 4)
    // It does not lie at the beginning of what the network brought, nor at the end.
    checker.check(Uint8Array.of(0xff, first, body.length, ...body, 0xff), 1, 3, 3 + body.length)
  }
}

const connackOf = (version: Version): Bytes => (version === 5 ? [0x20, 0, 0, 0] : [0x20, 0, 0])
/** What becomes of a packet once connected. */
const online = (version: Version, packet: Bytes): void => check(version, [connackOf(version), packet])

function expectViolation(action: () => unknown, clause: string, reasonCode: number): void {
  expect(action).toThrow(ProtocolViolation)
  expect(action).toThrow(expect.objectContaining({ clause, reasonCode }))
}

describe.each([4, 5] as const)('version %i: the order of packets', (version) => {
  it.each([
    ['PUBLISH', [0x30, 0, 1, 0x61, 0]],
    ['SUBACK', version === 5 ? [0x90, 0, 1, 0, 0] : [0x90, 0, 1, 0]],
    ['PINGRESP', [0xd0]],
    ['DISCONNECT', [0xe0]],
  ])('nothing comes before CONNACK: %s', (_name, packet) => {
    expectViolation(() => check(version, [packet]), 'MQTT-3.2.0-1', PROTOCOL_ERROR)
  })

  it('there is one CONNACK', () => {
    expectViolation(() => online(version, connackOf(version)), 'MQTT-3.2.0-2', PROTOCOL_ERROR)
  })

  it.each([0, 1, 8, 10, 12])('a server never sends type %i', (type) => {
    expectViolation(() => online(version, [type << 4]), 'MQTT-2.1.2', PROTOCOL_ERROR)
  })
})

it('AUTH may come before CONNACK in 5.0, and never in 3.1.1', () => {
  expect(() => check(5, [[0xf0, 0x18, 0]])).not.toThrow()
  expectViolation(() => check(4, [[0xf0]]), 'MQTT-3.2.0-1', PROTOCOL_ERROR)
  for (const packet of [[0xf0], [0xe0]]) expectViolation(() => online(4, packet), 'MQTT-3.14.0', PROTOCOL_ERROR)
})

it('AUTH is for those who named a method', () => {
  expectViolation(() => new PacketChecker(5, false).check(Uint8Array.of(0xf0, 2, 0x18, 0), 0, 2, 4), 'MQTT-4.12.0-6', PROTOCOL_ERROR)
})

describe('reason codes of 5.0 are those of their packet', () => {
  it.each<[string, Bytes, readonly number[], readonly number[], string]>([
    ['PUBACK', [0x40, 0, 1], [0x10, 0x97], [0x01, 0x11, 0x86, 0x92], 'MQTT-3.4.2-1'],
    ['PUBREC', [0x50, 0, 1], [0x10, 0x91], [0x02, 0x86, 0x92], 'MQTT-3.5.2-1'],
    ['PUBREL', [0x62, 0, 1], [0x92], [0x10, 0x80], 'MQTT-3.6.2-1'],
    ['PUBCOMP', [0x70, 0, 1], [0x92], [0x10, 0x80], 'MQTT-3.7.2-1'],
    ['SUBACK', [0x90, 0, 1, 0], [0x00, 0x02, 0xa2], [0x03, 0x7f, 0x10], 'MQTT-3.9.3-2'],
    ['UNSUBACK', [0xb0, 0, 1, 0], [0x00, 0x11], [0x01, 0xa2], 'MQTT-3.11.3-2'],
    ['DISCONNECT', [0xe0], [0x00, 0x8b, 0xa2], [0x04, 0x42, 0x86], 'MQTT-3.14.2-1'],
    ['AUTH', [0xf0], [0x18], [0x00, 0x19, 0x87], 'MQTT-3.15.2-1'],
  ])('%s', (_name, packet, allowed, forbidden, clause) => {
    for (const code of allowed) expect(() => online(5, [...packet, code])).not.toThrow()
    for (const code of forbidden) expectViolation(() => online(5, [...packet, code]), clause, PROTOCOL_ERROR)
  })

  it('and return codes of SUBACK in 3.1.1 are four', () => {
    for (const code of [0, 1, 2, 0x80]) expect(() => online(4, [0x90, 0, 1, code])).not.toThrow()
    for (const code of [3, 0x7f, 0x87]) expectViolation(() => online(4, [0x90, 0, 1, code]), 'MQTT-3.9.3-2', MALFORMED_PACKET)
  })
})

describe('flags of the fixed header', () => {
  const PACKETS: Bytes[] = [[0x40, 0, 1], [0x50, 0, 1], [0x62, 0, 1], [0x70, 0, 1], [0x90, 0, 1, 0, 0], [0xb0, 0, 1, 0, 0], [0xd0], [0xe0], [0xf0, 0x18]]

  it.each(PACKETS.map((packet) => [PACKET_NAMES[(packet[0] ?? 0) >> 4], packet] as const))('of %s have one value', (_name, packet) => {
    const [first = 0, ...body] = packet
    for (let flags = 0; flags < 16; flags += 1) {
      const changed = [(first & 0xf0) | flags, ...body]
      if (changed[0] === first) expect(() => online(5, changed)).not.toThrow()
      else expectViolation(() => online(5, changed), 'MQTT-2.1.3-1', MALFORMED_PACKET)
    }
  })

  it('of CONNACK too', () => {
    expectViolation(() => check(5, [[0x21, 0, 0, 0]]), 'MQTT-2.1.3-1', MALFORMED_PACKET)
  })
})

describe('CONNACK', () => {
  it.each<[string, Version, Bytes]>([
    ['3.1.1, accepted', 4, [0x20, 0, 0]],
    ['3.1.1, session present', 4, [0x20, 1, 0]],
    ['3.1.1, refused', 4, [0x20, 0, 5]],
    ['5.0 with properties', 5, [0x20, 1, 0, 3, 0x21, 0, 1]],
    ['5.0 of a server that knows 3.1.1 only', 5, [0x20, 0, 1]],
  ])('is right: %s', (_name, version, packet) => {
    expect(() => check(version, [packet])).not.toThrow()
  })

  it.each<[string, Version, Bytes, string, number]>([
    ['reserved flags', 4, [0x20, 2, 0], 'MQTT-3.2.2-1', MALFORMED_PACKET],
    ['reserved flags, 5.0', 5, [0x20, 0x81, 0, 0], 'MQTT-3.2.2-1', MALFORMED_PACKET],
    ['a session in a refusal', 5, [0x20, 1, 0x87, 0], 'MQTT-3.2.2-6', PROTOCOL_ERROR],
    ['a session in a refusal, 3.1.1', 4, [0x20, 1, 5], 'MQTT-3.2.2-6', PROTOCOL_ERROR],
    ['no body', 4, [0x20], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['no code', 5, [0x20, 0], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['too much, 3.1.1', 4, [0x20, 0, 0, 0], 'MQTT-2.1.4', MALFORMED_PACKET],
    ['too much, 5.0', 5, [0x20, 0, 0, 0, 9], 'MQTT-2.1.4', MALFORMED_PACKET],
    ['a property of another packet', 5, [0x20, 0, 0, 2, 0x01, 0], 'MQTT-2.2.2.2', MALFORMED_PACKET],
  ])('is wrong: %s', (_name, version, packet, clause, reasonCode) => {
    expectViolation(() => check(version, [packet]), clause, reasonCode)
  })
})

describe.each([
  ['PUBACK', 0x40],
  ['PUBREC', 0x50],
  ['PUBREL', 0x62],
  ['PUBCOMP', 0x70],
])('%s', (_name, first) => {
  it('has an identifier, and in 5.0 maybe a reason and properties', () => {
    expect(() => online(4, [first, 0, 1])).not.toThrow()
    for (const rest of [[], [0], [0, 0], [0, 4, 0x1f, 0, 1, 0x61]]) expect(() => online(5, [first, 0, 1, ...rest])).not.toThrow()
  })

  it.each<[string, Version, Bytes, string]>([
    ['identifier 0', 4, [0, 0], 'MQTT-2.2.1-3'],
    ['identifier 0, 5.0', 5, [0, 0], 'MQTT-2.2.1-3'],
    ['half an identifier', 4, [1], 'MQTT-4.13.1-1'],
    ['no identifier', 5, [], 'MQTT-4.13.1-1'],
    ['a reason in 3.1.1', 4, [0, 1, 0], 'MQTT-2.1.4'],
    ['too much', 5, [0, 1, 0, 0, 9], 'MQTT-2.1.4'],
    ['a property of another packet', 5, [0, 1, 0, 3, 0x23, 0, 1], 'MQTT-2.2.2.2'],
    ['properties cut off', 5, [0, 1, 0, 4, 0x1f], 'MQTT-4.13.1-1'],
  ])('is malformed: %s', (_what, version, body, clause) => {
    expectViolation(() => online(version, [first, ...body]), clause, MALFORMED_PACKET)
  })
})

describe.each([
  ['SUBACK', 0x90],
  ['UNSUBACK', 0xb0],
])('%s', (name, first) => {
  it('has an identifier, properties in 5.0, and codes', () => {
    expect(() => online(5, [first, 0, 1, 0, 0x80, 0x00])).not.toThrow()
    expect(() => online(5, [first, 0, 1, 4, 0x1f, 0, 1, 0x61, 0])).not.toThrow()
    expect(() => online(4, name === 'SUBACK' ? [first, 0, 1, 2] : [first, 0, 1])).not.toThrow()
  })

  it.each<[string, Bytes, string]>([
    ['identifier 0', [0, 0, 0, 0], 'MQTT-2.2.1-3'],
    ['no properties', [0, 1], 'MQTT-4.13.1-1'],
    ['no codes', [0, 1, 0], 'MQTT-3.8.4-6'],
    ['a property of another packet', [0, 1, 2, 0x01, 0, 0], 'MQTT-2.2.2.2'],
  ])('is malformed: %s', (_what, body, clause) => {
    expectViolation(() => online(5, [first, ...body]), clause, MALFORMED_PACKET)
  })
})

it('SUBACK of 3.1.1 has codes too', () => {
  expectViolation(() => online(4, [0x90, 0, 1]), 'MQTT-3.8.4-6', MALFORMED_PACKET)
})

describe('PINGRESP, DISCONNECT and AUTH', () => {
  it.each<[string, Bytes]>([
    ['PINGRESP', [0xd0]],
    ['DISCONNECT without a reason', [0xe0]],
    ['DISCONNECT with a reason', [0xe0, 0x8b]],
    ['DISCONNECT with properties', [0xe0, 0x9c, 4, 0x1c, 0, 1, 0x61]],
    ['AUTH', [0xf0, 0x18, 4, 0x15, 0, 1, 0x61]],
  ])('are right: %s', (_name, packet) => {
    expect(() => online(5, packet)).not.toThrow()
  })

  it.each<[string, Bytes, string]>([
    ['PINGRESP with a body', [0xd0, 0], 'MQTT-3.13.1'],
    ['DISCONNECT with more than properties', [0xe0, 0, 0, 1], 'MQTT-2.1.4'],
    ['DISCONNECT with a Session Expiry Interval', [0xe0, 0, 5, 0x11, 0, 0, 0, 1], 'MQTT-2.2.2.2'],
    ['AUTH cut off', [0xf0, 0x18, 9], 'MQTT-4.13.1-1'],
  ])('are wrong: %s', (_name, packet, clause) => {
    expectViolation(() => online(5, packet), clause, MALFORMED_PACKET)
  })
})

it('throws nothing but violations, whatever comes', () => {
  const packet = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 30 })).map(([first, body]) => [first, ...body])
  fc.assert(
    fc.property(fc.constantFrom<Version>(4, 5), fc.array(packet, { maxLength: 3 }), (version, packets) => {
      try {
        check(version, [connackOf(version), ...packets.filter(([first = 0]) => first >> 4 !== PacketType.PUBLISH)])
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolViolation)
      }
    }),
    { numRuns: 2_000 },
  )
})
