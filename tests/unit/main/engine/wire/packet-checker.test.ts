import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketChecker, type Verdict } from '../../../../../src-main/engine/wire/packet-checker'
import { PACKET_NAMES } from '../../../../../src-main/engine/wire/packet-type'
import { MALFORMED_PACKET, PROTOCOL_ERROR, ProtocolViolation } from '../../../../../src-main/engine/wire/violation'

type Version = 4 | 5
type Bytes = readonly number[]
const PASS = { kind: 'pass' }

/** A checker, of a client that authenticates, that sees these packets, each as its first byte and its body; the last one's verdict. */
function check(version: Version, packets: readonly Bytes[], topicAliasMaximum = 0): Verdict {
  const checker = new PacketChecker(version, topicAliasMaximum, true)
  const verdicts = packets.map(([first = 0, ...body]) => checker.check(Uint8Array.of(first, body.length, ...body), 2))
  return verdicts.at(-1) ?? { kind: 'pass' }
}

const connackOf = (version: Version): Bytes => (version === 5 ? [0x20, 0, 0, 0] : [0x20, 0, 0])
/** What becomes of a packet once connected. */
const online = (version: Version, packet: Bytes, topicAliasMaximum = 0): Verdict =>
  check(version, [connackOf(version), packet], topicAliasMaximum)

function expectViolation(action: () => unknown, clause: string, reasonCode: number): void {
  expect(action).toThrow(ProtocolViolation)
  expect(action).toThrow(expect.objectContaining({ clause, reasonCode }))
}

/** A PUBLISH on `a` without properties. */
const publishOf = (version: Version, flags = 0): Bytes => {
  const identifier = (flags & 0b110) === 0 ? [] : [0, 7]
  return [0x30 | flags, 0, 1, 0x61, ...identifier, ...(version === 5 ? [0] : []), 0xff]
}

describe.each([4, 5] as const)('version %i: the order of packets', (version) => {
  it.each([
    ['PUBLISH', publishOf(version)],
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
  expect(check(5, [[0xf0, 0x18, 0]])).toEqual(PASS)
  expectViolation(() => check(4, [[0xf0]]), 'MQTT-3.2.0-1', PROTOCOL_ERROR)
  for (const packet of [[0xf0], [0xe0]]) expectViolation(() => online(4, packet), 'MQTT-3.14.0', PROTOCOL_ERROR)
})

it('AUTH is for those who named a method', () => {
  expectViolation(() => new PacketChecker(5, 0).check(Uint8Array.of(0xf0, 2, 0x18, 0), 2), 'MQTT-4.12.0-6', PROTOCOL_ERROR)
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
    for (const code of allowed) expect(online(5, [...packet, code])).toEqual(PASS)
    for (const code of forbidden) expectViolation(() => online(5, [...packet, code]), clause, PROTOCOL_ERROR)
  })

  it('and return codes of SUBACK in 3.1.1 are four', () => {
    for (const code of [0, 1, 2, 0x80]) expect(online(4, [0x90, 0, 1, code])).toEqual(PASS)
    for (const code of [3, 0x7f, 0x87]) expectViolation(() => online(4, [0x90, 0, 1, code]), 'MQTT-3.9.3-2', MALFORMED_PACKET)
  })
})

