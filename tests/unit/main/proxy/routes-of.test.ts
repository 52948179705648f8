import { afterEach, describe, expect, it, vi } from 'vitest'
import { routesOf } from '../../../../src-main/proxy/routes-of'

afterEach(() => {
  vi.useRealTimers()
})

const never = () => Promise.reject(new Error('nobody shall ask'))
const SYSTEM = { proxy: { kind: 'system' }, host: 'broker', port: 8883 } as const
const UNKNOWN = { code: 'system-proxy-unknown' }

describe('routesOf', () => {
  it('goes directly without a proxy, and through none but the one of the profile', async () => {
    expect(await routesOf({ ...SYSTEM, proxy: { kind: 'none' } }, null, never)).toEqual([{ kind: 'direct' }])
    const proxy = { kind: 'http', host: '[::1]', port: 3128, username: 'ada' } as const
    expect(await routesOf({ ...SYSTEM, proxy }, 'secret', never)).toEqual([{ ...proxy, host: '::1', password: 'secret' }])
  })

  it.each([
    ['broker', 'https://broker:8883'],
    ['::1', 'https://[::1]:8883'],
    ['[::1]', 'https://[::1]:8883'],
  ])('asks the system about %s', async (host, url) => {
    const resolveProxy = vi.fn(() => Promise.resolve('PROXY p:1; DIRECT'))
    const routes = await routesOf({ ...SYSTEM, host }, null, resolveProxy)
    expect(resolveProxy).toHaveBeenCalledExactlyOnceWith(url)
    expect(routes.map(({ kind }) => kind)).toEqual(['http', 'direct'])
  })

  it('goes nowhere when the system names nothing that can be used', async () => {
    await expect(routesOf(SYSTEM, null, () => Promise.resolve('QUIC p:443'))).rejects.toMatchObject(UNKNOWN)
    await expect(routesOf(SYSTEM, null, () => Promise.reject(new Error('no')))).rejects.toMatchObject(UNKNOWN)
  })

  it('does not wait for the system for ever', async () => {
    vi.useFakeTimers()
    const asked = expect(routesOf(SYSTEM, null, () => new Promise(() => undefined))).rejects.toMatchObject(UNKNOWN)
    await vi.advanceTimersByTimeAsync(10_000)
    await asked
    expect(vi.getTimerCount()).toBe(0)
  })
})
