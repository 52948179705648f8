import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { readPacket } from '../../../../../src-main/engine/packet-log/read-packet'
import { storedPacket } from '../../../../../src-main/engine/packet-log/stored-packet'

/** What is read of a packet that another implementation wrote. */
function read(packet: Packet, version: 4 | 5, wholePayload = false) {
  return readPacket(storedPacket(generate(packet, { protocolVersion: version }), version, wholePayload))
}
const fieldsOf = (packet: Packet, version: 4 | 5) =>
  Object.fromEntries(read(packet, version).fields.map(({ name, value }) => [name, value]))

describe('CONNECT', () => {
  it('of 5.0 with everything', () => {
    const packet: Packet = {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clientId: 'scope',
      clean: true,
      keepalive: 60,
      username: 'ada',
      password: Buffer.from('secret-word!'),
      properties: { sessionExpiryInterval: 0xffff_ffff, receiveMaximum: 20, authenticationMethod: 'X', authenticationData: Buffer.from('12345') },
      will: { topic: 'gone', payload: Buffer.from('bye'), qos: 1, retain: true, properties: { willDelayInterval: 5 } },
    }
    const reading = read(packet, 5)
    expect(reading.fault).toBeNull()
    expect(Object.fromEntries(reading.fields.map(({ name, value }) => [name, value]))).toEqual({
      'Protocol Name': 'MQTT',
      'Protocol Version': '5.0',
      'Clean Start': 'yes',
      'Keep Alive': '60 s',
      'Session Expiry Interval': 'never',
      'Receive Maximum': '20',
      'Authentication Method': 'X',
      'Authentication Data': '5 bytes, masked',
      'Client Identifier': 'scope',
      'Will: Will Delay Interval': '5',
      'Will Topic': 'gone',
      'Will Payload': '3 bytes · bye',
      'Will QoS': '1',
      'Will Retain': 'yes',
      'User Name': 'ada',
      Password: '12 bytes, masked',
    })
    expect(reading).toMatchObject({ name: 'CONNECT', topics: ['gone'], keepAliveSeconds: 60 })
    expect(reading.summary.join(' · ')).toBe('MQTT 5.0 · client scope · keep alive 60 s · clean start · will · user ada · password')
  })

  it('of 3.1.1', () => {
    const packet: Packet = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'scope', clean: true, keepalive: 30 }
    expect(fieldsOf(packet, 4)).toEqual({
      'Protocol Name': 'MQTT',
      'Protocol Version': '3.1.1',
      'Clean Session': 'yes',
      'Keep Alive': '30 s',
      'Client Identifier': 'scope',
    })
  })
})

describe('CONNACK', () => {
  it('of 5.0 has what was granted', () => {
    const packet: Packet = {
      cmd: 'connack',
      sessionPresent: true,
      reasonCode: 0,
      properties: { assignedClientIdentifier: 'auto-1', maximumPacketSize: 268_435, maximumQoS: 1, retainAvailable: false },
    }
    const reading = read(packet, 5)
    expect(reading.summary).toEqual(['0x00 Success', 'session present'])
    expect([...reading.numbers]).toEqual(expect.arrayContaining([[0x27, 268_435], [0x24, 1], [0x25, 0]]))
    expect(fieldsOf(packet, 5)).toMatchObject({ 'Assigned Client Identifier': 'auto-1', 'Maximum Packet Size': '268,435' })
  })

  it.each([
    ['5.0', { cmd: 'connack', sessionPresent: false, reasonCode: 0x87 }, 5, 5, '0x87 Not authorized'],
    ['3.1.1', { cmd: 'connack', sessionPresent: false, returnCode: 5 }, 4, 4, '0x05 Not authorized'],
    ['3.1.1 in answer to 5.0', { cmd: 'connack', sessionPresent: false, returnCode: 1 }, 4, 5, '0x01 Unsupported Protocol Version'],
  ] as const)('of %s names the refusal', (_name, packet, written, asked, text) => {
    const reading = readPacket(storedPacket(generate(packet, { protocolVersion: written }), asked, false))
    expect(reading.summary).toEqual([text])
    expect(reading.reasonCodes[0]).toBeGreaterThanOrEqual(0x80)
    expect(reading.fault).toBeNull()
  })
})

describe('PUBLISH', () => {
  it('has topic, flags, properties and the start of the payload', () => {
    const packet: Packet = {
      cmd: 'publish',
      topic: 'plant/temp',
      payload: 'x'.repeat(1_000),
      qos: 2,
      retain: true,
      dup: true,
      messageId: 7,
      properties: { contentType: 'text/plain', userProperties: { a: 'b' }, correlationData: Buffer.from([1, 255]), topicAlias: 3 },
    }
    const reading = read(packet, 5)
    expect(reading.summary.join(' · ')).toBe('QoS 2 · id 7 · DUP · retain · alias 3')
    expect(fieldsOf(packet, 5)).toMatchObject({
      'Topic Name': 'plant/temp',
      'Packet Identifier': '7',
      'Content Type': 'text/plain',
      'User Property a': 'b',
      'Correlation Data': '01ff',
      'Topic Alias': '3',
      Payload: `1,000 bytes · 64 of them kept · ${'x'.repeat(64)}`,
    })
    expect(read(packet, 5, true).fields.at(-1)?.value).toMatch(/^1,000 bytes · x+…$/)
  })

  it('of 3.1.1 with QoS 0', () => {
    const packet: Packet = { cmd: 'publish', topic: 'a', payload: 'hello', qos: 0, retain: false, dup: false }
    expect(fieldsOf(packet, 4)).toEqual({ QoS: '0', DUP: 'no', Retain: 'no', 'Topic Name': 'a', Payload: '5 bytes · hello' })
  })
})

