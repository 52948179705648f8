import { topicFilterFault } from '@shared/mqtt/topic'
import type { QoS } from '@shared/mqtt/qos'
import { profileDraftSchema, type Profile, type ProfileDraft } from '@shared/profile/profile'
import { defaultProfileDraft, generateClientId } from '@shared/profile/profile-defaults'
import { alternateFault, alternateRow, repeatedBrokers, type AlternateRow } from './alternates-form'
import { countingHeaders, headerErrors, headerRow, type HeaderRow } from './header-form'
import { proxyFormOf, proxyOf, type ProxyForm } from './proxy-form'
import { tlsFormOf, tlsOf, type TlsForm } from './tls-form'

/** A topic filter while it is edited; `key` tells rows apart, as two may read the same for a while. */
export interface SubscriptionRow {
  readonly key: number
  filter: string
  qos: QoS
}

type Numbers = 'port' | 'keepaliveSeconds' | 'connectTimeoutSeconds' | 'maxConnectAttempts'

/** A profile while it is edited: numbers may be missing (null) or no numbers at all (NaN). */
export type ProfileForm = Omit<ProfileDraft, Numbers | 'alternates' | 'subscriptions' | 'tls' | 'proxy' | 'headerNames'> &
  Record<Numbers, number | null> & {
    alternates: AlternateRow[]
    subscriptions: SubscriptionRow[]
    tls: TlsForm
    proxy: ProxyForm
    headers: HeaderRow[]
  }

/** A field that can be wrong, `subscriptions.2.filter` included, and the catalogue's key of what is wrong with it. */
export type FormErrors = Readonly<Record<string, string>>

let lastKey = 0

/** A row for `filter`. */
export function subscriptionRow(filter: string, qos: QoS): SubscriptionRow {
  lastKey += 1
  return { key: lastKey, filter, qos }
}

/** The form of `profile`, or of a new one. */
export function formOf(profile: Profile | null): ProfileForm {
  const draft = profile === null ? defaultProfileDraft(generateClientId()) : draftPart(profile)
  const { alternates, subscriptions, tls, proxy, headerNames, ...rest } = draft
  return {
    ...rest,
    alternates: alternates.map(({ host, port }) => alternateRow(host, port)),
    tls: tlsFormOf(tls),
    proxy: proxyFormOf(proxy),
    headers: headerNames.map((name) => headerRow(name, profile !== null && profile.headersStorage !== 'none')),
    subscriptions: subscriptions.map(({ filter, qos }) => subscriptionRow(filter, qos)),
  }
}

/** What of a profile the user edits. */
export function draftPart(profile: Profile): ProfileDraft {
  const { id: _id, passwordStorage: _password, passphraseStorage: _passphrase, ...more } = profile
  const { proxyPasswordStorage: _proxyPassword, headersStorage: _headers, ...draft } = more
  return draft
}

/** Checks the form: the draft to save, or what is wrong by field. */
export function draftOf(form: ProfileForm): { draft: ProfileDraft } | { errors: FormErrors } {
  const { headers, ...rest } = form
  const counting = countingHeaders(headers, form.protocol)
  const candidate = {
    ...rest,
    alternates: form.alternates.map(({ host, port }) => ({ host, port })),
    proxy: proxyOf(form.proxy),
    headerNames: counting.map(({ name }) => name),
    tls: tlsOf(form.tls, form.protocol),
    subscriptions: form.subscriptions.map(({ filter, qos }) => ({ filter, qos })),
  }
  const parsed = profileDraftSchema.safeParse(candidate)
  const errors = { ...(parsed.success ? {} : errorsOf(parsed.error.issues, form)), ...headerErrors(counting) }
  for (const [index, { filter }] of form.subscriptions.entries()) {
    const twin = form.subscriptions.findIndex((other) => other.filter === filter)
    if (twin < index && filter !== '') errors[`subscriptions.${index}.filter`] = 'profiles.errors.duplicate'
  }
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
    // The protocols of ALPN are one field.
    const field = (path[0] === 'tls' ? path.slice(0, 2) : path).map(String).join('.')
    errors[field] ??= wordsFor(path, form)
  }
  return errors
}

function wordsFor([field, index, part]: readonly PropertyKey[], form: ProfileForm): string {
  if (field === 'tls') return `profiles.errors.tls.${String(index)}`
  if (field === 'proxy') return `profiles.errors.proxy.${String(index)}`
  if (field === 'alternates') {
    const row = typeof index === 'number' ? form.alternates[index] : undefined
    return row === undefined ? 'profiles.errors.tooManyAlternates' : alternateFault(part, row)
  }
  if (field === 'subscriptions') {
    const row = typeof index === 'number' ? form.subscriptions[index] : undefined
    if (row === undefined) return 'profiles.errors.tooManySubscriptions'
    return `filterFault.${topicFilterFault(row.filter) ?? 'empty'}`
  }
  if (field === 'name' && form.name.trim() === '') return 'profiles.errors.nameMissing'
  if (field === 'host' && form.host.trim() === '') return 'profiles.errors.hostMissing'
  return `profiles.errors.${String(field)}`
}

/** Where on the form a field stands. */
export type Section = 'general' | 'authentication' | 'tls' | 'network' | 'subscriptions' | 'advanced'
export const SECTIONS: readonly Section[] = ['general', 'authentication', 'tls', 'network', 'subscriptions', 'advanced']

/** The section a field belongs to. */
export function sectionOf(field: string): Section {
  if (field.startsWith('subscriptions')) return 'subscriptions'
  if (field.startsWith('alternates')) return 'general'
  if (field.startsWith('tls')) return 'tls'
  if (field.startsWith('proxy') || field.startsWith('headers')) return 'network'
  if (field === 'username' || field === 'password' || field === 'credentials' || field === 'clientId') return 'authentication'
  return ['name', 'group', 'protocol', 'host', 'port', 'path', 'mqttVersion'].includes(field) ? 'general' : 'advanced'
}
