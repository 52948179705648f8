import { fromBase64 } from '@shared/payload/payload-codec'
import { DEFAULT_CONNECT_OPTIONS, SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import { DEFAULT_MAXIMUM_PACKET_BYTES } from '@shared/profile/profile-defaults'
import { usesTls, usesWebSocket, type Profile, type ProfileDraft } from '@shared/profile/profile'
import { DEFAULT_SUBSCRIPTION_OPTIONS, type Subscription } from '@shared/profile/subscription'
import type { Will } from '@shared/profile/will'
import { CONNECT_FLAGS, CONNECT_NUMBERS, WILL_NUMBERS, WILL_TEXTS } from './mosquitto-properties'
import { quoteShellWord } from './shell-words'
import { writeSocksUrl } from './socks-url'

/** What a command does not say as the profile does, for its program cannot. */
export type CopyNote =
  | 'password' | 'files' | 'verification' | 'server-name' | 'alpn' | 'alternates' | 'keepalive' | 'session'
  | 'qos' | 'subscription-options' | 'will-payload' | 'will-binary' | 'nothing-subscribed' | 'nul' | 'pkcs12' | 'sas-token' | 'proxy' | 'proxy-password' | 'pins'

export type CopiedCommand =
  | { readonly ok: true; readonly command: string; readonly notes: readonly CopyNote[] }
  /** The programs of Mosquitto 2.0 speak no WebSocket. */
  | { readonly ok: false; readonly reason: 'web-socket' }

/** What mosquitto_pub is to publish; null: words that stand for it. */
export interface CopiedMessage {
  readonly topic: string
  readonly payload: string
  readonly qos: number
  readonly retain: boolean
}

/** A word of the command that the shell is to expand, so it is not quoted. */
const PASSWORD_VARIABLE = '"$MQTT_PASSWORD"'

/** The command that subscribes as the profile does. */
export function mosquittoSub(profile: Profile): CopiedCommand {
  const subscriptions = profile.subscriptions.length === 0 ? [{ filter: '#', qos: 0 as const }] : profile.subscriptions
  const notes: CopyNote[] = profile.subscriptions.length === 0 ? ['nothing-subscribed'] : []
  return commandOf('mosquitto_sub', profile, notes, [
    ...subscriptionWords(subscriptions, speaksFive(profile), notes),
    '-v',
  ])
}

/** The command that publishes as the profile would. */
export function mosquittoPub(profile: Profile, message: CopiedMessage | null): CopiedCommand {
  const { topic, payload, qos, retain } = message ?? { topic: 'topic', payload: 'payload', qos: 0, retain: false }
  return commandOf('mosquitto_pub', profile, [], [
    ...['-t', topic],
    ...(qos > 0 ? ['-q', String(qos)] : []),
    ...(retain ? ['-r'] : []),
    ...(payload === '' ? ['-n'] : ['-m', payload]),
  ])
}

function commandOf(program: string, profile: Profile, notes: CopyNote[], rest: readonly string[]): CopiedCommand {
  if (usesWebSocket(profile.protocol)) return { ok: false, reason: 'web-socket' }
  const words = [
    ...['-h', profile.host.replace(/^\[|\]$/g, ''), '-p', String(profile.port)],
    ...(profile.username === '' ? [] : ['-u', profile.username]),
    ...versionWords(profile),
    ...sessionWords(profile, notes),
    ...(usesTls(profile.protocol) ? tlsWords(profile, notes) : []),
    ...proxyWords(profile, notes),
    ...willWords(profile, notes),
    ...rest,
  ]
  // No argument of a program can hold it.
  if (words.some((word) => word.includes('\0'))) notes.push('nul')
  if (profile.alternates.length > 0) notes.push('alternates')
  const quoted = words.map((word) => quoteShellWord(word.replaceAll('\0', '')))
  const hasPassword = profile.passwordStorage !== 'none'
  if (hasPassword) {
    notes.push(profile.credentials === 'azure-connection-string' ? 'sas-token' : 'password')
    quoted.push('-P', PASSWORD_VARIABLE)
  }
  return { ok: true, command: [program, ...quoted].join(' '), notes: [...new Set(notes)] }
}

function proxyWords({ proxy, proxyPasswordStorage }: Profile, notes: CopyNote[]): string[] {
  switch (proxy.kind) {
    case 'none':
      return []
    case 'system':
    case 'http':
      notes.push('proxy')
      return []
    case 'socks5':
      if (proxyPasswordStorage !== 'none') notes.push('proxy-password')
      return ['--proxy', writeSocksUrl(proxy)]
  }
}

/** Whether the command has to ask for 5.0: the programs ask for 3.1.1 unless told otherwise, as *automatic* comes to. */
function speaksFive({ mqttVersion, connectOptions, cleanStart, subscriptions }: ProfileDraft): boolean {
  if (mqttVersion !== 'automatic') return mqttVersion === '5.0'
  const { sessionExpirySeconds, ...others } = connectOptions
  const { sessionExpirySeconds: _expiry, ...defaults } = DEFAULT_CONNECT_OPTIONS
  return (
    JSON.stringify(others) !== JSON.stringify({ ...defaults, sendTopicAliases: others.sendTopicAliases }) ||
    sessionExpirySeconds !== (cleanStart ? 0 : SESSION_NEVER_EXPIRES) ||
    subscriptions.some(({ options }) => options !== undefined)
  )
}

function versionWords(draft: ProfileDraft): string[] {
  if (speaksFive(draft)) return ['-V', 'mqttv5']
  switch (draft.mqttVersion) {
    case '3.1.1':
      return ['-V', 'mqttv311']
    case '3.1':
      return ['-V', 'mqttv31']
    default:
      return []
  }
}

/** What the clients take of a keep alive; none (0) they cannot. */
const MIN_KEEPALIVE_SECONDS = 5
const MAX_KEEPALIVE_SECONDS = 65_535
const DEFAULT_KEEPALIVE_SECONDS = 60

function sessionWords(draft: ProfileDraft, notes: CopyNote[]): string[] {
  const { clientId, cleanStart, keepaliveSeconds, maximumPacketBytes, connectOptions } = draft
  const words = clientId === '' ? [] : ['-i', clientId]
  const keepalive = keepaliveSeconds === 0 ? MAX_KEEPALIVE_SECONDS : Math.max(keepaliveSeconds, MIN_KEEPALIVE_SECONDS)
  if (keepalive !== keepaliveSeconds) notes.push('keepalive')
  if (keepalive !== DEFAULT_KEEPALIVE_SECONDS) words.push('-k', String(keepalive))
  // A session that lasts needs a client identifier that does.
  const resumes = !cleanStart && clientId !== ''
  if (!cleanStart && !resumes) notes.push('session')
  if (resumes) words.push('-c')
  if (!speaksFive(draft)) return words
  const expiry = connectOptions.sessionExpirySeconds
  const impliedExpiry = resumes ? SESSION_NEVER_EXPIRES : 0
  if (expiry !== impliedExpiry && (clientId !== '' || expiry !== SESSION_NEVER_EXPIRES)) words.push('-x', String(expiry))
  const property = (name: string, ...values: string[]) => words.push('-D', 'connect', name, ...values)
  for (const [name, field] of Object.entries(CONNECT_NUMBERS)) {
    const value = connectOptions[field]
    if (field !== 'sessionExpirySeconds' && value !== DEFAULT_CONNECT_OPTIONS[field]) property(name, String(value))
  }
  for (const [name, field] of Object.entries(CONNECT_FLAGS)) {
    if (connectOptions[field] !== DEFAULT_CONNECT_OPTIONS[field]) property(name, connectOptions[field] ? '1' : '0')
  }
  if (maximumPacketBytes !== DEFAULT_MAXIMUM_PACKET_BYTES) property('maximum-packet-size', String(maximumPacketBytes))
  if (connectOptions.authenticationMethod !== '') property('authentication-method', connectOptions.authenticationMethod)
  for (const { name, value } of connectOptions.userProperties) property('user-property', name, value)
  return words
}

function tlsWords({ tls }: ProfileDraft, notes: CopyNote[]): string[] {
  const { authority, certificate, key, minimumVersion, alpnProtocols, verifyCertificate, verifyHostName, serverName } = tls
  const isPkcs12 = certificate !== null && /\.(p12|pfx)$/i.test(certificate.name)
  if (authority !== null || certificate !== null) notes.push('files')
  if (isPkcs12) notes.push('pkcs12')
  if (!verifyCertificate) notes.push('verification')
  if (tls.pins.length > 0) notes.push('pins')
  if (serverName !== '') notes.push('server-name')
  if (alpnProtocols.length > 1) notes.push('alpn')
  return [
    ...(authority === null ? ['--tls-use-os-certs'] : ['--cafile', 'ca.pem']),
    // A key may stand in the file of its certificate.
    ...(certificate === null ? [] : ['--cert', 'client.pem', '--key', key === null && !isPkcs12 ? 'client.pem' : 'client.key']),
    ...(minimumVersion === '1.3' ? ['--tls-version', 'tlsv1.3'] : []),
    ...(alpnProtocols[0] === undefined ? [] : ['--tls-alpn', alpnProtocols[0]]),
    ...(verifyHostName && verifyCertificate ? [] : ['--insecure']),
  ]
}

function willWords(draft: ProfileDraft, notes: CopyNote[]): string[] {
  const { will } = draft
  if (will === null) return []
  const payload = textOf(will.payloadBase64)
  if (payload === null) notes.push('will-payload')
  return [
    ...['--will-topic', will.topic],
    ...(payload === null || payload === '' ? [] : ['--will-payload', payload]),
    ...(will.qos > 0 ? ['--will-qos', String(will.qos)] : []),
    ...(will.retain ? ['--will-retain'] : []),
    ...(speaksFive(draft) ? willPropertyWords(will, notes) : []),
  ]
}

function willPropertyWords(will: Will, notes: CopyNote[]): string[] {
  const words: string[] = []
  const property = (name: string, ...values: string[]) => words.push('-D', 'will', name, ...values)
  for (const [name, field] of Object.entries(WILL_NUMBERS)) {
    const value = will[field]
    if (value !== null && value !== 0) property(name, String(value))
  }
  for (const [name, field] of Object.entries(WILL_TEXTS)) {
    if (will[field] !== '') property(name, will[field])
  }
  if (will.payloadIsUtf8) property('payload-format-indicator', '1')
  const correlation = textOf(will.correlationDataBase64)
  if (correlation === null) notes.push('will-binary')
  else if (correlation !== '') property('correlation-data', correlation)
  for (const { name, value } of will.userProperties) property('user-property', name, value)
  return words
}

/** Bytes as an argument can say them; null when they are no text. */
function textOf(base64: string): string | null {
  const bytes = fromBase64(base64)
  if (bytes === null || bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** All filters of a command share one QoS and their options. */
function subscriptionWords(subscriptions: readonly Subscription[], five: boolean, notes: CopyNote[]): string[] {
  const qos = Math.max(...subscriptions.map((subscription) => subscription.qos))
  if (subscriptions.some((subscription) => subscription.qos !== qos)) notes.push('qos')
  const words = subscriptions.flatMap(({ filter }) => ['-t', filter])
  if (qos > 0) words.push('-q', String(qos))
  if (!five) return words
  const options = subscriptions.map((subscription) => subscription.options ?? DEFAULT_SUBSCRIPTION_OPTIONS)
  const [first = DEFAULT_SUBSCRIPTION_OPTIONS] = options
  const same = options.every((other) => JSON.stringify(other) === JSON.stringify(first))
  if (!same || first.noLocal || first.retainHandling !== 0) notes.push('subscription-options')
  if (same && first.retainAsPublished) words.push('--retain-as-published')
  if (same && first.identifier !== null) words.push('-D', 'subscribe', 'subscription-identifier', String(first.identifier))
  return words
}
