import { describe, expect, it } from 'vitest'
import { addressOf, connectionConfigOf, plannedRoutes, routeName } from '../../../../src-main/connections/connection-plan'
import { draftOf } from '../support/profile-store-bench'

describe('addressOf', () => {
  it.each([
    [{ host: 'broker.example', port: 1883 }, 'mqtt://broker.example:1883'],
    [{ host: '::1', port: 1883 }, 'mqtt://[::1]:1883'],
    [{ host: '[::1]', port: 1884 }, 'mqtt://[::1]:1884'],
    [{ protocol: 'ws' as const, host: 'h', port: 9001, path: '/mqtt' }, 'ws://h:9001/mqtt'],
    [{ protocol: 'ws' as const, host: 'fe80::1', port: 80, path: '/' }, 'ws://[fe80::1]:80/'],
  ])('%j is %s', (draft, address) => {
    expect(addressOf(draftOf('x', draft))).toBe(address)
  })

  it('names nobody', () => {
    expect(addressOf(draftOf('x', { username: 'ada', clientId: 'me' }))).not.toMatch(/ada|me@/)
  })
})

describe('connectionConfigOf', () => {
  it('is everything of the profile but its name, and what it does not hold itself', () => {
    const { name, headerNames: _headers, proxy: _proxy, ...rest } = draftOf('x', { username: 'ada', maxConnectAttempts: 3 })
    const network = { headers: [{ name: 'X-Tenant', value: 'plant' }], routes: [{ kind: 'direct' as const }] }
    const config = connectionConfigOf(draftOf('x', { name, ...rest }), 'secret', null, network)
    expect(config).toEqual({ ...rest, ...network, password: 'secret', tls: null })
  })
})

describe('the ways to the broker', () => {
  it('are told without credentials', () => {
    const proxy = { kind: 'socks5' as const, host: '::1', port: 1080, username: 'ada' }
    expect(plannedRoutes(draftOf('x', { proxy }))).toEqual(['socks5://[::1]:1080'])
    expect(routeName({ ...proxy, password: 'secret' })).toBe('socks5://[::1]:1080')
  })

  it('are not known before the system was asked', () => {
    expect(plannedRoutes(draftOf('x'))).toEqual(['direct'])
    expect(plannedRoutes(draftOf('x', { proxy: { kind: 'system' } }))).toBeNull()
  })
})
