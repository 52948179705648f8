import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../../../../src-main/engine/wire/byte-reader'
import { checkProperties } from '../../../../../src-main/engine/wire/check-properties'
import { PACKET_NAMES, PacketType } from '../../../../../src-main/engine/wire/packet-type'
import { MALFORMED_PACKET, PROTOCOL_ERROR, ProtocolViolation } from '../../../../../src-main/engine/wire/violation'

const { CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH } = PacketType
const ALL = [CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH]
const ANSWERS = ALL.filter((type) => type !== PUBLISH)
const STRING = [0, 2, 0x61, 0x62]

interface Case {
  readonly id: number
  readonly value: readonly number[]
  readonly packets: readonly number[]
  /** Values of the right form that section 2.2.2.2 or that of the packet forbids. */
  readonly forbidden?: readonly (readonly number[])[]
  readonly repeats?: true
}

/** Written down from table 2-4 and the sections on each packet, for what a server sends. */
const PROPERTIES: Record<string, Case> = {
  'Payload Format Indicator': { id: 0x01, value: [1], packets: [PUBLISH], forbidden: [[2], [255]] },
  'Message Expiry Interval': { id: 0x02, value: [0, 0, 0, 0], packets: [PUBLISH] },
  'Content Type': { id: 0x03, value: STRING, packets: [PUBLISH] },
  'Response Topic': { id: 0x08, value: STRING, packets: [PUBLISH] },
  'Correlation Data': { id: 0x09, value: [0, 2, 0xff, 0x00], packets: [PUBLISH] },
  'Subscription Identifier': { id: 0x0b, value: [0xff, 0xff, 0xff, 0x7f], packets: [PUBLISH], forbidden: [[0]], repeats: true },
  'Session Expiry Interval': { id: 0x11, value: [0xff, 0xff, 0xff, 0xff], packets: [CONNACK] },
  'Assigned Client Identifier': { id: 0x12, value: STRING, packets: [CONNACK] },
  'Server Keep Alive': { id: 0x13, value: [0, 0], packets: [CONNACK] },
  'Authentication Method': { id: 0x15, value: STRING, packets: [CONNACK, AUTH] },
  'Authentication Data': { id: 0x16, value: [0, 1, 0xff], packets: [CONNACK, AUTH] },
  'Request Problem Information': { id: 0x17, value: [1], packets: [] },
  'Will Delay Interval': { id: 0x18, value: [0, 0, 0, 1], packets: [] },
  'Request Response Information': { id: 0x19, value: [1], packets: [] },
  'Response Information': { id: 0x1a, value: STRING, packets: [CONNACK] },
  'Server Reference': { id: 0x1c, value: STRING, packets: [CONNACK, DISCONNECT] },
  'Reason String': { id: 0x1f, value: STRING, packets: ANSWERS },
  'Receive Maximum': { id: 0x21, value: [0, 1], packets: [CONNACK], forbidden: [[0, 0]] },
  'Topic Alias Maximum': { id: 0x22, value: [0, 0], packets: [CONNACK] },
  'Topic Alias': { id: 0x23, value: [1, 2], packets: [PUBLISH], forbidden: [[0, 0]] },
  'Maximum QoS': { id: 0x24, value: [1], packets: [CONNACK], forbidden: [[2]] },
  'Retain Available': { id: 0x25, value: [0], packets: [CONNACK], forbidden: [[2]] },
  'User Property': { id: 0x26, value: [...STRING, ...STRING], packets: ALL, repeats: true },
  'Maximum Packet Size': { id: 0x27, value: [0, 0, 0, 1], packets: [CONNACK], forbidden: [[0, 0, 0, 0]] },
  'Wildcard Subscription Available': { id: 0x28, value: [0], packets: [CONNACK], forbidden: [[2]] },
  'Subscription Identifier Available': { id: 0x29, value: [0], packets: [CONNACK], forbidden: [[2]] },
  'Shared Subscription Available': { id: 0x2a, value: [0], packets: [CONNACK], forbidden: [[2]] },
  'no such property': { id: 0x04, value: [], packets: [] },
  'none either': { id: 0x7f, value: [], packets: [] },
}

const CASES = Object.entries(PROPERTIES).map(([name, property]) => ({ name, ...property }))
const usable = CASES.filter(({ packets }) => packets.length > 0)

