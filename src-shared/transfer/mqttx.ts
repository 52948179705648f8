import { toBase64 } from '@shared/payload/payload-codec'
import { z } from '@shared/schema'
import type { CandidateFile, Entry } from './candidate'
import { isLoose, own, type Loose } from './draft-from'
import { anything, entryOf, pathOf, portOf, schemeOf, text, unusable } from './foreign-connection'
import { quoted, type Remark } from './remark'

const loose = z.record(z.string(), z.unknown()).catch({})

/** What MQTTX exports of a connection, as far as it is of use here; all of it may be missing or of another kind. */
const connectionSchema = z.object({
  name: anything,
  clientId: text,
  host: anything,
  port: anything,
  protocol: z.string().catch('mqtt'),
  path: text,
  ssl: z.boolean().catch(false),
  rejectUnauthorized: z.boolean().catch(true),
  ALPNProtocols: text,
  /** Paths of files. */
  ca: text,
  cert: text,
  key: text,
  username: text,
  password: text,
  mqttVersion: anything,
  clean: anything,
  keepalive: anything,
  connectTimeout: anything,
  reconnectPeriod: anything,
  properties: loose,
  will: loose,
  subscriptions: z.array(z.unknown()).catch([]),
})
type Connection = z.infer<typeof connectionSchema>

/** What MQTTX waits between attempts unless told otherwise. */
const DEFAULT_RECONNECT_MS = 4_000

/** The connections in a JSON export of MQTTX, many or one; null when it is none. */
export function connectionsOfMqttx(document: unknown): unknown[] | null {
  const list: unknown[] = Array.isArray(document) ? document : [document]
  return list.some((item) => isLoose(item) && own(item, 'host') !== undefined && MARKS.some((key) => own(item, key) !== undefined))
    ? list
    : null
}

/** Fields that tell an export of MQTTX from other JSON with a host in it. */
const MARKS = ['mqttVersion', 'clientId', 'lastWillTopic', 'certType'] as const

/** A connection of MQTTX as a profile. */
export function readMqttxConnection(raw: unknown): Entry {
  const parsed = connectionSchema.safeParse(raw)
  if (!parsed.success) return unusable('', { code: 'not-a-profile' })
  const connection = parsed.data
  const scheme = schemeOf(connection.protocol.toLowerCase())
  const protocol = connection.ssl ? { mqtt: 'mqtts', ws: 'wss' }[scheme] ?? scheme : scheme
  if (!['mqtt', 'mqtts', 'ws', 'wss'].includes(protocol)) {
    return unusable(connection.name, { code: 'protocol-unknown', protocol: quoted(connection.protocol) })
  }
  const remarks: Remark[] = []
  const { reconnectPeriod, properties } = connection
  if (typeof reconnectPeriod === 'number' && reconnectPeriod !== DEFAULT_RECONNECT_MS) remarks.push({ code: 'retry-period' })
  if (own(properties, 'authenticationData')) remarks.push({ code: 'authentication-data' })
  const values = {
    name: connection.name,
    host: connection.host,
    port: portOf(connection.port),
    protocol,
    path: pathOf(connection.path),
    tls: { verifyCertificate: connection.rejectUnauthorized, alpnProtocols: alpnOf(connection.ALPNProtocols) },
    mqttVersion: connection.mqttVersion,
    clientId: connection.clientId,
    username: connection.username,
    cleanStart: connection.clean,
    keepaliveSeconds: connection.keepalive,
    connectTimeoutSeconds: connection.connectTimeout,
    maximumPacketBytes: given(own(properties, 'maximumPacketSize')),
    connectOptions: connectOptionsOf(properties),
    will: willOf(connection.will),
    subscriptions: subscriptionsOf(connection.subscriptions, remarks),
  }
  return entryOf(values, { password: connection.password, files: filesOf(connection), remarks })
}

/** MQTTX writes null, or an empty text, for what is not set. */
function given(value: unknown): unknown {
  return value === null || value === '' ? undefined : value
}

function alpnOf(list: string): string[] {
  return list.split(',').map((name) => name.trim()).filter((name) => name !== '')
}

function connectOptionsOf(properties: Loose): Loose {
  return {
    sessionExpirySeconds: given(own(properties, 'sessionExpiryInterval')),
    // Zero is a protocol error [MQTT-3.1.2.11.3]; MQTTX leaves it out.
    receiveMaximum: given(own(properties, 'receiveMaximum')) || undefined,
    topicAliasMaximum: given(own(properties, 'topicAliasMaximum')),
    requestResponseInformation: given(own(properties, 'requestResponseInformation')),
    requestProblemInformation: given(own(properties, 'requestProblemInformation')),
    userProperties: userPropertiesOf(own(properties, 'userProperties')),
    authenticationMethod: given(own(properties, 'authenticationMethod')),
  }
}

/** `{ name: value }`, or `{ name: [value, value] }` where a name repeats. */
function userPropertiesOf(raw: unknown): unknown {
  if (!isLoose(raw)) return undefined
  return Object.entries(raw).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
}

function willOf(will: Loose): Loose | null {
  const topic = given(own(will, 'lastWillTopic'))
  if (topic === undefined) return null
  const payload = own(will, 'lastWillPayload')
  const properties = own(will, 'properties')
  const property = (name: string): unknown => (isLoose(properties) ? given(own(properties, name)) : undefined)
  const correlation = property('correlationData')
  return {
    topic,
    payloadBase64: toBase64(new TextEncoder().encode(typeof payload === 'string' ? payload : '')),
    payloadFormat: 'text',
    qos: own(will, 'lastWillQos') ?? 0,
    retain: own(will, 'lastWillRetain') ?? false,
    delaySeconds: property('willDelayInterval'),
    payloadIsUtf8: property('payloadFormatIndicator'),
    messageExpirySeconds: property('messageExpiryInterval'),
    contentType: property('contentType'),
    responseTopic: property('responseTopic'),
    correlationDataBase64: typeof correlation === 'string' ? toBase64(new TextEncoder().encode(correlation)) : undefined,
    userProperties: userPropertiesOf(property('userProperties')),
  }
}

function subscriptionsOf(list: readonly unknown[], remarks: Remark[]): unknown[] {
  return list.flatMap((item): unknown[] => {
    if (!isLoose(item)) return [item]
    const filter = own(item, 'topic')
    if (own(item, 'disabled') === true) {
      remarks.push({ code: 'filter-disabled', filter: quoted(String(filter)) })
      return []
    }
    const [noLocal, retainAsPublished, retainHandling] = [own(item, 'nl'), own(item, 'rap'), own(item, 'rh')]
    const identifier = given(own(item, 'subscriptionIdentifier'))
    const options = {
      noLocal: noLocal === true,
      retainAsPublished: retainAsPublished === true,
      retainHandling: retainHandling ?? 0,
      identifier: identifier ?? null,
    }
    const says = noLocal === true || retainAsPublished === true || options.retainHandling !== 0 || identifier !== undefined
    return [{ filter, qos: own(item, 'qos') ?? 0, ...(says && { options }) }]
  })
}

function filesOf({ ca: authority, cert: certificate, key }: Connection): Record<string, CandidateFile> {
  return Object.fromEntries(
    Object.entries({ authority, certificate, key }).flatMap(([purpose, path]) =>
      path === '' ? [] : [[purpose, { kind: 'path' as const, path }]],
    ),
  )
}
