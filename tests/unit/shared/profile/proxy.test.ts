import { describe, expect, it } from 'vitest'
import { proxySchema } from '@shared/profile/proxy'

const SOCKS = { kind: 'socks5', host: 'proxy.example', port: 1080, username: 'ada' } as const

describe('proxySchema', () => {
  it.each([
    { kind: 'none' },
    { kind: 'system' },
    SOCKS,
    { ...SOCKS, host: '[::1]' },
    { ...SOCKS, username: 'a:b' },
    { ...SOCKS, username: 'ä'.repeat(127) },
    { ...SOCKS, kind: 'http', username: '' },
  ])('takes %j', (proxy) => {
    expect(proxySchema.parse(proxy)).toEqual(proxy)
  })

  it.each([
    { kind: 'none', host: 'x' },
    { kind: 'socks4', host: 'x', port: 1, username: '' },
    { ...SOCKS, host: '' },
    { ...SOCKS, host: 'user@proxy' },
    { ...SOCKS, host: 'a b' },
    { ...SOCKS, host: 'a\r\nb' },
    { ...SOCKS, port: 0 },
    { ...SOCKS, port: 65_536 },
    { ...SOCKS, username: 'ä'.repeat(128) },
    { ...SOCKS, password: 'secret' },
    { ...SOCKS, kind: 'http', username: 'a:b' },
  ])('refuses %j', (proxy) => {
    expect(proxySchema.safeParse(proxy).success).toBe(false)
  })
})
