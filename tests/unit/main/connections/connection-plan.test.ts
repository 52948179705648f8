import { describe, expect, it } from 'vitest'
import { connectionConfigOf, plannedRoutes, routeName } from '../../../../src-main/connections/connection-plan'
import { draftOf } from '../support/profile-store-bench'

const NETWORK = { headers: [{ name: 'X-Tenant', value: 'plant' }], routes: [{ kind: 'direct' as const }], alternates: [] }

describe('connectionConfigOf', () => {
  it('is everything of the profile but its name and place in the list, and what it does not hold itself', () => {
    const draft = draftOf('x', { username: 'ada', maxConnectAttempts: 3, headerNames: ['X-Tenant'] })
    const { name: _name, group: _group, credentials: _credentials, headerNames: _headerNames, proxy: _proxy, ...rest } = draft
    const config = connectionConfigOf(draft, 'secret', null, NETWORK, 'data')
    expect(config).toEqual({ ...rest, ...NETWORK, authenticationData: 'data', password: 'secret', tls: null, azureDevice: null })
  })

  it('reads the device of an Azure connection string, and repeats no bad one', () => {
    const draft = draftOf('x', { credentials: 'azure-connection-string' })
    const secret = 'HostName=hub.azure-devices.net;DeviceId=d;SharedAccessKey=cGFzc3dvcmQ='
    const config = connectionConfigOf(draft, secret, null, NETWORK)
    expect(config).toMatchObject({ password: null, azureDevice: { hostName: 'hub.azure-devices.net', deviceId: 'd' } })
    for (const bad of [null, 'HostName=canary']) {
      const attempt = () => connectionConfigOf(draft, bad, null, NETWORK)
      expect(attempt).toThrow(expect.objectContaining({ code: 'connection-string-invalid', message: expect.not.stringContaining('canary') as string }))
    }
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
