import { Duplex } from 'node:stream'
import { MqttClient } from 'mqtt'
import { parser, type IConnectPacket, type Packet } from 'mqtt-packet'
import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import { DEFAULT_MAXIMUM_PACKET_BYTES } from '@shared/profile/profile-defaults'
import { DEFAULT_WILL } from '@shared/profile/will'
import { clientOptionsOf, type ProtocolVersion } from '../../../../../src-main/engine/connection/client-options'
import type { ConnectionConfig } from '../../../../../src-main/engine/engine-api'
import { connectionConfig } from '../../../../support/engine-driver'
import { waitUntil } from '../../../../support/wait-until'

const clients: MqttClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true)
})

/** The bytes of the CONNECT that goes out for a configuration. */
async function connectBytes(overrides: Partial<ConnectionConfig>, version: ProtocolVersion): Promise<Buffer> {
  const written: Buffer[] = []
  const network = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk)
      done()
    },
  })
  const client = new MqttClient(() => network, clientOptionsOf(connectionConfig(1, { clientId: 'me', ...overrides }), version))
  client.on('error', () => undefined)
  clients.push(client)
  await waitUntil(() => written.length > 0, { what: 'the CONNECT' })
  return Buffer.concat(written)
}

/** That CONNECT as another program reads it. */
async function connectOf(overrides: Partial<ConnectionConfig>, version: ProtocolVersion): Promise<IConnectPacket> {
  const packets: Packet[] = []
  const reader = parser()
  reader.on('packet', (packet) => packets.push(packet))
  reader.parse(await connectBytes(overrides, version))
  const [connect] = packets
  if (packets.length !== 1 || connect?.cmd !== 'connect') throw new Error(`no CONNECT: ${JSON.stringify(packets)}`)
  return connect
}

const EVERYTHING = {
  ...DEFAULT_CONNECT_OPTIONS,
  sessionExpirySeconds: SESSION_NEVER_EXPIRES,
  receiveMaximum: 7,
  topicAliasMaximum: 9,
  requestResponseInformation: true,
  requestProblemInformation: false,
  userProperties: [
    { name: 'site', value: 'Ulm' },
    { name: '__proto__', value: 'kept' },
    { name: 'empty', value: '' },
    { name: 'site', value: 'Köln' },
  ],
  authenticationMethod: 'K8S-TOKEN',
}
const WILL = {
  ...DEFAULT_WILL,
  topic: 'plant/gone',
  payloadBase64: Buffer.from('adieu').toString('base64'),
  qos: 2 as const,
  retain: true,
  delaySeconds: 30,
  payloadIsUtf8: true,
  messageExpirySeconds: 0,
  contentType: 'text/plain',
  responseTopic: 'plant/answer',
  correlationDataBase64: Buffer.from([0, 255]).toString('base64'),
  userProperties: [{ name: '__proto__', value: '1' }],
}

describe('the CONNECT', () => {
  it.each([
    ['5.0', 'MQTT', 5],
    ['3.1.1', 'MQTT', 4],
    ['3.1', 'MQIsdp', 3],
  ] as const)('of MQTT %s', async (version, protocolId, protocolVersion) => {
    const connect = await connectOf({ username: 'ada', password: 'pw', cleanStart: false, keepaliveSeconds: 17 }, version)
    expect(connect).toMatchObject({ protocolId, protocolVersion, clientId: 'me', clean: false, keepalive: 17, username: 'ada' })
    expect(String(connect.password)).toBe('pw')
    expect(connect.will).toBeUndefined()
  })

  it('says of MQTT 5.0 only what is not its default, and how much we read', async () => {
    expect((await connectOf({}, '5.0')).properties).toEqual({ maximumPacketSize: DEFAULT_MAXIMUM_PACKET_BYTES })
  })

  it('says all there is to say in MQTT 5.0, and no user property is lost', async () => {
    const { properties } = await connectOf({ connectOptions: EVERYTHING, maximumPacketBytes: 4_096 }, '5.0')
    const { userProperties, ...rest } = properties ?? {}
    expect(rest).toEqual({
      sessionExpiryInterval: 0xffff_ffff,
      receiveMaximum: 7,
      maximumPacketSize: 4_096,
      topicAliasMaximum: 9,
      requestResponseInformation: true,
      requestProblemInformation: false,
      authenticationMethod: 'K8S-TOKEN',
    })
    expect(Object.entries(userProperties ?? {})).toEqual([
      ['site', ['Ulm', 'Köln']],
      ['__proto__', 'kept'],
      ['empty', ''],
    ])
  })

  it('keeps user properties in their order on the wire', async () => {
    const bytes = await connectBytes({ connectOptions: EVERYTHING }, '5.0')
    const pair = ({ name, value }: { name: string; value: string }): Buffer => {
      const text = (part: string): Buffer => {
        const utf8 = Buffer.from(part)
        return Buffer.concat([Buffer.from([utf8.byteLength >> 8, utf8.byteLength & 0xff]), utf8])
      }
      return Buffer.concat([Buffer.from([0x26]), text(name), text(value)])
    }
    expect(bytes.includes(Buffer.concat(EVERYTHING.userProperties.map(pair)))).toBe(true)
  })

  it('leaves a last will with all its properties', async () => {
    const { will } = await connectOf({ will: WILL }, '5.0')
    const { userProperties, ...properties } = will?.properties ?? {}
    expect(will).toMatchObject({ topic: 'plant/gone', payload: Buffer.from('adieu'), qos: 2, retain: true })
    expect(properties).toEqual({
      willDelayInterval: 30,
      payloadFormatIndicator: true,
      messageExpiryInterval: 0,
      contentType: 'text/plain',
      responseTopic: 'plant/answer',
      correlationData: Buffer.from([0, 255]),
    })
    expect(Object.entries(userProperties ?? {})).toEqual([['__proto__', '1']])
  })

  it('leaves an empty last will, which clears a retained message', async () => {
    const { will } = await connectOf({ will: { ...DEFAULT_WILL, topic: 'kept', retain: true } }, '3.1.1')
    expect(will).toMatchObject({ topic: 'kept', payload: Buffer.alloc(0), qos: 0, retain: true })
  })

  it.each(['3.1.1', '3.1'] as const)('says nothing of MQTT 5.0 in %s', async (version) => {
    const connect = await connectOf({ connectOptions: EVERYTHING, will: WILL }, version)
    expect(connect.properties).toBeUndefined()
    expect(connect.will).toEqual({ topic: 'plant/gone', payload: Buffer.from('adieu'), qos: 2, retain: true })
  })

  it('sends authentication data with their method only', async () => {
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, authenticationMethod: 'TOKEN' }
    const { properties } = await connectOf({ connectOptions, authenticationData: 'größe' }, '5.0')
    expect(properties).toMatchObject({ authenticationMethod: 'TOKEN', authenticationData: Buffer.from('größe') })
    expect((await connectOf({ authenticationData: 'x' }, '5.0')).properties).not.toHaveProperty('authenticationData')
  })

  it('asks for no earlier session where there is no identifier it could be under', async () => {
    expect(await connectOf({ clientId: '', cleanStart: false }, '5.0')).toMatchObject({ clientId: '', clean: true })
  })
})
