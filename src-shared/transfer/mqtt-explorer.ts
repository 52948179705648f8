import { z } from '@shared/schema'
import type { CandidateFile, Entry } from './candidate'
import { isLoose, own } from './draft-from'
import { anything, entryOf, pathOf, portOf, schemeOf, text, unusable } from './foreign-connection'
import { quoted } from './remark'

/** The file of a certificate, within the settings. */
const fileSchema = z.object({ name: z.string().catch('certificate'), data: z.string().min(1) }).nullish().catch(null)

/** What MQTT Explorer keeps of a connection, as far as it is of use here; all of it may be missing or of another kind. */
const connectionSchema = z.object({
  name: anything,
  host: anything,
  port: anything,
  protocol: z.string().catch('mqtt'),
  basePath: text,
  encryption: z.boolean().catch(false),
  certValidation: z.boolean().catch(true),
  username: text,
  password: text,
  clientId: text,
  selfSignedCertificate: fileSchema,
  clientCertificate: fileSchema,
  clientKey: fileSchema,
  /** Before there was a `configVersion`: the filters alone. */
  subscriptions: z.array(z.unknown()).optional().catch(undefined),
})
type Connection = z.infer<typeof connectionSchema>

const CONNECTIONS_KEY = 'ConnectionManager_connections'

/** The connections in a `settings.json` of MQTT Explorer; null when it is none. */
export function connectionsOfMqttExplorer(document: unknown): unknown[] | null {
  const connections = isLoose(document) ? own(document, CONNECTIONS_KEY) : undefined
  return isLoose(connections) ? Object.values(connections) : null
}

/** A connection of MQTT Explorer as a profile. */
export function readMqttExplorerConnection(raw: unknown): Entry {
  const parsed = connectionSchema.safeParse(raw)
  if (!parsed.success) return unusable('', { code: 'not-a-profile' })
  const connection = parsed.data
  const protocol = PROTOCOLS[`${schemeOf(connection.protocol)}${connection.encryption ? '+tls' : ''}`]
  if (protocol === undefined) {
    return unusable(connection.name, { code: 'protocol-unknown', protocol: quoted(connection.protocol) })
  }
  const values = {
    name: connection.name,
    host: connection.host,
    port: portOf(connection.port),
    protocol,
    path: pathOf(connection.basePath),
    username: connection.username,
    clientId: connection.clientId,
    tls: { verifyCertificate: connection.certValidation },
    subscriptions: connection.subscriptions?.map(subscriptionOf),
  }
  return entryOf(values, { password: connection.password, files: filesOf(connection) })
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  mqtt: 'mqtt',
  'mqtt+tls': 'mqtts',
  mqtts: 'mqtts',
  'mqtts+tls': 'mqtts',
  ws: 'ws',
  'ws+tls': 'wss',
  wss: 'wss',
  'wss+tls': 'wss',
}

function subscriptionOf(raw: unknown): unknown {
  if (typeof raw === 'string') return { filter: raw, qos: 0 }
  return isLoose(raw) ? { filter: own(raw, 'topic'), qos: own(raw, 'qos') ?? 0 } : raw
}

function filesOf(connection: Connection): Record<string, CandidateFile> {
  const { selfSignedCertificate: authority, clientCertificate: certificate, clientKey: key } = connection
  return Object.fromEntries(
    Object.entries({ authority, certificate, key }).flatMap(([purpose, file]) =>
      file === null || file === undefined ? [] : [[purpose, { kind: 'bytes' as const, name: file.name, base64: file.data }]],
    ),
  )
}
