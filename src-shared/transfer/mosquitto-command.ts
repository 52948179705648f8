import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import { generateClientId } from '@shared/profile/profile-defaults'
import { DEFAULT_SUBSCRIPTION_OPTIONS } from '@shared/profile/subscription'
import { toBase64 } from '@shared/payload/payload-codec'
import type { CandidateFile, Entry } from './candidate'
import { draftFrom, type DraftValues } from './draft-from'
import { readMosquittoArguments, type MosquittoArguments } from './mosquitto-arguments'
import type { Meaning } from './mosquitto-options'
import { connectPropertiesOf, subscriptionIdentifierOf, willPropertiesOf } from './mosquitto-properties'
import { quoted, type Remark } from './remark'
import { readSocksUrl, type SocksUrl } from './socks-url'
import type { ShellWord } from './shell-words'

/** The profile that a command of the Mosquitto clients stands for; null when the words are no such command. */
export function readMosquittoCommand(words: readonly ShellWord[]): Entry | null {
  const name = words.map(({ text }) => text).find((text) => /mosquitto_(?:sub|pub)/.test(text))
  if (name === undefined) return null
  const given = readMosquittoArguments(words)
  if (given === null) return { kind: 'unusable', name: quoted(name), obstacle: { code: 'command-broken' } }
  if (given.values.has('unix')) return { kind: 'unusable', name, obstacle: { code: 'unix-socket' } }
  if (given.values.has('psk')) return { kind: 'unusable', name, obstacle: { code: 'pre-shared-key' } }
  const remarks = [...given.remarks]
  const address = addressOf(given, remarks)
  if (address === null) return { kind: 'unusable', name, obstacle: { code: 'host-missing' } }
  const proxy = proxyOf(given, remarks)
  const result = draftFrom({ ...address.values, ...valuesOf(given, address, remarks), proxy: proxy?.choice })
  if (!result.ok) return { kind: 'unusable', name, obstacle: result.obstacle }
  return {
    kind: 'usable',
    draft: result.draft,
    secrets: {
      ...(address.password && { password: address.password }),
      ...(proxy?.password && { proxyPassword: proxy.password }),
    },
    files: filesOf(given),
    remarks: [...remarks, ...result.remarks],
  }
}

interface Address {
  readonly values: DraftValues
  readonly password: string | undefined
  readonly topics: readonly string[]
}

/** Where to connect as whom. Options win over the URL of `-L`; without either it is this computer. */
function addressOf({ values, flags, variables }: MosquittoArguments, remarks: Remark[]): Address | null {
  const url = values.has('url') ? readUrl(values.get('url') ?? '') : null
  if (values.has('url') && url === null) remarks.push({ code: 'option-value', option: '-L' })
  const host = values.get('host') ?? url?.host ?? (variables.has('host') || variables.has('url') ? null : 'localhost')
  if (host === null) return null
  const portText = values.get('port') ?? url?.port
  const tlsOption = (['cafile', 'tls-use-os-certs', 'cert'] as const).some((meaning) => values.has(meaning) || flags.has(meaning))
  // As the clients do: port 8883 alone means TLS.
  const usesTls = tlsOption || url?.secure === true || portText === '8883'
  return {
    values: {
      host,
      protocol: usesTls ? 'mqtts' : 'mqtt',
      port: portText === undefined ? (usesTls ? 8883 : 1883) : numberOf(portText),
      username: values.get('username') ?? url?.username,
    },
    password: values.get('password') ?? url?.password,
    topics: url === null ? [] : [url.topic],
  }
}

