import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Expiry } from '@shared/certificates/expiry'
import type { Profile } from '@shared/profile/profile'
import { DEFAULT_TLS, type CertificateFile } from '@shared/profile/tls'
import type { DatedCertificate } from '../../../../src-main/certificates/dated-certificate'
import { ExpiryWatch, type ReadDates } from '../../../../src-main/certificates/expiry-watch'
import { profileOf } from '../support/profile-store-bench'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 5, 1)
const PROFILE = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3a'
const CONNECTION = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3b'

let nowMs: number
let told: (readonly Expiry[])[]
let readDates: ReturnType<typeof vi.fn<ReadDates>>
let watch: ExpiryWatch

const endingIn = (subject: string, days: number): DatedCertificate => ({ subject, validFromMs: 0, validToMs: NOW_MS + days * DAY_MS })
const fileOf = (name: string): CertificateFile => ({ kind: 'copy', fileId: PROFILE, name })
const profile = (more: Partial<Profile> = {}): Profile =>
  profileOf(PROFILE, 'Plant', {
    protocol: 'mqtts',
    tls: { ...DEFAULT_TLS, authority: fileOf('ca.pem'), certificate: fileOf('ada.pem') },
    ...more,
  })

beforeEach(() => {
  nowMs = NOW_MS
  told = []
  readDates = vi.fn<ReadDates>(({ name }) => (name === 'ca.pem' ? [endingIn('old', -3.5), endingIn('good', 400)] : [endingIn('ada', 12.5)]))
  watch = new ExpiryWatch(readDates, (expiries) => told.push(expiries), () => nowMs)
})

describe('ExpiryWatch', () => {
  it('tells what has expired or soon will, the first to go first', async () => {
    await watch.setProfiles([profile()])
    expect(watch.expiries).toEqual([
      { ownerId: PROFILE, role: 'authority', subject: 'old', validToMs: NOW_MS - 3.5 * DAY_MS, state: 'expired', days: 3 },
      { ownerId: PROFILE, role: 'client', subject: 'ada', validToMs: NOW_MS + 12.5 * DAY_MS, state: 'expiresSoon', days: 12 },
    ])
    expect(told).toEqual([watch.expiries])
  })

  it('says nothing again that has not changed, and counts the days', async () => {
    await watch.setProfiles([profile()])
    await watch.look()
    expect(told).toHaveLength(1)
    nowMs += DAY_MS
    await watch.look()
    expect(watch.expiries.map(({ days }) => days)).toEqual([4, 11])
    expect(told).toHaveLength(2)
  })

  it('has the server of a live connection beside the files, and without a profile', async () => {
    await watch.setProfiles([profile()])
    watch.setServers([
      { ownerId: PROFILE, certificates: [endingIn('broker', 1.5)] },
      { ownerId: CONNECTION, certificates: [endingIn('other', 29.9), endingIn('good', 30)] },
    ])
    expect(watch.expiries.map(({ ownerId, role, subject }) => [ownerId, role, subject])).toEqual([
      [PROFILE, 'authority', 'old'],
      [PROFILE, 'server', 'broker'],
      [PROFILE, 'client', 'ada'],
      [CONNECTION, 'server', 'other'],
    ])
    watch.setServers([])
    expect(watch.expiries).toHaveLength(2)
  })

  it('looks at no file of a profile without TLS, nor of one that is gone', async () => {
    await watch.setProfiles([profile({ protocol: 'mqtt' })])
    expect(readDates).not.toHaveBeenCalled()
    await watch.setProfiles([profile()])
    await watch.setProfiles([])
    expect(watch.expiries).toEqual([])
  })

  it('takes the profiles there are last, however the reading overlaps', async () => {
    await Promise.all([watch.setProfiles([profile(), profile({ id: CONNECTION })]), watch.setProfiles([])])
    expect(watch.expiries).toEqual([])
    expect(told).toEqual([])
  })

  it('tells of a few of many', async () => {
    readDates.mockReturnValue(Array.from({ length: 100 }, (_, index) => endingIn(String(index), index / 10)))
    await watch.setProfiles([profile({ tls: { ...DEFAULT_TLS, authority: fileOf('ca.pem') } })])
    expect(watch.expiries.map(({ subject }) => subject)).toEqual(['0', '1', '2', '3', '4'])
  })
})
