import type { Expiry } from '@shared/certificates/expiry'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { isolate } from '../i18n/isolate'
import type { ExpiryBadge } from '../ui/expiry-badge'
import { useExpiryStore } from './expiry-store'

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** The badge of each profile, or connection without one, of which a certificate has expired or soon will. */
export function useExpiryBadges(): ComputedRef<ReadonlyMap<string, ExpiryBadge>> {
  const { t } = useI18n()
  const store = useExpiryStore()

  const sentence = ({ role, state, subject, days, validToMs }: Expiry): string =>
    t(
      `expiry.${state}`,
      { role: t(`expiry.role.${role}`), subject: isolate(subject || t('expiry.unnamed')), date: date.format(validToMs), n: days },
      days,
    )

  return computed(() => {
    const badges = new Map<string, ExpiryBadge>()
    // The first to go comes first.
    for (const expiry of store.expiries) {
      const before = badges.get(expiry.ownerId)
      badges.set(expiry.ownerId, {
        tone: before?.tone ?? (expiry.state === 'expired' ? 'danger' : 'warn'),
        label: before?.label ?? t(`expiry.label.${expiry.state}`, expiry.days),
        tip: before === undefined ? sentence(expiry) : `${before.tip}\n${sentence(expiry)}`,
      })
    }
    return badges
  })
}
