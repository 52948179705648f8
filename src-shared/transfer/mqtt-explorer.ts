import { z } from '@shared/schema'
import type { CandidateFile, Entry } from './candidate'
import { draftFrom, isLoose, own } from './draft-from'
import { quoted, type Remark } from './remark'

const text = z.string().catch('')
const anything = z.unknown().optional()

/** The file of a certificate, within the settings. */
const fileSchema = z.object({ name: z.string().catch('certificate'), data: z.string().min(1) }).nullish().catch(null)

/** What MQTT Explorer keeps of a connection, as far as it is of use here; all of it may be missing or of another kind. */
const connectionSchema = z.object({
  name: anything,
  host: anything,
  /** A number, or digits as text. */
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
  if (!parsed.success) return { kind: 'unusable', name: '', obstacle: { code: 'not-a-profile' } }
  const connection = parsed.data
  const name = typeof connection.name === 'string' ? connection.name : ''
  const protocol = PROTOCOLS[`${connection.protocol.replace(/:?\/*$/, '')}${connection.encryption ? '+tls' : ''}`]
  if (protocol === undefined) {
    return { kind: 'unusable', name: quoted(name), obstacle: { code: 'protocol-unknown', protocol: quoted(connection.protocol) } }
  }
  const remarks: Remark[] = []
  const result = draftFrom({
    name,
    host: connection.host,
    port: portOf(connection.port),
    protocol,
    path: connection.basePath === '' ? undefined : `/${connection.basePath.replace(/^\/+/, '')}`,
    username: connection.username,
    clientId: connection.clientId,
    tls: { verifyCertificate: connection.certValidation },
    subscriptions: connection.subscriptions?.map(subscriptionOf),
  })
  if (!result.ok) return { kind: 'unusable', name: quoted(name), obstacle: result.obstacle }
  return {
    kind: 'usable',
    draft: result.draft,
    secrets: connection.password === '' ? {} : { password: connection.password },
    files: filesOf(connection),
    remarks: [...remarks, ...result.remarks],
  }
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

/** A port as JSON of others has it. */
export function portOf(port: unknown): unknown {
  return typeof port === 'string' && /^\s*\d{1,5}\s*$/.test(port) ? Number(port) : port
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

