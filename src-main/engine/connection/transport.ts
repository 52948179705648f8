import { createConnection, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import WebSocket, { createWebSocketStream } from 'ws'
import type { ConnectionConfig } from '../engine-api'

/** Most bytes of one WebSocket message: the largest MQTT packet there can be [MQTT-2.1.4]. */
const MAX_WEBSOCKET_MESSAGE_BYTES = 268_435_460

type Address = Pick<ConnectionConfig, 'protocol' | 'host' | 'port' | 'path' | 'connectTimeoutSeconds'>

/**
 * Opens the network connection. Errors, a refused connection too, come on the stream.
 * @throws when the address is none at all, e.g. a host name that no URL can hold
 */
export function openTransport({ protocol, host, port, path, connectTimeoutSeconds }: Address): Duplex {
  const bareHost = host.replace(/^\[|\]$/g, '')
  switch (protocol) {
    case 'mqtt':
      return openSocket(bareHost, port)
    case 'ws': {
      const authority = bareHost.includes(':') ? `[${bareHost}]` : bareHost
      // MQTT over WebSocket travels in binary frames under the subprotocol "mqtt" [MQTT-6.0.0-1], [MQTT-6.0.0-3].
      const socket = new WebSocket(`ws://${authority}:${port}${path}`, ['mqtt'], {
        handshakeTimeout: connectTimeoutSeconds * 1_000,
        maxPayload: MAX_WEBSOCKET_MESSAGE_BYTES,
        perMessageDeflate: false,
        createConnection: () => openSocket(bareHost, port),
      })
      const stream = createWebSocketStream(socket)
      socket.on('close', () => stream.destroy())
      return stream
    }
  }
}

function openSocket(host: string, port: number): Socket {
  // A name may stand for several addresses (localhost: ::1 and 127.0.0.1) of which only one has a broker;
  // Node before 20 tries the first one only, unless told.
  return createConnection({ host, port, autoSelectFamily: true }).setNoDelay(true)
}
