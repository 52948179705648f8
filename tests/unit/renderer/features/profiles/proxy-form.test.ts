import { describe, expect, it } from 'vitest'
import { portAfterChange, proxyFormOf, proxyOf } from '../../../../../src-renderer/features/profiles/proxy-form'

describe('the proxy of a profile', () => {
  it.each([
    { kind: 'none' },
    { kind: 'system' },
    { kind: 'socks5', host: 'proxy', port: 1080, username: 'ada' },
    { kind: 'http', host: '::1', port: 8080, username: '' },
  ] as const)('%j comes back as it was', (proxy) => {
    expect(proxyOf(proxyFormOf(proxy))).toEqual(proxy)
  })

  it('moves the conventional port along, and no other', () => {
    const form = (kind: 'none' | 'socks5' | 'http', port: number | null) => ({ kind, host: '', port, username: '' })
    expect(portAfterChange(form('none', null), 'socks5')).toBe(1080)
    expect(portAfterChange(form('socks5', 1080), 'http')).toBe(3128)
    expect(portAfterChange(form('socks5', 9050), 'http')).toBe(9050)
    expect(portAfterChange(form('http', 3128), 'system')).toBe(3128)
  })
})
