import { topicFilterFault } from '@shared/mqtt/topic'
import type { QoS } from '@shared/mqtt/qos'
import { profileDraftSchema, type Profile, type ProfileDraft } from '@shared/profile/profile'
import { defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'
import { DEFAULT_SUBSCRIPTION_OPTIONS, subscriptionOf, type SubscriptionOptions } from '@shared/profile/subscription'
import { needsClientId, speaks5 } from '@shared/profile/version-rules'
import { amountOf, SIZE_UNITS, valueOf, type Amount, type SizeUnit } from '../../ui/amount'
import { connectOptionsFormOf, connectOptionsOf, type ConnectOptionsForm } from './connect-options-form'
import { alternateFault, alternateRow, repeatedBrokers, type AlternateRow } from './alternates-form'
import { countingHeaders, headerErrors, headerRow, type HeaderRow } from './header-form'
import { proxyFormOf, proxyOf, type ProxyForm } from './proxy-form'
import { tlsFormOf, tlsOf, type TlsForm } from './tls-form'
import { willFormOf, willOf, type WillForm } from './will-form'

/** A topic filter while it is edited; `key` tells rows apart, as two may read the same for a while. */
export interface SubscriptionRow {
  readonly key: number
  filter: string
  qos: QoS
  options: SubscriptionOptions
}

type Numbers = 'port' | 'keepaliveSeconds' | 'connectTimeoutSeconds' | 'maxConnectAttempts'

/** What has a form of its own. */
type Parts = 'alternates' | 'subscriptions' | 'tls' | 'proxy' | 'headerNames' | 'connectOptions' | 'will' | 'maximumPacketBytes'

/** A profile while it is edited: numbers may be missing (null) or no numbers at all (NaN). */
export type ProfileForm = Omit<ProfileDraft, Numbers | Parts> &
  Record<Numbers, number | null> & {
    alternates: AlternateRow[]
    subscriptions: SubscriptionRow[]
    tls: TlsForm
    proxy: ProxyForm
    headers: HeaderRow[]
    connectOptions: ConnectOptionsForm
    will: WillForm
    maximumPacket: Amount<SizeUnit>
  }

/** A field that can be wrong, `subscriptions.2.filter` included, and the catalogue's key of what is wrong with it. */
export type FormErrors = Readonly<Record<string, string>>

let lastKey = 0

/** A row for `filter`. */
export function subscriptionRow(filter: string, qos: QoS, options = DEFAULT_SUBSCRIPTION_OPTIONS): SubscriptionRow {
  lastKey += 1
  return { key: lastKey, filter, qos, options }
}

/** The form of `profile`, or of a new one. */
export function formOf(profile: Profile | null): ProfileForm {
  const draft = profile === null ? defaultProfileDraft(generateClientId()) : draftPart(profile)
  const { alternates, subscriptions, tls, proxy, headerNames, connectOptions, will, maximumPacketBytes, ...rest } = draft
  return {
    ...rest,
    alternates: alternates.map(({ host, port }) => alternateRow(host, port)),
    tls: tlsFormOf(tls),
    proxy: proxyFormOf(proxy),
    headers: headerNames.map((name) => headerRow(name, profile !== null && profile.headersStorage !== 'none')),
    connectOptions: connectOptionsFormOf(connectOptions),
    will: willFormOf(will),
    maximumPacket: amountOf(maximumPacketBytes, SIZE_UNITS),
    subscriptions: subscriptions.map(({ filter, qos, options }) => subscriptionRow(filter, qos, options)),
  }
}

/** What of a profile the user edits. */
export function draftPart(profile: Profile): ProfileDraft {
  const { id: _id, passwordStorage: _password, passphraseStorage: _passphrase, ...more } = profile
  const { proxyPasswordStorage: _proxyPassword, headersStorage: _headers, authenticationDataStorage: _data, ...draft } = more
  return draft
}

/** Checks the form: the draft to save, or what is wrong by field. */
export function draftOf(form: ProfileForm): { draft: ProfileDraft } | { errors: FormErrors } {
  const { headers, maximumPacket, ...rest } = form
  const counting = countingHeaders(headers, form.protocol)
  const has5 = speaks5(form.mqttVersion)
  const candidate = {
    ...rest,
    alternates: form.alternates.map(({ host, port }) => ({ host, port })),
    proxy: proxyOf(form.proxy),
    headerNames: counting.map(({ name }) => name),
    tls: tlsOf(form.tls, form.protocol),
    connectOptions: connectOptionsOf(form.connectOptions, has5),
    will: willOf(form.will, has5),
    maximumPacketBytes: valueOf(maximumPacket, SIZE_UNITS),
    subscriptions: form.subscriptions.map(({ filter, qos, options }) => subscriptionOf(filter, qos, options)),
  }
  const parsed = profileDraftSchema.safeParse(candidate)
  const errors = { ...(parsed.success ? {} : errorsOf(parsed.error.issues, form)), ...headerErrors(counting) }
  for (const [index, { filter }] of form.subscriptions.entries()) {
    const twin = form.subscriptions.findIndex((other) => other.filter === filter)
    if (twin < index && filter !== '') errors[`subscriptions.${index}.filter`] = 'profiles.errors.duplicate'
  }
  // A connection string names the client itself.
  if (form.credentials === 'password' && needsClientId(form, form.mqttVersion)) errors['clientId'] ??= 'profiles.errors.clientIdNeeded'
  for (const index of repeatedBrokers(form)) {
    if (form.alternates[index]?.host.trim() !== '') errors[`alternates.${index}.host`] ??= 'profiles.errors.repeatedBroker'
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { errors }
  return { draft: parsed.data }
}

function errorsOf(issues: readonly { readonly path: PropertyKey[] }[], form: ProfileForm): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path } of issues) {
    // Said, in the words of its rows, by headerErrors().
    if (path[0] === 'headerNames') continue
    // What has parts below is one field: the protocols of ALPN, user properties.
    const field = (isGroup(path[0]) ? path.slice(0, 2) : path).map(String).join('.')
    errors[field] ??= wordsFor(path, form)
  }
  return errors
}

