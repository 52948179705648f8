import fc from 'fast-check'
import { generate, parser, type IPublishPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { packetEnd, readMessage } from '../../../../../src-main/engine/history/read-message'

const HEAD = { sequence: 9, topic: 4, receivedAtMs: 77 }

/** What mqtt-packet reads from bytes. */
function parsed(bytes: Uint8Array, isMqtt5: boolean): IPublishPacket {
  const packets: IPublishPacket[] = []
  const reader = parser({ protocolVersion: isMqtt5 ? 5 : 4 })
  reader.on('packet', (packet) => packets.push(packet as IPublishPacket))
  reader.parse(Buffer.from(bytes))
  const [packet] = packets
  if (packet === undefined) throw new Error('not a packet')
  return packet
}

const publishes = fc.record({
  isMqtt5: fc.boolean(),
  topic: fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  payload: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 40_000 }).map((length) => new Uint8Array(length).fill(length))),
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retain: fc.boolean(),
  dup: fc.boolean(),
  userProperties: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ maxLength: 200 }), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  before: fc.uint8Array({ maxLength: 20 }),
})

describe('a message read from its packet', () => {
  it('is what mqtt-packet reads', () => {
    fc.assert(
      fc.property(publishes, ({ isMqtt5, topic, payload, qos, retain, dup, userProperties, before }) => {
        const properties = isMqtt5 ? { messageExpiryInterval: 300, userProperties } : undefined
        const publish: IPublishPacket = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: dup && qos > 0, messageId: 0x1234 }
        const packet = generate({ ...publish, ...(properties && { properties }) }, { protocolVersion: isMqtt5 ? 5 : 4 })
        const truth = parsed(packet, isMqtt5)
        const bytes = Buffer.concat([before, packet, before])
        expect(packetEnd(bytes, before.length)).toBe(before.length + packet.length)
        const message = readMessage(bytes, before.length, isMqtt5, HEAD)
        const { qos: readQos, retain: readRetain, dup: readDup } = truth
        expect(message).toMatchObject({ ...HEAD, qos: readQos, retain: readRetain, dup: readDup, packetBytes: packet.length })
        expect(Buffer.from(truth.payload).equals(message.payload)).toBe(true)
      }),
    )
  })

  it('has its properties as they came, without their length', () => {
    // PUBLISH, QoS 1, retained: topic "a", packet identifier 5, Payload Format Indicator 1, User Property "k" = "v".
    const properties = [0x01, 1, 0x26, 0, 1, 0x6b, 0, 1, 0x76]
    const bytes = Uint8Array.of(0x33, 17, 0, 1, 0x61, 0, 5, properties.length, ...properties, 0x68, 0x69)
    const message = readMessage(bytes, 0, true, HEAD)
    expect([...message.properties]).toEqual(properties)
    expect(Buffer.from(message.payload).toString()).toBe('hi')
    expect(message).toMatchObject({ qos: 1, retain: true, dup: false, packetBytes: bytes.length })
  })

  it('may have an alias for a topic, no properties, no payload', () => {
    const message = readMessage(Uint8Array.of(0x30, 6, 0, 0, 3, 0x23, 0, 1), 0, true, HEAD)
    expect([message.properties.length, message.payload.length, message.packetBytes]).toEqual([3, 0, 8])
    const bare = readMessage(Uint8Array.of(0x30, 3, 0, 1, 0x61), 0, false, HEAD)
    expect([bare.properties.length, bare.payload.length, bare.packetBytes]).toEqual([0, 0, 5])
  })
})
