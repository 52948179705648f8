import { createConnection, isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import WebSocket, { createWebSocketStream } from 'ws'
import type { Protocol } from '@shared/profile/profile'
import type { TlsPeer } from '@shared/connection/tls-peer'
import type { ConnectionConfig, TlsConfig } from '../engine-api'
import { holdUntilVerified } from './peer-verification'

/** Most bytes of one WebSocket message: the largest MQTT packet there can be [MQTT-2.1.4]. */
const MAX_WEBSOCKET_MESSAGE_BYTES = 268_435_460

/**
 * A name may stand for several addresses (localhost: ::1 and 127.0.0.1) of which only one has a broker;
 * Node before 20 tries the first one only, unless told.
 */
const MANY_ADDRESSES = { autoSelectFamily: true }

/**
 * Those that BoringSSL (Electron) offers by itself, and Ed25519, without which a server with such a certificate refuses
 * the handshake.
 */
const SIGNATURE_ALGORITHMS = [
  'ecdsa_secp256r1_sha256',
  'rsa_pss_rsae_sha256',
  'rsa_pkcs1_sha256',
  'ecdsa_secp384r1_sha384',
  'rsa_pss_rsae_sha384',
  'rsa_pkcs1_sha384',
  'ecdsa_secp521r1_sha512',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha512',
  'ed25519',
  'rsa_pkcs1_sha1',
].join(':')

type Address = Pick<ConnectionConfig, 'protocol' | 'host' | 'port' | 'path' | 'tls' | 'connectTimeoutSeconds'>

/** The address for reading: it holds no credentials. */
export function addressOf({ protocol, host, port, path }: Omit<Address, 'tls' | 'connectTimeoutSeconds'>): string {
  return `${protocol}://${authorityOf(host)}:${port}${protocol === 'ws' || protocol === 'wss' ? path : ''}`
}

function authorityOf(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** Our own certificate, key or passphrase cannot be used. */
export class OwnCertificateError extends Error {
  override readonly name = 'OwnCertificateError'
}

/**
 * Opens the network connection. Errors, a refused connection too, come on the stream; `secured` is told of the server
 * once it is verified, before a byte of MQTT or HTTP is sent.
 * @throws {OwnCertificateError}
 * @throws {SyntaxError} when the address is none at all: a host name that no URL can hold
 */
export function openTransport(address: Address, secured: (peer: TlsPeer) => void): Duplex {
  const host = address.host.replace(/^\[|\]$/g, '')
  switch (address.protocol) {
    case 'mqtt':
    case 'mqtts':
      return openSocket(host, address, secured)
    case 'ws':
    case 'wss':
      return openWebSocket(host, address, address.protocol, secured)
  }
}

function openWebSocket(
  host: string,
  address: Address,
  protocol: Extract<Protocol, 'ws' | 'wss'>,
  secured: (peer: TlsPeer) => void,
): Duplex {
  // MQTT over WebSocket travels in binary frames under the subprotocol "mqtt" [MQTT-6.0.0-1], [MQTT-6.0.0-3].
  const socket = new WebSocket(addressOf({ ...address, protocol, host }), ['mqtt'], {
    handshakeTimeout: address.connectTimeoutSeconds * 1_000,
    maxPayload: MAX_WEBSOCKET_MESSAGE_BYTES,
    perMessageDeflate: false,
    createConnection: () => openSocket(host, address, secured),
  })
  const stream = createWebSocketStream(socket)
  // As a socket says it.
  socket.on('open', () => stream.emit('connect'))
  socket.on('close', () => stream.destroy())
  return stream
}

function openSocket(host: string, { port, tls }: Pick<Address, 'port' | 'tls'>, secured: (peer: TlsPeer) => void): Socket {
  const target = { host, port }
  const socket =
    tls === null
      ? createConnection({ ...target, ...MANY_ADDRESSES })
      : holdUntilVerified(openTlsSocket(target, tlsOptionsOf(tls, host)), tls, secured)
  return socket.setNoDelay(true)
}

/** @throws {OwnCertificateError} OpenSSL reads our files before it connects. */
export function openTlsSocket(target: { host: string; port: number }, options: ConnectionOptions): TLSSocket {
  try {
    return connectTls({ ...target, ...MANY_ADDRESSES, ...options })
  } catch (error) {
    throw new OwnCertificateError(error instanceof Error ? error.message : String(error))
  }
}

/** Node's options for a TLS connection to `host`. */
export function tlsOptionsOf(tls: TlsConfig, host: string): ConnectionOptions {
  const serverName = tls.serverName || host
  return {
    // An address is no server name [RFC 6066, section 3], yet certificates may be made out to one.
    ...(isIP(serverName) ? {} : { servername: serverName }),
    minVersion: `TLSv${tls.minimumVersion}`,
    sigalgs: SIGNATURE_ALGORITHMS,
    // Node knows no pins: with them the decision is ours, see `holdUntilVerified`.
    rejectUnauthorized: tls.verifyCertificate && tls.pinnedFingerprints.length === 0,
    ...(tls.verifyHostName ? {} : { checkServerIdentity: () => undefined }),
    ...(tls.authorities === null ? {} : { ca: [...tls.authorities] }),
    ...(tls.alpnProtocols.length === 0 ? {} : { ALPNProtocols: [...tls.alpnProtocols] }),
    ...identityOptions(tls.identity),
  }
}

function identityOptions(identity: TlsConfig['identity']): ConnectionOptions {
  switch (identity.kind) {
    case 'none':
      return {}
    case 'pem':
      return { cert: identity.certificates, key: Buffer.from(identity.key), ...withPassphrase(identity.passphrase) }
    case 'pkcs12':
      return { pfx: Buffer.from(identity.bytes), ...withPassphrase(identity.passphrase) }
  }
}

function withPassphrase(passphrase: string | null): ConnectionOptions {
  return passphrase === null ? {} : { passphrase }
}
