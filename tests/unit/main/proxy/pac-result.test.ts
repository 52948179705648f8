import { describe, expect, it } from 'vitest'
import type { Proxy, Route } from '../../../../src-main/engine/engine-api'
import { parsePacResult } from '../../../../src-main/proxy/pac-result'

const DIRECT: Route = { kind: 'direct' }
const proxy = (kind: Proxy['kind'], host: string, port: number): Route => ({ kind, host, port, username: '', password: null })

describe('parsePacResult', () => {
  it.each<[string, Route[]]>([
    ['DIRECT', [DIRECT]],
    ['PROXY proxy.example:3128', [proxy('http', 'proxy.example', 3128)]],
    ['PROXY a:1; SOCKS5 b:2; DIRECT', [proxy('http', 'a', 1), proxy('socks5', 'b', 2), DIRECT]],
    ['SOCKS b:1080;HTTPS c:443', [proxy('socks4', 'b', 1080), proxy('https', 'c', 443)]],
    ['  proxy   a:1 ;; direct ; ', [proxy('http', 'a', 1), DIRECT]],
    ['SOCKS5 [::1]:1080', [proxy('socks5', '::1', 1080)]],
    ['PROXY 10.0.0.1:8080', [proxy('http', '10.0.0.1', 8080)]],
  ])('%s', (result, routes) => {
    expect(parsePacResult(result)).toEqual(routes)
  })

  it.each(['', ';', 'QUIC a:443', 'PROXY', 'PROXY a', 'PROXY a:0', 'PROXY a:65536', 'PROXY a:b', 'PROXY user@a:1', 'PROXY a:1:2', 'NO a:1', 'DIRECT x'])(
    'nothing that can be used: %j',
    (result) => {
      expect(parsePacResult(result)).toEqual([])
    },
  )

  it('takes no more than will be tried', () => {
    expect(parsePacResult('PROXY a:1;'.repeat(9))).toHaveLength(8)
    expect(parsePacResult(`${' '.repeat(5_000)}DIRECT`)).toEqual([])
  })
})
