import { generate, parser, type IPublishPacket } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { propertiesOf } from '../../../../../src-main/engine/connection/publish-properties'

/** The properties as MQTT.js gives them: written to a packet and read back. */
function received(properties: NonNullable<IPublishPacket['properties']>): IPublishPacket['properties'] {
  const packet: IPublishPacket = { cmd: 'publish', topic: 'a', payload: '', qos: 0, retain: false, dup: false, properties }
  let read: IPublishPacket['properties']
  const reader = parser({ protocolVersion: 5 })
  reader.on('packet', (each) => {
    if (each.cmd === 'publish') read = each.properties
  })
  reader.parse(generate(packet, { protocolVersion: 5 }))
  return read
}

const pairs = (properties: IPublishPacket['properties']) => propertiesOf(properties).map(({ name, value }) => [name, value])

describe('propertiesOf', () => {
  it('names each property as MQTT 5.0 does, in its order', () => {
    const properties = received({
      contentType: 'application/json',
      subscriptionIdentifier: 7,
      userProperties: { room: 'kitchen' },
      correlationData: Buffer.from([0, 0xff]),
      responseTopic: 'answers/here',
      topicAlias: 3,
      messageExpiryInterval: 60,
      payloadFormatIndicator: true,
    })
    expect(pairs(properties)).toEqual([
      ['Payload Format Indicator', '1 (UTF-8)'],
      ['Message Expiry Interval', '60'],
      ['Topic Alias', '3'],
      ['Response Topic', 'answers/here'],
      ['Correlation Data', '00ff'],
      ['User Property room', 'kitchen'],
      ['Subscription Identifier', '7'],
      ['Content Type', 'application/json'],
    ])
  })

  it('lists each value of what may come more than once', () => {
    const properties = received({ userProperties: { a: ['1', '2'], b: '3' }, subscriptionIdentifier: [1, 2] })
    expect(pairs(properties)).toEqual([
      ['User Property a', '1'],
      ['User Property a', '2'],
      ['User Property b', '3'],
      ['Subscription Identifier', '1'],
      ['Subscription Identifier', '2'],
    ])
  })

  it('tells 0 and empty from absent', () => {
    expect(pairs({ payloadFormatIndicator: false, messageExpiryInterval: 0, contentType: '', correlationData: Buffer.alloc(0) })).toEqual([
      ['Payload Format Indicator', '0 (bytes)'],
      ['Message Expiry Interval', '0'],
      ['Correlation Data', ''],
      ['Content Type', ''],
    ])
  })

  it.each(['__proto__', 'constructor', 'toString'])('takes %s for a name like any other', (name) => {
    const userProperties = Object.create(null) as Record<string, string>
    userProperties[name] = 'x'
    expect(pairs(received({ userProperties }))).toEqual([[`User Property ${name}`, 'x']])
  })

  it('is one and the same empty list for the messages without, which are most', () => {
    expect(propertiesOf(undefined)).toEqual([])
    expect(propertiesOf({})).toBe(propertiesOf(undefined))
  })
})
