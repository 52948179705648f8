import { createConnection, type OnReadOpts, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import WebSocket, { createWebSocketStream } from 'ws'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { brokerAddress } from '@shared/profile/broker-address'
import { usesWebSocket } from '@shared/profile/profile'
import type { ConnectionConfig, TlsConfig } from '../engine-api'
import { dial, isDirect } from '../proxy/dial'
import type { Target } from '../proxy/target'
import type { NetworkReader } from '../wire/network-reader'
import { DeferredStream } from './deferred-stream'
import { FrameReader } from './frame-reader'
import { MANY_ADDRESSES } from './many-addresses'
import { holdUntilVerified } from './peer-verification'
import { tlsOptionsOf } from './tls-options'

/** A WebSocket message may hold several MQTT packets; it is read whole, so that is all the room the others get. */
const MORE_PACKETS_BYTES = 1024 * 1024

type Address = Pick<
  ConnectionConfig,
  'protocol' | 'host' | 'port' | 'path' | 'headers' | 'tls' | 'routes' | 'connectTimeoutSeconds' | 'maximumPacketBytes'
>

/** Opens a socket to the broker: a new one, or what a proxy connected there. */
type OpenSocket = (reader: NetworkReader) => Socket

/** Our own certificate, key or passphrase cannot be used. */
export class OwnCertificateError extends Error {
  override readonly name = 'OwnCertificateError'
}

/**
 * Opens the network connection. A socket of our own reads straight into the reader, without a copy; what else comes the
 * stream emits as usual. Errors, a refused connection too, come on the stream; `secured` is told of the server once it is
 * verified, before a byte of MQTT or HTTP is sent.
 * @throws {OwnCertificateError} without a proxy; with one it comes on the stream
 * @throws {TypeError} when the address is none at all: a host name that no URL can hold
 */
export function openTransport(address: Address, reader: NetworkReader, secured: (peer: TlsPeer) => void): Duplex {
  const target = targetOf(address)
  const open = usesWebSocket(address.protocol) ? webSocketOpener(address) : (openSocket: OpenSocket) => openSocket(reader)
  if (isDirect(address.routes)) return open((into) => openSocket(target, address.tls, null, secured, into))
  return new DeferredStream(async (signal) => {
    const tunnel = await dial(address.routes, target, address.connectTimeoutSeconds * 1_000, signal)
    return open(() => openSocket(target, address.tls, tunnel, secured))
  })
}

/**
 * A TLS connection to the broker for a look at it, by the same way and with the same checks as every other; nothing is
 * sent on it. A server that is not the right one has it destroyed by the time of `secureConnect`.
 * @throws {OwnCertificateError}, or what the way there fails with
 */
export async function openTlsProbe(
  address: Pick<ConnectionConfig, 'host' | 'port' | 'routes'>,
  tls: TlsConfig,
  timeoutMs: number,
): Promise<TLSSocket> {
  const target = targetOf(address)
  // Awaited in any case: the caller listens before the socket has its first word.
  const tunnel = await (isDirect(address.routes) ? null : dial(address.routes, target, timeoutMs, new AbortController().signal))
  return holdUntilVerified(openTlsSocket(target, tlsOptionsOf(tls, target.host), tunnel), tls)
}

/** The broker as sockets and proxies take it: an IPv6 address without its brackets. */
export function targetOf({ host, port }: Pick<Address, 'host' | 'port'>): Target {
  return { host: host.replace(/^\[|\]$/g, ''), port }
}

function webSocketOpener(address: Address): (openSocket: OpenSocket) => Duplex {
  const url = new URL(brokerAddress(address))
  return (openSocket) => {
    const frames = new FrameReader()
    // MQTT over WebSocket travels in binary frames under the subprotocol "mqtt" [MQTT-6.0.0-1], [MQTT-6.0.0-3].
    const socket = new WebSocket(url, ['mqtt'], {
      handshakeTimeout: address.connectTimeoutSeconds * 1_000,
      headers: Object.fromEntries(address.headers.map(({ name, value }) => [name, value])),
      maxPayload: address.maximumPacketBytes + MORE_PACKETS_BYTES,
      perMessageDeflate: false,
      createConnection: () => frames.attach(openSocket(frames)),
    })
    const stream = createWebSocketStream(socket)
    socket.on('open', () => {
      frames.begin(stream)
      // As a socket says it.
      stream.emit('connect')
    })
    socket.on('close', () => stream.destroy())
    // After a frame that RFC 6455 forbids the library waits half a minute for the peer to close, and says the error only then.
    socket.on('error', () => socket.terminate())
    return stream
  }
}

function openSocket(
  target: Target,
  tls: TlsConfig | null,
  tunnel: Socket | null,
  secured: (peer: TlsPeer) => void,
  reader: NetworkReader | null = null,
): Socket {
  const onread = reader === null ? {} : { onread: readInto(reader) }
  const socket =
    tls === null
      ? (tunnel ?? createConnection({ ...target, ...MANY_ADDRESSES, ...onread }))
      : holdUntilVerified(openTlsSocket(target, { ...tlsOptionsOf(tls, target.host), ...onread }, tunnel), tls, secured)
  return socket.setNoDelay(true)
}

/** A socket with this emits no `data`. It asks for room before each read. */
function readInto(reader: NetworkReader): OnReadOpts {
  return {
    buffer: () => reader.room(),
    callback: (count) => {
      reader.filled(count)
      // Who wants no more has paused the socket.
      return true
    },
  }
}

/** @throws {OwnCertificateError} OpenSSL reads our files before it connects; the tunnel is closed then. */
function openTlsSocket(target: Target, options: ConnectionOptions, tunnel: Socket | null): TLSSocket {
  try {
    // Over a tunnel the host is only the name that the certificate is checked against.
    return connectTls({ ...target, ...MANY_ADDRESSES, ...(tunnel !== null && { socket: tunnel }), ...options })
  } catch (error) {
    tunnel?.destroy()
    throw new OwnCertificateError(error instanceof Error ? error.message : String(error))
  }
}
