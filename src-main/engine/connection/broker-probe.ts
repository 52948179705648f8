import type { Socket } from 'node:net'
import type { ConnectionConfig } from '../engine-api'
import { dial } from '../proxy/dial'
import { openTlsProbe, targetOf } from './transport'

/**
 * Whether a broker takes network connections, by the way we would take: over TCP, or TLS with all its checks. Nothing
 * of MQTT is sent: a CONNECT with our client identifier would make a cluster end the connection we have [MQTT-3.1.4-3].
 */
export async function probeBroker(config: ConnectionConfig): Promise<boolean> {
  const timeoutMs = config.connectTimeoutSeconds * 1_000
  try {
    if (config.tls === null) {
      const socket = await dial(config.routes, targetOf(config), timeoutMs, new AbortController().signal)
      socket.destroy()
      return true
    }
    return await isSecured(await openTlsProbe(config, config.tls, timeoutMs), timeoutMs)
  } catch {
    return false
  }
}

function isSecured(socket: Socket, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (isReachable: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isReachable)
    }
    const timer = setTimeout(() => finish(false), timeoutMs)
    socket.once('secureConnect', () => finish(!socket.destroyed))
    socket.on('error', () => finish(false))
    socket.once('close', () => finish(false))
  })
}
