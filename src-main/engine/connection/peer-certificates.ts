import type { PeerCertificate } from '@shared/connection/peer-certificate'
import type { ConnectionConfig } from '../engine-api'
import { chainOf } from './certificate-chain'
import { openTlsProbe } from './transport'

const TIMEOUT_MS = 3_000

/**
 * The certificates a server shows, its own first; empty when it shows none in time.
 * They are looked at over a connection of their own that nothing is sent on and that shows no certificate of ours:
 * it may be anyone's.
 * @throws what the way to the server fails with
 */
export async function fetchPeerCertificates(config: ConnectionConfig): Promise<PeerCertificate[]> {
  if (config.tls === null) return []
  const anyone = { ...config.tls, identity: { kind: 'none' as const }, verifyCertificate: false }
  const socket = await openTlsProbe(config, anyone, TIMEOUT_MS)
  return new Promise((resolve) => {
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