describe('the other packets', () => {
  it.each([
    [{ cmd: 'puback', messageId: 9, reasonCode: 0x10 }, 5, 'id 9 · 0x10 No matching subscribers'],
    [{ cmd: 'pubrec', messageId: 9, reasonCode: 0x97 }, 5, 'id 9 · 0x97 Quota exceeded'],
    [{ cmd: 'pubrel', messageId: 9, reasonCode: 0x92 }, 5, 'id 9 · 0x92 Packet Identifier not found'],
    [{ cmd: 'pubcomp', messageId: 9 }, 4, 'id 9'],
    [{ cmd: 'suback', messageId: 2, granted: [0, 1, 0x87] }, 5, 'id 2 · 0x00 Granted QoS 0 · 0x01 Granted QoS 1 · 0x87 Not authorized'],
    [{ cmd: 'suback', messageId: 2, granted: [128] }, 4, 'id 2 · 0x80 Failure'],
    [{ cmd: 'unsuback', messageId: 3, granted: [0x11] }, 5, 'id 3 · 0x11 No subscription existed'],
    [{ cmd: 'unsuback', messageId: 3 }, 4, 'id 3'],
    [{ cmd: 'pingreq' }, 5, ''],
    [{ cmd: 'pingresp' }, 4, ''],
    [{ cmd: 'disconnect', reasonCode: 0x8e }, 5, '0x8E Session taken over'],
    [{ cmd: 'disconnect' }, 4, ''],
    [{ cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'X' } }, 5, '0x18 Continue authentication'],
  ] as const)('%j', (packet, version, summary) => {
    const reading = read(packet as unknown as Packet, version)
    expect(reading.summary.join(' · ')).toBe(summary)
    expect(reading.fault).toBeNull()
    expect(reading.name).toBe(packet.cmd.toUpperCase())
  })

  it('SUBSCRIBE with its options', () => {
    const packet: Packet = {
      cmd: 'subscribe',
      messageId: 4,
      subscriptions: [{ topic: 'a/#', qos: 1, nl: true, rap: true, rh: 2 }, { topic: '$share/g/b', qos: 0, nl: false, rap: false, rh: 0 }],
      properties: { subscriptionIdentifier: 300 },
    }
    const reading = read(packet, 5)
    expect(reading.topics).toEqual(['a/#', '$share/g/b'])
    expect(reading.fields.map(({ value }) => value)).toEqual([
      '4',
      '300',
      'a/# · QoS 1 · No Local · Retain As Published · Retain Handling 2',
      '$share/g/b · QoS 0 · Retain Handling 0',
    ])
    expect(read({ ...packet, subscriptions: [{ topic: 'a/#', qos: 1 }] }, 4).fields.at(-1)?.value).toBe('a/# · QoS 1')
  })

  it('UNSUBSCRIBE', () => {
    expect(read({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['a', 'b/+'] }, 5).topics).toEqual(['a', 'b/+'])
  })

  it('DISCONNECT says what the broker had to say', () => {
    const reading = read({ cmd: 'disconnect', reasonCode: 0x9d, properties: { reasonString: 'moved', serverReference: 'other:1883' } }, 5)
    expect(reading.reasonString).toBe('moved')
    expect(reading.fields).toContainEqual({ name: 'Server Reference', value: 'other:1883' })
  })
})

describe('a hostile packet', () => {
  it.each([
    ['QoS 1 without a packet identifier', '320400026162', 'the packet identifier is missing'],
    ['a topic longer than its packet', '3003ffff61', 'the topic name is longer than its packet'],
    ['a topic that is not UTF-8', '30030001ff', 'the topic name is not UTF-8'],
    ['an unknown property', '200602000300ff00', 'property 0x'],
    ['nothing but a fixed header', '4000', 'the packet identifier is missing'],
  ])('%s is read as far as it goes', (_name, hex, fault) => {
    expect(readPacket(storedPacket(Buffer.from(hex, 'hex'), 5, false)).fault).toContain(fault)
  })

  it('of every type, cut short anywhere and with any byte turned over, never throws', () => {
    const packets = ['102400044d51545405c2003c00000161', '2003000000', '300800016100010203', '82080001000001612200', '9004000100', 'e00400021f00', 'f00418001500']
    for (const hex of packets) {
      const bytes = Buffer.from(hex, 'hex')
      for (let length = 0; length <= bytes.length; length += 1) readPacket(storedPacket(bytes.subarray(0, length), 5, true))
      for (let at = 0; at < bytes.length; at += 1) {
        const turned = Buffer.from(bytes)
        turned.writeUInt8(~(turned[at] ?? 0) & 0xff, at)
        readPacket(storedPacket(turned, at % 2 === 0 ? 5 : 4, false))
      }
    }
  })

  it('with more properties than anyone can read shows the first', () => {
    const properties = Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.from('2600016100 0162'.replace(' ', ''), 'hex')))
    const length = properties.length
    const body = Buffer.concat([Buffer.from('000161', 'hex'), Buffer.from([(length & 0x7f) | 0x80, length >> 7]), properties])
    const packet = Buffer.concat([Buffer.from([0x30, (body.length & 0x7f) | 0x80, body.length >> 7]), body])
    const { fields, fault } = readPacket(storedPacket(packet, 5, false))
    expect(fault).toBeNull()
    expect(fields).toHaveLength(501)
    expect(fields.at(-1)?.value).toBe('only the first 500 fields are shown')
  })

  it('with more than is kept of it is no fault', () => {
    const granted = Array.from({ length: 300_000 }, () => 0)
    const { fault, fields } = read({ cmd: 'suback', messageId: 1, granted }, 4)
    expect(fault).toBeNull()
    expect(fields.length).toBeLessThan(600)
  })
})