describe('flags of the fixed header', () => {
  const PACKETS: Bytes[] = [[0x40, 0, 1], [0x50, 0, 1], [0x62, 0, 1], [0x70, 0, 1], [0x90, 0, 1, 0, 0], [0xb0, 0, 1, 0, 0], [0xd0], [0xe0], [0xf0, 0x18]]

  it.each(PACKETS.map((packet) => [PACKET_NAMES[(packet[0] ?? 0) >> 4], packet] as const))('of %s have one value', (_name, packet) => {
    const [first = 0, ...body] = packet
    for (let flags = 0; flags < 16; flags += 1) {
      const changed = [(first & 0xf0) | flags, ...body]
      if (changed[0] === first) expect(online(5, changed)).toEqual(PASS)
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
    expect(check(version, [packet])).toEqual(PASS)
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
    expect(online(4, [first, 0, 1])).toEqual(PASS)
    for (const rest of [[], [0], [0, 0], [0, 4, 0x1f, 0, 1, 0x61]]) expect(online(5, [first, 0, 1, ...rest])).toEqual(PASS)
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
    expect(online(5, [first, 0, 1, 0, 0x80, 0x00])).toEqual(PASS)
    expect(online(5, [first, 0, 1, 4, 0x1f, 0, 1, 0x61, 0])).toEqual(PASS)
    expect(online(4, name === 'SUBACK' ? [first, 0, 1, 2] : [first, 0, 1])).toEqual(PASS)
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
    expect(online(5, packet)).toEqual(PASS)
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

describe.each([4, 5] as const)('version %i: PUBLISH', (version) => {
  const properties = version === 5 ? [0] : []

  it.each([0b0000, 0b0001, 0b0010, 0b0011, 0b0100, 0b1010, 0b1101])('with flags %i is right', (flags) => {
    expect(online(version, publishOf(version, flags))).toEqual(PASS)
  })

  it('may have no payload', () => {
    expect(online(version, [0x30, 0, 1, 0x61, ...properties])).toEqual(PASS)
  })

  it.each<[string, Bytes, string, number]>([
    ['QoS 3', [0x36, 0, 1, 0x61, 0, 1, ...properties], 'MQTT-3.3.1-4', MALFORMED_PACKET],
    ['DUP with QoS 0', [0x38, 0, 1, 0x61, ...properties], 'MQTT-3.3.1-2', PROTOCOL_ERROR],
    ['identifier 0', [0x32, 0, 1, 0x61, 0, 0, ...properties], 'MQTT-2.2.1-3', MALFORMED_PACKET],
    ['half an identifier', [0x34, 0, 1, 0x61, 1], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['a topic longer than the packet', [0x30, 0, 9, 0x61], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['no topic', [0x30], 'MQTT-4.13.1-1', MALFORMED_PACKET],
  ])('is wrong: %s', (_what, packet, clause, reasonCode) => {
    expectViolation(() => online(version, packet), clause, reasonCode)
  })

  it.each<[string, Bytes, string]>([
    ['no letter', [], 'empty'],
    ['#', [0x61, 0x2f, 0x23], 'wildcard'],
    ['+', [0x2b], 'wildcard'],
    ['null', [0x61, 0x00], 'nul'],
    ['no UTF-8', [0xff], 'ill-formed'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'ill-formed'],
  ])('on an illegal topic is refused, and says what there is to acknowledge: %s', (_what, topic, fault) => {
    for (const qos of [0, 1, 2]) {
      const packet = [0x30 | (qos << 1), 0, topic.length, ...topic, ...(qos === 0 ? [] : [0x12, 0x34]), ...properties]
      const packetIdentifier = qos === 0 ? 0 : 0x1234
      expect(online(version, packet)).toEqual({ kind: 'refuse', fault, qos, packetIdentifier })
    }
  })
})

describe('the properties of a PUBLISH', () => {
  it.each<[string, Bytes, string]>([
    ['not there', [0x30, 0, 1, 0x61], 'MQTT-4.13.1-1'],
    ['longer than the packet', [0x30, 0, 1, 0x61, 3, 0x01, 0], 'MQTT-4.13.1-1'],
    ['of another packet', [0x30, 0, 1, 0x61, 4, 0x1f, 0, 1, 0x61], 'MQTT-2.2.2.2'],
  ])('are malformed: %s', (_what, packet, clause) => {
    expectViolation(() => online(5, packet), clause, MALFORMED_PACKET)
  })

  it('are none in 3.1.1: the payload begins where they would', () => {
    expect(online(4, [0x30, 0, 1, 0x61, 99, 0x1f])).toEqual(PASS)
  })

  it('of a refused message are checked all the same', () => {
    expectViolation(() => online(5, [0x30, 0, 1, 0x23, 2, 0x24, 0]), 'MQTT-2.2.2.2', MALFORMED_PACKET)
  })
})

describe('a Topic Alias', () => {
  const aliased = (topic: string, alias: number): Bytes => {
    const bytes = Buffer.from(topic)
    return [0x30, 0, bytes.length, ...bytes, 3, 0x23, alias >> 8, alias & 0xff]
  }
  const CONNACK = connackOf(5)

  it('may be as high as we said', () => {
    expect(online(5, aliased('a', 3), 3)).toEqual(PASS)
    expectViolation(() => online(5, aliased('a', 4), 3), 'MQTT-3.3.2-9', PROTOCOL_ERROR)
    expectViolation(() => online(5, aliased('a', 1), 0), 'MQTT-3.3.2-9', PROTOCOL_ERROR)
    expectViolation(() => online(5, aliased('a', 0), 3), 'MQTT-4.13.1-1', PROTOCOL_ERROR)
  })

  it('stands for a topic once it was given one', () => {
    expect(check(5, [CONNACK, aliased('a', 2), aliased('', 2), aliased('b', 2), aliased('', 2)], 3)).toEqual(PASS)
    expectViolation(() => check(5, [CONNACK, aliased('a', 2), aliased('', 1)], 3), 'MQTT-3.3.2-7', PROTOCOL_ERROR)
  })

  it('is not given an illegal topic', () => {
    expect(online(5, aliased('#', 1), 3)).toMatchObject({ kind: 'refuse', fault: 'wildcard' })
    expectViolation(() => check(5, [CONNACK, aliased('#', 1), aliased('', 1)], 3), 'MQTT-3.3.2-7', PROTOCOL_ERROR)
  })
})

it('throws nothing but violations, whatever comes', () => {
  const packet = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 30 })).map(([first, body]) => [first, ...body])
  fc.assert(
    fc.property(fc.constantFrom<Version>(4, 5), fc.array(packet, { maxLength: 3 }), (version, packets) => {
      try {
        check(version, [connackOf(version), ...packets], 5)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolViolation)
      }
    }),
    { numRuns: 2_000 },
  )
})
