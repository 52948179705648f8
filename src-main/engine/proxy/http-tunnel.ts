import { request } from 'node:http'
import { isIPv6, type Socket } from 'node:net'
import type { Proxy } from '../engine-api'
import { ProxyError, type ProxyFailureCode } from './proxy-error'
import type { Target } from './target'

const MAX_REASON_LENGTH = 200

/** Asks an HTTP proxy at the other end of `socket` to connect it to `target`. @throws {ProxyError} */
export function openHttpTunnel(socket: Socket, proxy: Proxy, { host, port }: Target): Promise<void> {
  // RFC 9110, section 9.3.6: the target is an authority, and Host says the same.
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  return new Promise((resolve, reject) => {
    const connect = request({
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...authorization(proxy) },
      createConnection: () => socket,
    })
    connect.once('connect', ({ statusCode = 0, statusMessage = '' }, _socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        const reason = `${statusCode} ${statusMessage}`.slice(0, MAX_REASON_LENGTH)
        reject(new ProxyError(failureOfStatus(statusCode), reason))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve()
    })
    connect.on('error', ({ message }) => reject(new ProxyError('proxy-protocol', message)))
    connect.end()
  })
}

function authorization({ username, password }: Proxy): Record<string, string> {
  if (username === '') return {}
  // RFC 7617; in UTF-8, as proxies that know more than ASCII do it.
  return { 'Proxy-Authorization': `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` }
}

function failureOfStatus(status: number): ProxyFailureCode {
  if (status === 407) return 'proxy-authentication'
  if (status === 403 || status === 451) return 'proxy-forbidden'
  return status >= 500 && status <= 599 ? 'proxy-target-unreachable' : 'proxy-protocol'
}
