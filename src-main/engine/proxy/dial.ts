import { createConnection, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { domainToASCII } from 'node:url'
import { detailOf } from '../connection/error-detail'
import { MANY_ADDRESSES } from '../connection/many-addresses'
import type { Proxy, Route } from '../engine-api'
import { openHttpTunnel } from './http-tunnel'
import { ProxyError } from './proxy-error'
import { openSocksTunnel } from './socks-tunnel'
import type { Target } from './target'

/** Whether nothing lies between us and the broker. */
export function isDirect(routes: readonly Route[]): boolean {
  return routes.every(({ kind }) => kind === 'direct')
}

/**
 * A connected socket to `target`, by the first of `routes` that works. Within `timeoutMs` for all of them, of which each
 * gets its share.
 * @throws {ProxyError} or an error of the socket or of `signal`
 */
export async function dial(routes: readonly Route[], target: Target, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  const endMs = performance.now() + timeoutMs
  let failure: unknown
  for (const [index, route] of routes.entries()) {
    const shareMs = Math.max(1, (endMs - performance.now()) / (routes.length - index))
    try {
      return await dialOne(route, target, shareMs, signal)
    } catch (error) {
      // The way that was to be taken says most.
      failure ??= error
      if (!(error instanceof ProxyError && error.isProxyDown)) break
    }
  }
  throw failure
}

function dialOne(route: Route, target: Target, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  const { host, port } = route.kind === 'direct' ? target : route
  const socket = createConnection({ host, port, ...MANY_ADDRESSES }).setNoDelay(true)
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      settle()
      socket.destroy()
      reject(reason instanceof Error ? reason : new Error(String(reason)))
    }
    const onAbort = (): void => giveUp(signal.reason)
    const timer = setTimeout(() => giveUp(timedOut(route)), timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    signal.addEventListener('abort', onAbort)
    // What still goes wrong after that was said already.
    socket.on('error', () => undefined)
    travel(socket, route, target, timeoutMs).then((arrived) => {
      settle()
      resolve(arrived)
    }, giveUp)
  })
}

async function travel(socket: Socket, route: Route, target: Target, timeoutMs: number): Promise<Socket> {
  if (route.kind === 'direct') {
    await connected(socket, 'connect')
    return socket
  }
  try {
    const entered = await enter(socket, route)
    const destination = { host: asciiOf(target.host), port: target.port }
    if (route.kind === 'http' || route.kind === 'https') await openHttpTunnel(entered, route, destination)
    else await openSocksTunnel(entered, route, destination, timeoutMs)
    return entered
  } catch (error) {
    if (error instanceof ProxyError) throw new ProxyError(error.failureCode, `${route.host}:${route.port}: ${error.message}`)
    throw error
  }
}

/** Connects to the proxy itself. */
async function enter(socket: Socket, { kind, host }: Proxy): Promise<Socket> {
  try {
    await connected(socket, 'connect')
    if (kind !== 'https') return socket
    const secured = connectTls({ socket, host, ...(isIP(host) === 0 && { servername: host }) })
    await connected(secured, 'secureConnect')
    return secured
  } catch (error) {
    throw new ProxyError('proxy-unreachable', error instanceof Error ? detailOf(error) : String(error))
  }
}

function connected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })
}

/** Proxies look up names as they are on the wire: those beyond ASCII in Punycode. */
function asciiOf(host: string): string {
  return /[^ -~]/.test(host) ? domainToASCII(host) || host : host
}

function timedOut(route: Route): Error {
  if (route.kind !== 'direct') return new ProxyError('proxy-timeout', `${route.host}:${route.port}: no answer in time`)
  return Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' })
}
