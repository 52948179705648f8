import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate } from 'node:tls'
import type { PeerCertificate } from '@shared/connection/peer-certificate'
import type { ConnectionConfig } from '../engine-api'
import { openTlsProbe } from './transport'

const TIMEOUT_MS = 3_000
const MAX_CHAIN = 10

/**
 * The certificates a server shows, its own first; empty when it shows none in time.
 * They are looked at over a connection of their own that nothing is sent on and that shows no certificate of ours:
 * it may be anyone's.
 * @throws what the way to the server fails with
 */
export async function fetchPeerCertificates(config: ConnectionConfig): Promise<PeerCertificate[]> {
  if (config.tls === null) return []
  const anonymous = { ...config.tls, identity: { kind: 'none' as const } }
  const socket = await openTlsProbe(config, anonymous, { timeoutMs: TIMEOUT_MS, rejectUnauthorized: false })
  return new Promise((resolve) => {
    const finish = (certificates: PeerCertificate[]): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(certificates)
    }
    const timer = setTimeout(() => finish([]), TIMEOUT_MS)
    socket.on('error', () => finish([]))
    socket.on('secureConnect', () => {
      try {
        finish(chainOf(socket.getPeerCertificate(true)))
      } catch {
        // A certificate of a stranger's making that cannot be described: the failure is told without it.
        finish([])
      }
    })
  })
}

function chainOf(own: DetailedPeerCertificate): PeerCertificate[] {
  const chain: PeerCertificate[] = []
  const seen = new Set<string>()
  // A self-signed certificate names itself as its issuer, for ever.
  for (let at: DetailedPeerCertificate | undefined = own; at?.fingerprint256 && chain.length < MAX_CHAIN; at = at.issuerCertificate) {
    if (seen.has(at.fingerprint256)) break
    seen.add(at.fingerprint256)
    chain.push(describe(at))
  }
  return chain
}

function describe(certificate: DetailedPeerCertificate): PeerCertificate {
  const parsed = new X509Certificate(certificate.raw)
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: certificate.subjectaltname?.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, '')) ?? [],
    validFromMs: timeOf(certificate.valid_from),
    validToMs: timeOf(certificate.valid_to),
    fingerprint: certificate.fingerprint256,
    selfSigned: parsed.checkIssued(parsed),
    pem: parsed.toString(),
  }
}

/** @throws RangeError when it is no time: NaN is none either, and no schema lets it pass. */
function timeOf(text: string): number {
  const timeMs = Date.parse(text)
  if (Number.isNaN(timeMs)) throw new RangeError('a certificate with an invalid time')
  return timeMs
}

/** The common name, or whatever there is. */
function nameOf(name: Partial<DetailedPeerCertificate['subject']>): string {
  return [name.CN ?? name.O ?? name.OU ?? ''].flat().join(', ')
}
