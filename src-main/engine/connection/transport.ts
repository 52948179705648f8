import { createConnection } from 'node:net'
import type { Duplex } from 'node:stream'
import WebSocket, { createWebSocketStream } from 'ws'
import type { ConnectionConfig } from '../engine-api'

/** Most bytes of one WebSocket message: the largest MQTT packet there can be [MQTT-2.1.4]. */
const MAX_WEBSOCKET_MESSAGE_BYTES = 268_435_460

type Address = Pick<ConnectionConfig, 'protocol' | 'host' | 'port' | 'path' | 'connectTimeoutSeconds'>

/** Opens the network connection. Errors, a refused connection too, come on the stream. */
export function openTransport({ protocol, host, port, path, connectTimeoutSeconds }: Address): Duplex {
  const bareHost = host.replace(/^\[|\]$/g, '')
  switch (protocol) {
    case 'mqtt':
      return createConnection({ host: bareHost, port }).setNoDelay(true)
    case 'ws': {
      const authority = bareHost.includes(':') ? `[${bareHost}]` : bareHost
      // MQTT over WebSocket travels in binary frames under the subprotocol "mqtt" [MQTT-6.0.0-1], [MQTT-6.0.0-3].
      const socket = new WebSocket(`ws://${authority}:${port}${path}`, ['mqtt'], {
        handshakeTimeout: connectTimeoutSeconds * 1_000,
        maxPayload: MAX_WEBSOCKET_MESSAGE_BYTES,
        perMessageDeflate: false,
      })
      const stream = createWebSocketStream(socket)
      socket.on('close', () => stream.destroy())
      return stream
    }
  }
}
