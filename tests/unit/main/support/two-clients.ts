import { MqttClient, type IPublishPacket } from 'mqtt'
import { parser, type Packet } from 'mqtt-packet'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { clientOptionsOf } from '../../../../src-main/engine/connection/client-options'
import { MqttSession } from '../../../../src-main/engine/connection/mqtt-session'
import { SessionState } from '../../../../src-main/engine/connection/session-state'
import { PacketLog } from '../../../../src-main/engine/packet-log/packet-log'
import { connectionConfig } from '../../../support/engine-driver'
import { FakeNetwork, flow } from './fake-network'
import { NaiveIntake, type TakenMessage } from './naive-intake'

export type Version = '3.1.1' | '5.0'

/** All that can be seen of a client from outside. */
export interface Seen {
  /** In the order they were handed out. */
  readonly messages: readonly TakenMessage[]
  /** Payloads of messages that were left out for their topic. */
  readonly refused: readonly string[]
  /** PUBACK, PUBREC and PUBCOMP, in the order they were written. */
  readonly answers: readonly string[]
  /** What the connection ended with; null: it goes on. */
  readonly end: string | null
  /** Whether a packet has begun that is not whole. */
  readonly waits: boolean
}

/** The networks that `openTransport` opens, where it is mocked with this list. */
export const networks: FakeNetwork[] = []

const configOf = (mqttVersion: Version) =>
  connectionConfig(1, { mqttVersion, clientId: 'same', maximumPacketBytes: 100_000, connectOptions: { ...DEFAULT_CONNECT_OPTIONS, topicAliasMaximum: 3 } })

/** What a session of ours makes of these bytes. */
export async function ours(version: Version, chunks: readonly Uint8Array[]): Promise<Seen> {
  const network = new FakeNetwork()
  networks.push(network)
  const intake = new NaiveIntake()
  let end: string | null = null
  const events = { secured: () => undefined, online: () => undefined, acknowledged: () => undefined, ended: ({ code, detail }: { code: string; detail: string }) => (end = `${code}: ${detail}`) }
  const session = new MqttSession(configOf(version), version, events, new SessionState(), new PacketLog(), intake)
  await flow()
  for (const chunk of chunks) network.arrive(chunk)
  await flow()
  const seen = { messages: [...intake.taken], refused: intake.refused.map(({ payload }) => payload), answers: answersIn(network.sent, version), end, waits: intake.inlets.some((inlet) => inlet.end > inlet.start) }
  network.destroy()
  await session.close()
  return seen
}

/** What MQTT.js by itself makes of the same bytes, in one piece: it throws out of its parser at some. */
export async function plain(version: Version, bytes: Uint8Array): Promise<Seen> {
  const network = new FakeNetwork()
  const messages: TakenMessage[] = []
  let end: string | null = null
  const client = new MqttClient(() => network, clientOptionsOf(configOf(version), version))
  client.on('message', (topic, payload, packet) => {
    const { qos, retain, dup } = packet
    // Who reports an error is believed, though it goes on.
    if (end === null) messages.push({ topic, payload: payload.toString('latin1'), qos, retain, dup, properties: propertiesOf(packet.properties) })
  })
  client.on('error', (error) => {
    end ??= error.message
    network.destroy()
  })
  await flow()
  const thrown = await uncaughtOf(async () => {
    network.arrive(bytes)
    await flow()
  })
  if (thrown !== null) end = `thrown: ${thrown}`
  if (network.destroyed) end ??= 'closed'
  const seen = { messages, refused: [], answers: answersIn(network.sent, version), end, waits: false }
  network.destroy()
  client.end(true)
  return seen
}

/** What is thrown where nobody can catch it: it would end the process. */
async function uncaughtOf(action: () => Promise<void>): Promise<string | null> {
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  let thrown: string | null = null
  process.on('uncaughtException', (error) => (thrown ??= String(error)))
  try {
    await action()
  } catch (error) {
    thrown ??= String(error)
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of listeners) process.on('uncaughtException', listener)
  }
  return thrown
}

function answersIn(sent: readonly Uint8Array[], version: Version): string[] {
  const packets: Packet[] = []
  const reader = parser({ protocolVersion: version === '5.0' ? 5 : 4 })
  reader.on('packet', (packet) => packets.push(packet))
  reader.parse(Buffer.concat(sent))
  return packets.flatMap(({ cmd, messageId }) => (['puback', 'pubrec', 'pubcomp'].includes(cmd) ? [`${cmd} ${messageId}`] : []))
}

/** The properties by the names we show. MQTT.js groups them, so theirs is another order. */
function propertiesOf(properties: IPublishPacket['properties'] = {}): TakenMessage['properties'] {
  const { payloadFormatIndicator, messageExpiryInterval, topicAlias, responseTopic, correlationData, contentType } = properties
  const { subscriptionIdentifier = [], userProperties = {} } = properties
  const pairs: [string, string | number | undefined][] = [
    ['Payload Format Indicator', payloadFormatIndicator === undefined ? undefined : payloadFormatIndicator ? '1 (UTF-8)' : '0 (bytes)'],
    ['Message Expiry Interval', messageExpiryInterval],
    ['Topic Alias', topicAlias],
    ['Response Topic', responseTopic],
    ['Correlation Data', correlationData?.toString('hex')],
    ...Object.entries(userProperties).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [`User Property ${name}`, value])),
    ...[subscriptionIdentifier].flat().map((identifier): [string, number] => ['Subscription Identifier', identifier]),
    ['Content Type', contentType],
  ]
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
}
