import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { bodyStartOf } from '../../../../../src-main/engine/wire/fixed-header'
import { locatePublish, PublishFields } from '../../../../../src-main/engine/wire/publish-fields'
import { MALFORMED_PACKET, PROTOCOL_ERROR, ProtocolViolation } from '../../../../../src-main/engine/wire/violation'

type Bytes = readonly number[]

/** Where the parts of a packet lie that has other bytes before and after it. */
function locate(version: 4 | 5, packet: Uint8Array): { fields: PublishFields; bytes: Uint8Array } {
  const bytes = Uint8Array.of(0xff, 0xff, ...packet, 0xff)
  const fields = new PublishFields()
  locatePublish(bytes, 2, bodyStartOf(bytes, 2), 2 + packet.length, version === 5, fields)
  return { fields, bytes }
}

const locateBody = (version: 4 | 5, [first = 0, ...body]: Bytes) => locate(version, Uint8Array.of(first, body.length, ...body))

function expectViolation(action: () => unknown, clause: string, reasonCode: number): void {
  expect(action).toThrow(ProtocolViolation)
  expect(action).toThrow(expect.objectContaining({ clause, reasonCode }))
}

describe.each([4, 5] as const)('version %i: PUBLISH', (version) => {
  const properties = version === 5 ? [0] : []

  it.each([0b0000, 0b0001, 0b0010, 0b0011, 0b0100, 0b1010, 0b1101])('with flags %i is right', (flags) => {
    const qos = (flags >> 1) & 0b11
    const { fields } = locateBody(version, [0x30 | flags, 0, 1, 0x61, ...(qos === 0 ? [] : [0x12, 0x34]), ...properties, 0xff])
    const packetIdentifier = qos === 0 ? 0 : 0x1234
    expect(fields).toMatchObject({ qos, retain: (flags & 1) === 1, dup: flags >> 3 === 1, packetIdentifier })
  })

  it('may have no payload', () => {
    const { fields } = locateBody(version, [0x30, 0, 1, 0x61, ...properties])
    expect(fields.payloadStart).toBe(fields.end)
  })

  it('that mqtt-packet writes is found, part by part', () => {
    const packet = fc.record({ topic: fc.string({ minLength: 1, unit: 'binary' }), payload: fc.uint8Array({ maxLength: 300 }), qos: fc.constantFrom(0, 1, 2), retain: fc.boolean(), more: fc.boolean() })
    fc.assert(fc.property(packet, fc.integer({ min: 1, max: 65_535 }), ({ topic, payload, qos, retain, more }, messageId) => {
      const written = generate(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: qos > 0, messageId, ...(more && { properties: { topicAlias: 5, contentType: 'ä' } }) },
        { protocolVersion: version },
      )
      const { fields, bytes } = locate(version, written)
      const text = (start: number, end: number): string => Buffer.from(bytes.slice(start, end)).toString()
      expect([text(fields.topicStart, fields.topicEnd), [...bytes.slice(fields.payloadStart, fields.end)]]).toEqual([topic, [...payload]])
      expect(fields).toMatchObject({ start: 2, end: 2 + written.length, qos, retain, dup: qos > 0, packetIdentifier: qos === 0 ? 0 : messageId })
      const hasProperties = more && version === 5
      expect([fields.topicAlias, fields.propertiesEnd - fields.propertiesStart]).toEqual(hasProperties ? [5, 8] : [0, 0])
    }))
  })

  it('leaves nothing behind for the next one', () => {
    const fields = new PublishFields()
    for (const packet of [Uint8Array.of(0x3b, 9, 0, 1, 0x61, 0, 7, 3, 0x23, 0, 1), Uint8Array.of(0x30, 4, 0, 1, 0x61, ...(version === 5 ? [0] : [0xff]))]) {
      locatePublish(packet, 0, 2, packet.length, version === 5, fields)
    }
    expect(fields).toMatchObject({ qos: 0, retain: false, dup: false, packetIdentifier: 0, topicAlias: 0, payloadStart: version === 5 ? 6 : 5 })
    expect(fields.propertiesEnd - fields.propertiesStart).toBe(0)
  })

  it.each<[string, Bytes, string, number]>([
    ['QoS 3', [0x36, 0, 1, 0x61, 0, 1, ...properties], 'MQTT-3.3.1-4', MALFORMED_PACKET],
    ['DUP with QoS 0', [0x38, 0, 1, 0x61, ...properties], 'MQTT-3.3.1-2', PROTOCOL_ERROR],
    ['identifier 0', [0x32, 0, 1, 0x61, 0, 0, ...properties], 'MQTT-2.2.1-3', MALFORMED_PACKET],
    ['half an identifier', [0x34, 0, 1, 0x61, 1], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['a topic longer than the packet', [0x30, 0, 9, 0x61], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['half a topic length', [0x30, 0], 'MQTT-4.13.1-1', MALFORMED_PACKET],
    ['no topic', [0x30], 'MQTT-4.13.1-1', MALFORMED_PACKET],
  ])('is wrong: %s', (_what, packet, clause, reasonCode) => {
    expectViolation(() => locateBody(version, packet), clause, reasonCode)
  })
})

describe('the properties of a PUBLISH', () => {
  it.each<[string, Bytes, string]>([
    ['not there', [0x30, 0, 1, 0x61], 'MQTT-4.13.1-1'],
    ['longer than the packet', [0x30, 0, 1, 0x61, 3, 0x01, 0], 'MQTT-4.13.1-1'],
    ['of another packet', [0x30, 0, 1, 0x61, 4, 0x1f, 0, 1, 0x61], 'MQTT-2.2.2.2'],
    ['of a length in too many bytes', [0x30, 0, 1, 0x61, 0x80, 0x00], 'MQTT-1.5.5-1'],
  ])('are malformed: %s', (_what, packet, clause) => {
    expectViolation(() => locateBody(5, packet), clause, MALFORMED_PACKET)
  })

  it('are none in 3.1.1: the payload begins where they would', () => {
    const { fields } = locateBody(4, [0x30, 0, 1, 0x61, 99, 0x1f])
    expect(fields.end - fields.payloadStart).toBe(2)
  })
})

it('throws nothing but violations, and finds nothing outside the packet, whatever comes', () => {
  fc.assert(
    fc.property(fc.constantFrom(4, 5), fc.nat(15), fc.uint8Array({ maxLength: 30 }), (version, flags, body) => {
      try {
        const { fields } = locateBody(version, [0x30 | flags, ...body])
        const { start, topicStart, topicEnd, propertiesStart, propertiesEnd, payloadStart, end } = fields
        const places = [start, topicStart, topicEnd, propertiesStart, propertiesEnd, payloadStart, end]
        expect(places).toEqual([...places].sort((a, b) => a - b))
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolViolation)
      }
    }),
    { numRuns: 2_000 },
  )
})
