import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { profileDraftSchema, type ProfileDraft } from '@shared/profile/profile'
import { MAX_SUBSCRIPTIONS, subscriptionSchema, type Subscription } from '@shared/profile/subscription'
import { DEFAULT_WILL, willSchema, type Will } from '@shared/profile/will'
import { z } from '@shared/schema'
import { quoted, type Obstacle, type Remark } from './remark'

/** An object whose values are not known yet; looked into by own keys only. */
export type Loose = Readonly<Record<string, unknown>>

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own property of this name; what an object inherits is nobody's value. */
export function own(value: Loose, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

const MAX_NAME_LENGTH = 200

/** Values of a profile by the names of its fields, as a file or a command gives them; undefined: not said. */
export type DraftValues = Partial<Record<keyof ProfileDraft, unknown>>

export type DraftResult =
  | { readonly ok: true; readonly draft: ProfileDraft; readonly remarks: Remark[] }
  | { readonly ok: false; readonly obstacle: Obstacle }

/**
 * A draft of what was read. A value that is not valid is remarked on and left at its default, so that one bad field does
 * not cost a profile; without a host there is none. What a version to come adds to the model needs no line here.
 */
export function draftFrom(values: DraftValues): DraftResult {
  const { host, name, will, subscriptions, ...rest } = values
  if (typeof host !== 'string' || host.trim() === '') return { ok: false, obstacle: { code: 'host-missing' } }
  const parsedHost = profileDraftSchema.shape.host.safeParse(host)
  if (!parsedHost.success) return { ok: false, obstacle: { code: 'host-unusable' } }
  const remarks: Remark[] = []
  const defaults = { ...defaultProfileDraft(''), host: parsedHost.data }
  const merged = profileDraftSchema.safeParse({
    ...mergeKnown(profileDraftSchema.shape, defaults, rest, '', remarks),
    name: 'name',
  })
  // Every value was checked on its own; only a rule between two of them could still fail.
  if (!merged.success) return { ok: false, obstacle: { code: 'not-a-profile' } }
  const draft = {
    ...merged.data,
    name: nameOf(name, merged.data),
    will: willFrom(will, remarks),
    ...(subscriptions !== undefined && { subscriptions: subscriptionsFrom(subscriptions, remarks) }),
  }
  if (!draft.tls.verifyCertificate) remarks.push({ code: 'not-verified' })
  if (draft.tls.pins.length > 0) remarks.push({ code: 'pinned' })
  return { ok: true, draft, remarks }
}

/** `defaults` with those of the `given` values that fit their schema; goes into objects. */
function mergeKnown(shape: z.ZodRawShape, defaults: Loose, given: Loose, path: string, remarks: Remark[]): Loose {
  const merged: [string, unknown][] = Object.keys(shape).map((key) => [key, own(defaults, key)])
  for (const entry of merged) {
    const [key, fallback] = entry
    const value = own(given, key)
    if (value === undefined) continue
    const schema = shape[key]
    const field = `${path}${key}`
    if (schema instanceof z.ZodObject && isLoose(value) && isLoose(fallback)) {
      entry[1] = mergeKnown(schema.shape, fallback, value, `${field}.`, remarks)
    } else if (z.safeParse(schema ?? z.never(), value).success) {
      entry[1] = value
    } else {
      remarks.push({ code: 'value-unusable', field })
    }
  }
  for (const key of Object.keys(given)) {
    if (!(key in shape)) remarks.push({ code: 'value-unknown', field: quoted(`${path}${key}`) })
  }
  return Object.fromEntries(merged)
}

function nameOf(given: unknown, { host, port }: ProfileDraft): string {
  const name = typeof given === 'string' ? given.trim().slice(0, MAX_NAME_LENGTH).trim() : ''
  return name === '' ? `${host}:${port}`.slice(0, MAX_NAME_LENGTH) : name
}

function willFrom(given: unknown, remarks: Remark[]): Will | null {
  if (given === undefined || given === null) return null
  const parsed = willSchema.safeParse(
    isLoose(given) ? mergeKnown(willSchema.shape, DEFAULT_WILL, given, 'will.', remarks) : given,
  )
  if (parsed.success) return parsed.data
  remarks.push({ code: 'will-unusable' })
  return null
}

function subscriptionsFrom(given: unknown, remarks: Remark[]): Subscription[] {
  if (!Array.isArray(given)) {
    remarks.push({ code: 'value-unusable', field: 'subscriptions' })
    return []
  }
  const usable = new Map<string, Subscription>()
  for (const item of given.slice(0, MAX_SUBSCRIPTIONS)) {
    const parsed = subscriptionSchema.safeParse(item)
    // The same filter twice would be one subscription [MQTT-3.8.4-3]: the last one counts.
    if (parsed.success) usable.set(parsed.data.filter, parsed.data)
    else remarks.push({ code: 'filter-unusable', filter: filterOf(item) })
  }
  if (given.length > MAX_SUBSCRIPTIONS) remarks.push({ code: 'filters-left-out', count: given.length - MAX_SUBSCRIPTIONS })
  return [...usable.values()]
}

function filterOf(item: unknown): string {
  const filter = isLoose(item) ? own(item, 'filter') : item
  return typeof filter === 'string' ? quoted(filter) : '?'
}
