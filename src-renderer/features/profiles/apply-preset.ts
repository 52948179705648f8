import type { Preset } from '@shared/profile/presets'
import { subscriptionRow, type ProfileForm } from './profile-form'
import { tlsFormOf } from './tls-form'
import { DEFAULT_TLS } from '@shared/profile/tls'

/** Fills the form with what a broker is known to need. Name, files and what the preset does not speak of stay. */
export function applyPreset(form: ProfileForm, { fill }: Preset): void {
  const { tls, subscriptions, ...rest } = fill
  const { alpnProtocols } = tlsFormOf({ ...DEFAULT_TLS, ...tls })
  Object.assign(form, { credentials: 'password', ...rest })
  form.tls.alpnProtocols = alpnProtocols
  if (subscriptions !== undefined) {
    form.subscriptions = subscriptions.map(({ filter, qos }) => subscriptionRow(filter, qos))
  }
}
