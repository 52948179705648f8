import { generate, type IPublishPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { bodyStartOf } from '../../../../../src-main/engine/wire/fixed-header'
import { locatePublish, PublishFields } from '../../../../../src-main/engine/wire/publish-fields'
import { firstPropertiesOf } from '../../../../../src-main/engine/wire/publish-properties'

const byName = ([a = '']: string[], [b = '']: string[]): number => (a < b ? -1 : 1)
const pairsIn = (bytes: Uint8Array) => firstPropertiesOf(bytes).properties.map(({ name, value }) => [name, value])

/** The properties of a packet as mqtt-packet writes them, which has an order of its own. */
function pairs(properties: NonNullable<IPublishPacket['properties']>) {
  const packet = generate({ cmd: 'publish', topic: 'a', payload: 'x', qos: 0, retain: false, dup: false, properties }, { protocolVersion: 5 })
  const fields = new PublishFields()
  locatePublish(packet, 0, bodyStartOf(packet), packet.length, true, fields)
  return pairsIn(packet.subarray(fields.propertiesStart, fields.propertiesEnd))
}

describe('firstPropertiesOf', () => {
  it('names each property as MQTT 5.0 does', () => {
    const properties = {
      contentType: 'application/json',
      subscriptionIdentifier: 7,
      userProperties: { room: 'kitchen' },
      correlationData: Buffer.from([0, 0xff]),
      responseTopic: 'answers/here',
      topicAlias: 3,
      messageExpiryInterval: 60,
      payloadFormatIndicator: true,
    }
    expect(pairs(properties).sort(byName)).toEqual([
      ['Content Type', 'application/json'],
      ['Correlation Data', '00ff'],
      ['Message Expiry Interval', '60'],
      ['Payload Format Indicator', '1 (UTF-8)'],
      ['Response Topic', 'answers/here'],
      ['Subscription Identifier', '7'],
      ['Topic Alias', '3'],
      ['User Property room', 'kitchen'],
    ])
  })

  it('lists them in the order they came, user properties too [MQTT-3.3.2-18]', () => {
    const user = (name: string, value: string): number[] => [0x26, 0, 1, name.charCodeAt(0), 0, 1, value.charCodeAt(0)]
    expect(pairsIn(Uint8Array.from([...user('b', '1'), 0x0b, 2, ...user('a', '2'), 0x0b, 1, 0x01, 0, ...user('b', '3')]))).toEqual([
      ['User Property b', '1'],
      ['Subscription Identifier', '2'],
      ['User Property a', '2'],
      ['Subscription Identifier', '1'],
      ['Payload Format Indicator', '0 (bytes)'],
      ['User Property b', '3'],
    ])
  })

  it('tells 0 and empty from absent', () => {
    expect(pairs({ payloadFormatIndicator: false, messageExpiryInterval: 0, contentType: '', correlationData: Buffer.alloc(0) }).sort(byName)).toEqual([
      ['Content Type', ''],
      ['Correlation Data', ''],
      ['Message Expiry Interval', '0'],
      ['Payload Format Indicator', '0 (bytes)'],
    ])
    expect(pairs({})).toEqual([])
  })

  it('reads no more than somebody can look at, and says so', () => {
    const userProperty = (valueBytes: number) => [0x26, 0, 1, 0x61, valueBytes >> 8, valueBytes & 0xff, ...new Uint8Array(valueBytes).fill(0x78)]
    const many = (count: number, valueBytes: number) => firstPropertiesOf(Uint8Array.from(new Array(count).fill(userProperty(valueBytes)).flat() as number[]))
    expect(many(1_000, 0)).toMatchObject({ properties: { length: 1_000 }, hasMoreProperties: false })
    expect(many(1_001, 0)).toMatchObject({ properties: { length: 1_000 }, hasMoreProperties: true })
    expect(many(20, 65_535)).toMatchObject({ properties: { length: 8 }, hasMoreProperties: true })
  })

  it.each(['__proto__', 'constructor', 'toString'])('takes %s for a name like any other', (name) => {
    const userProperties = Object.create(null) as Record<string, string>
    userProperties[name] = 'x'
    expect(pairs({ userProperties })).toEqual([[`User Property ${name}`, 'x']])
  })
})