const check = (packetType: number, ...properties: readonly (readonly number[])[]) => {
  const bytes = properties.flat()
  return checkProperties(new ByteReader(Uint8Array.of(bytes.length, ...bytes), 0), packetType)
}

function violationOf(action: () => unknown): ProtocolViolation {
  try {
    action()
  } catch (error) {
    if (error instanceof ProtocolViolation) return error
    throw error
  }
  throw new Error('nothing was found wrong')
}

describe.each(CASES)('$name', ({ id, value, packets }) => {
  it.each(ALL.map((type) => [PACKET_NAMES[type], type] as const))('in %s', (_name, type) => {
    if (packets.includes(type)) expect(check(type, [id, ...value])).toBeDefined()
    else expect(violationOf(() => check(type, [id, ...value]))).toMatchObject({ reasonCode: MALFORMED_PACKET, clause: 'MQTT-2.2.2.2' })
  })
})

describe.each(usable)('$name', ({ id, value, packets, repeats, forbidden = [], name }) => {
  const [type = 0] = packets

  it(repeats === true ? 'may stand twice' : 'may stand once only', () => {
    const twice = (): unknown => check(type, [id, ...value], [id, ...value])
    if (repeats === true) expect(twice()).toBeDefined()
    else expect(violationOf(twice)).toMatchObject({ reasonCode: PROTOCOL_ERROR, what: `${name} twice` })
  })

  it('cut off is malformed, wherever', () => {
    for (let length = 0; length < value.length; length += 1) {
      const cutOff = violationOf(() => check(type, [id, ...value.slice(0, length)]))
      expect(cutOff.reasonCode).toBe(MALFORMED_PACKET)
    }
  })

  it('holds only what is allowed', () => {
    for (const wrong of forbidden) {
      expect(violationOf(() => check(type, [id, ...wrong]))).toMatchObject({ reasonCode: PROTOCOL_ERROR })
    }
  })
})

describe('strings of properties', () => {
  const texts = usable.filter(({ value }) => value === STRING)

  it.each(texts.map(({ name, id, packets }) => [name, id, packets[0] ?? 0] as const))('%s must be UTF-8 without null', (_name, id, type) => {
    expect(violationOf(() => check(type, [id, 0, 1, 0xff]))).toMatchObject({ clause: 'MQTT-1.5.4-1' })
    expect(violationOf(() => check(type, [id, 0, 1, 0x00]))).toMatchObject({ clause: 'MQTT-1.5.4-2' })
  })

  it('so must name and value of a User Property', () => {
    for (const pair of [[0, 1, 0xff, 0, 0], [0, 0, 0, 1, 0xff]]) {
      expect(violationOf(() => check(PUBLISH, [0x26, ...pair]))).toMatchObject({ clause: 'MQTT-1.5.4-1' })
    }
  })
})

describe('the properties of a packet', () => {
  it('may be none', () => {
    for (const type of ALL) expect(check(type)).toBe(0)
  })

  it('may be all there are, in any order', () => {
    for (const type of ALL) {
      const all = CASES.filter(({ packets }) => packets.includes(type)).map(({ id, value }) => [id, ...value])
      expect(check(type, ...all)).toBeDefined()
      expect(check(type, ...all.reverse())).toBeDefined()
    }
  })

  it('tell the Topic Alias', () => {
    expect(check(PUBLISH, [0x01, 0], [0x23, 1, 2])).toBe(0x102)
  })

  it('end where their length says: what follows is not theirs', () => {
    const reader = new ByteReader(Uint8Array.of(2, 0x01, 0, 0x23, 0, 5), 0)
    expect(checkProperties(reader, PUBLISH)).toBe(0)
    expect(reader.left).toBe(3)
  })

  it.each([
    ['longer than their packet', [5, 0x01, 0]],
    ['of a length that goes on', [0x80]],
    ['of a length in too many bytes', [0x80, 0x00]],
    ['with an identifier in too many bytes', [3, 0x81, 0x00, 0]],
    ['with a value that reaches over their end', [2, 0x02, 0, 0, 0, 0]],
    ['not there at all', []],
  ])('are malformed: %s', (_what, bytes) => {
    const violation = violationOf(() => checkProperties(new ByteReader(Uint8Array.from(bytes), 0), PUBLISH))
    expect(violation.reasonCode).toBe(MALFORMED_PACKET)
  })
})