/** `mqtt(s)://[username[:password]@]host[:port]/topic`; nothing in it is percent-encoded. */
function readUrl(text: string) {
  const match = /^mqtt(?<s>s?):\/\/(?:(?<username>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<host>[^:/]*)(?::(?<port>[^/]*))?\/(?<topic>[^]+)$/i.exec(text)
  if (match?.groups === undefined) return null
  const { s, username, password, host = '', port, topic = '' } = match.groups
  return { secure: s !== '', username, password, host, port, topic }
}

function proxyOf({ values }: MosquittoArguments, remarks: Remark[]): { choice: object; password: SocksUrl['password'] } | null {
  const text = values.get('proxy')
  const url = text === undefined ? null : readSocksUrl(text)
  if (text !== undefined && url === null) remarks.push({ code: 'option-value', option: '--proxy' })
  if (url === null) return null
  const { password, ...proxy } = url
  return { choice: { kind: 'socks5', ...proxy }, password }
}

const VERSIONS: Readonly<Record<string, string>> = {
  5: '5.0', mqttv5: '5.0', 311: '3.1.1', mqttv311: '3.1.1', 31: '3.1', mqttv31: '3.1',
}

function valuesOf(given: MosquittoArguments, address: Address, remarks: Remark[]): DraftValues {
  const { values, flags } = given
  const persistent = flags.has('persistent')
  const connectOptions = connectPropertiesOf(given, remarks)
  const expiry = values.get('session-expiry')
  const version = values.get('version')
  return {
    keepaliveSeconds: values.has('keepalive') ? numberOf(values.get('keepalive')) : undefined,
    // Without -V the clients speak 3.1.1, and so does any broker.
    mqttVersion: given.properties.length > 0 ? '5.0' : version === undefined ? undefined : (VERSIONS[version] ?? version),
    clientId: clientIdOf(given, remarks),
    cleanStart: !persistent,
    connectOptions: {
      ...DEFAULT_CONNECT_OPTIONS,
      ...(persistent && { sessionExpirySeconds: SESSION_NEVER_EXPIRES }),
      ...connectOptions.values,
      ...(expiry !== undefined && { sessionExpirySeconds: expiry === '-1' || expiry === '∞' ? SESSION_NEVER_EXPIRES : numberOf(expiry) }),
    },
    maximumPacketBytes: connectOptions.maximumPacketBytes,
    tls: tlsOf(given, remarks),
    will: willOf(given, remarks),
    subscriptions: subscriptionsOf(given, address.topics, remarks),
  }
}

function clientIdOf({ values }: MosquittoArguments, remarks: Remark[]): string | undefined {
  const prefix = values.get('client-id-prefix')
  if (prefix === undefined || values.has('client-id')) return values.get('client-id')
  remarks.push({ code: 'client-id-completed' })
  return `${prefix}${generateClientId()}`
}

function tlsOf({ values, flags }: MosquittoArguments, remarks: Remark[]): Record<string, unknown> {
  const version = values.get('tls-version')
  if (version !== undefined && !/^tlsv1\.[23]$/.test(version)) remarks.push({ code: 'tls-version-raised' })
  const alpn = values.get('tls-alpn')
  return {
    ...(version === 'tlsv1.3' && { minimumVersion: '1.3' }),
    ...(alpn !== undefined && { alpnProtocols: [alpn] }),
    verifyHostName: !flags.has('insecure'),
  }
}

function willOf(given: MosquittoArguments, remarks: Remark[]): Record<string, unknown> | null {
  const { values, flags } = given
  const topic = values.get('will-topic')
  if (topic === undefined) return null
  return {
    topic,
    payloadBase64: toBase64(new TextEncoder().encode(values.get('will-payload') ?? '')),
    payloadFormat: 'text',
    qos: numberOf(values.get('will-qos') ?? '0'),
    retain: flags.has('will-retain'),
    ...willPropertiesOf(given, remarks),
  }
}

function subscriptionsOf(given: MosquittoArguments, fromUrl: readonly string[], remarks: Remark[]): unknown[] {
  if (given.program === 'pub') return []
  const qosText = given.values.get('qos') ?? '0'
  if (!/^[012]$/.test(qosText)) remarks.push({ code: 'option-value', option: '-q' })
  const identifier = subscriptionIdentifierOf(given, remarks)
  const retainAsPublished = given.flags.has('retain-as-published')
  const options = { ...DEFAULT_SUBSCRIPTION_OPTIONS, retainAsPublished, identifier }
  const qos = /^[012]$/.test(qosText) ? Number(qosText) : 0
  return [...fromUrl, ...given.topics].map((filter) =>
    identifier === null && !retainAsPublished ? { filter, qos } : { filter, qos, options },
  )
}

function filesOf({ values }: MosquittoArguments): Record<string, CandidateFile> {
  const names: readonly [string, Meaning][] = [['authority', 'cafile'], ['certificate', 'cert'], ['key', 'key']]
  return Object.fromEntries(
    names.flatMap(([purpose, meaning]) => {
      const path = values.get(meaning)
      return path === undefined ? [] : [[purpose, { kind: 'path' as const, path }]]
    }),
  )
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
}
