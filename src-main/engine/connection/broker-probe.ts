import { createConnection, type Socket } from 'node:net'
import type { ConnectionConfig } from '../engine-api'
import { MANY_ADDRESSES, openTlsSocket, tlsOptionsOf } from './transport'

/**
 * Whether a broker takes network connections: over TCP, or TLS with all its checks. Nothing of MQTT is sent: a CONNECT
 * with our client identifier would make a cluster end the connection we have [MQTT-3.1.4-3].
 */
export function probeBroker({ host, port, tls, connectTimeoutSeconds }: ConnectionConfig): Promise<boolean> {
  const target = { host: host.replace(/^\[|\]$/g, ''), port }
  return new Promise((resolve) => {
    let socket: Socket
    try {
      socket =
        tls === null
          ? createConnection({ ...target, ...MANY_ADDRESSES })
          : openTlsSocket(target, tlsOptionsOf(tls, target.host))
    } catch {
      resolve(false)
      return
    }
    const finish = (isReachable: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isReachable)
    }
    const timer = setTimeout(() => finish(false), connectTimeoutSeconds * 1_000)
    socket.once(tls === null ? 'connect' : 'secureConnect', () => finish(true))
    socket.on('error', () => finish(false))
    socket.once('close', () => finish(false))
  })
}
