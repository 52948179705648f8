// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Expiry } from '@shared/certificates/expiry'
import { useExpiryStore } from '../../../../src-renderer/app/expiry-store'
import { useExpiryBadges } from '../../../../src-renderer/app/use-expiry-badges'
import { i18n } from '../../../../src-renderer/i18n/i18n'
import type { ExpiryBadge } from '../../../../src-renderer/ui/expiry-badge'

const OWNER = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3a'
const expiry = (more: Partial<Expiry> = {}): Expiry => ({
  ownerId: OWNER,
  role: 'client',
  subject: 'ada',
  validToMs: new Date(2026, 11, 6, 12).getTime(),
  state: 'expiresSoon',
  days: 12,
  ...more,
})

function badgeOf(...expiries: Expiry[]): ExpiryBadge | undefined {
  useExpiryStore().expiries = expiries
  let badges: ReadonlyMap<string, ExpiryBadge> = new Map()
  const Probe = defineComponent(() => {
    badges = useExpiryBadges().value
    return () => h('i')
  })
  mount(Probe, { global: { plugins: [i18n] } })
  return badges.get(OWNER)
}

/** Without the marks that keep names from turning the sentence around. */
const plain = (text = ''): string => text.replace(/[\u2068\u2069]/g, '')

beforeEach(() => {
  setActivePinia(createPinia())
})

describe('useExpiryBadges', () => {
  it('says which certificate, in how many days, and when', () => {
    const badge = badgeOf(expiry())
    expect(badge).toMatchObject({ tone: 'warn', label: 'certificate expires in 12 days' })
    expect(plain(badge?.tip)).toBe('Client certificate ada expires in 12 days, on 6 Dec 2026.')
  })

  it.each([
    [{ days: 0 }, 'certificate expires today', 'expires within a day, on'],
    [{ days: 1 }, 'certificate expires in 1 day', 'expires in 1 day, on'],
    [{ state: 'expired', days: 0 }, 'certificate expired today', 'expired today, on'],
    [{ state: 'expired', days: 2 }, 'certificate expired 2 days ago', 'expired 2 days ago, on'],
  ] as const)('counts as one speaks: %j', (more, label, words) => {
    const badge = badgeOf(expiry(more))
    expect(badge?.label).toBe(label)
    expect(badge?.tip).toContain(words)
  })

  it('shows the worst, and tells of all', () => {
    const badge = badgeOf(
      expiry({ role: 'authority', subject: '', state: 'expired', days: 3 }),
      expiry(),
      expiry({ ownerId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3b', role: 'server' }),
    )
    expect(badge).toMatchObject({ tone: 'danger', label: 'certificate expired 3 days ago' })
    expect(plain(badge?.tip).split('\n')).toEqual([
      'CA certificate without a name expired 3 days ago, on 6 Dec 2026.',
      'Client certificate ada expires in 12 days, on 6 Dec 2026.',
    ])
  })

  it('is none where nothing expires', () => {
    expect(badgeOf()).toBeUndefined()
  })
})
