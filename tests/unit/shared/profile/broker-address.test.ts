import { describe, expect, it } from 'vitest'
import { brokerAddress } from '@shared/profile/broker-address'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'

describe('brokerAddress', () => {
  it.each([
    [{ host: 'broker.example', port: 1883 }, 'mqtt://broker.example:1883'],
    [{ host: '::1', port: 1883 }, 'mqtt://[::1]:1883'],
    [{ host: '[::1]', port: 1884 }, 'mqtt://[::1]:1884'],
    [{ protocol: 'ws' as const, host: 'h', port: 9001, path: '/mqtt' }, 'ws://h:9001/mqtt'],
    [{ protocol: 'ws' as const, host: 'fe80::1', port: 80, path: '/' }, 'ws://[fe80::1]:80/'],
  ])('%j is %s', (draft, address) => {
    expect(brokerAddress({ ...defaultProfileDraft('me'), ...draft })).toBe(address)
  })

  it('names nobody', () => {
    const draft = { ...defaultProfileDraft('me'), username: 'ada' }
    expect(brokerAddress(draft)).not.toMatch(/ada|me@/)
  })
})
