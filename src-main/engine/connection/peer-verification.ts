import { createHash, timingSafeEqual } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { TlsPeer, VerifiedBy } from '@shared/connection/tls-peer'
import type { TlsConfig } from '../engine-api'
import { chainOf } from './certificate-chain'

/** The server showed neither a pinned certificate nor one that passes the usual checks. */
export class NotPinnedError extends Error {
  override readonly name = 'NotPinnedError'
}

/**
 * Holds back all that is written to `socket` until its server is verified, then tells of it; ends the connection with a
 * {@link NotPinnedError} when pins are set and the server shows neither one of them nor what passes without.
 */
export function holdUntilVerified(socket: TLSSocket, tls: TlsConfig, verified?: (peer: TlsPeer) => void): TLSSocket {
  // CONNECT carries a password, and the headers of an HTTP upgrade may: neither is for a stranger.
  socket.cork()
  socket.once('secureConnect', () => {
    const verifiedBy = verdictOn(socket, tls)
    if (verifiedBy === null) {
      socket.destroy(new NotPinnedError(`not a pinned certificate; without a pin: ${String(socket.authorizationError)}`))
      return
    }
    socket.uncork()
    verified?.(describe(socket, verifiedBy))
  })
  return socket
}

/** What the server is verified by, or null when it is not the one it should be. */
function verdictOn(socket: TLSSocket, tls: TlsConfig): VerifiedBy | null {
  const own = socket.getPeerCertificate()
  // A server without a certificate has an empty one.
  if (Buffer.isBuffer(own.raw) && isPinned(own.raw, tls.pinnedFingerprints)) return 'pin'
  if (!tls.verifyCertificate) return 'nothing'
  if (!socket.authorized) return null
  return tls.authorities === null ? 'system' : 'authority'
}

/** Whether a certificate, in DER, is one of those with these SHA-256 fingerprints. */
function isPinned(certificate: Uint8Array, fingerprints: readonly string[]): boolean {
  const digest = createHash('sha256').update(certificate).digest()
  return fingerprints.some((fingerprint) => {
    const pinned = Buffer.from(fingerprint.replaceAll(':', ''), 'hex')
    return pinned.length === digest.length && timingSafeEqual(pinned, digest)
  })
}

function describe(socket: TLSSocket, verifiedBy: VerifiedBy): TlsPeer {
  const { name, standardName } = socket.getCipher()
  return {
    verifiedBy,
    protocol: socket.getProtocol() ?? '',
    cipher: standardName || name,
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    certificates: chainOf(socket),
  }
}
