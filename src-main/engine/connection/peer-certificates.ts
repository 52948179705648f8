import type { PeerCertificate } from '@shared/connection/peer-certificate'
import type { ConnectionConfig } from '../engine-api'
import { chainOf } from './certificate-chain'
import { openTlsSocket, tlsOptionsOf } from './transport'

const TIMEOUT_MS = 3_000

/**
 * The certificates a server shows, its own first; empty when it shows none in time.
 * They are looked at over a connection of their own that nothing is sent on and that shows no certificate of ours:
 * it may be anyone's.
 */
export function fetchPeerCertificates({ host, port, tls }: ConnectionConfig): Promise<PeerCertificate[]> {
  if (tls === null) return Promise.resolve([])
  const bareHost = host.replace(/^\[|\]$/g, '')
  const anonymous = tlsOptionsOf({ ...tls, identity: { kind: 'none' } }, bareHost)
  return new Promise((resolve) => {
    const socket = openTlsSocket({ host: bareHost, port }, { ...anonymous, rejectUnauthorized: false })
    const finish = (certificates: PeerCertificate[]): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(certificates)
    }
    const timer = setTimeout(() => finish([]), TIMEOUT_MS)
    socket.on('error', () => finish([]))
    socket.on('secureConnect', () => finish(chainOf(socket)))
  })
}