function isGroup(field: PropertyKey | undefined): field is 'tls' | 'proxy' | 'connectOptions' | 'will' {
  return field === 'tls' || field === 'proxy' || field === 'connectOptions' || field === 'will'
}

function wordsFor([field, index, part, option]: readonly PropertyKey[], form: ProfileForm): string {
  if (isGroup(field)) return `profiles.errors.${field}.${String(index)}`
  if (field === 'alternates') {
    const row = typeof index === 'number' ? form.alternates[index] : undefined
    return row === undefined ? 'profiles.errors.tooManyAlternates' : alternateFault(part, row)
  }
  if (field === 'subscriptions') {
    const row = typeof index === 'number' ? form.subscriptions[index] : undefined
    if (row === undefined) return 'profiles.errors.tooManySubscriptions'
    if (part === 'options') return `mqtt.subscription.${option === 'noLocal' ? 'sharedNoLocal' : 'identifierError'}`
    return `filterFault.${topicFilterFault(row.filter) ?? 'empty'}`
  }
  if (field === 'name' && form.name.trim() === '') return 'profiles.errors.nameMissing'
  if (field === 'host' && form.host.trim() === '') return 'profiles.errors.hostMissing'
  return `profiles.errors.${String(field)}`
}

/** Where on the form a field stands. */
export type Section = (typeof SECTIONS)[number]
export const SECTIONS = [
  ...(['general', 'authentication', 'tls', 'network', 'subscriptions'] as const),
  ...(['session', 'will', 'mqtt5', 'advanced'] as const),
] as const

/** The section a field belongs to. */
export function sectionOf(field: string): Section {
  if (field.startsWith('subscriptions')) return 'subscriptions'
  if (field.startsWith('alternates')) return 'general'
  if (field.startsWith('tls')) return 'tls'
  if (field.startsWith('proxy') || field.startsWith('headers')) return 'network'
  if (['username', 'password', 'credentials', 'clientId', 'connectOptions.authenticationMethod'].includes(field)) return 'authentication'
  if (field === 'cleanStart' || field === 'connectOptions.sessionExpirySeconds') return 'session'
  if (field.startsWith('will')) return 'will'
  if (field.startsWith('connectOptions')) return 'mqtt5'
  return ['name', 'group', 'protocol', 'host', 'port', 'path', 'mqttVersion'].includes(field) ? 'general' : 'advanced'
}
