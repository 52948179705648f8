import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { PeerCertificate } from '@shared/connection/peer-certificate'

const MAX_CHAIN = 10

/**
 * The certificates the server of a TLS connection showed, its own first. Empty when one of them, of a stranger's making,
 * cannot be described.
 */
export function chainOf(socket: TLSSocket): PeerCertificate[] {
  try {
    return described(socket.getPeerCertificate(true))
  } catch {
    return []
  }
}

function described(own: DetailedPeerCertificate): PeerCertificate[] {
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
