import type { X509Certificate } from 'node:crypto'
import type { CertificateChain, ChainProblem, ChainSource } from '@shared/certificates/certificate-report'
import type { ReadCertificate } from './describe-certificate'

/** No honest chain is longer. */
const MAX_STEPS = 10
/** Authorities of one name that are tried: more is an attack on our time. */
const MAX_NAMESAKES = 8

/** Certificates by the name they carry, to find issuers in. */
export class IssuerIndex {
  readonly #bySubject = new Map<string, ReadCertificate[]>()

  constructor(
    readonly source: ChainSource,
    certificates: Iterable<ReadCertificate>,
  ) {
    for (const read of certificates) {
      const subject = nameOf(read.certificate.subject)
      const namesakes = this.#bySubject.get(subject)
      if (namesakes === undefined) this.#bySubject.set(subject, [read])
      else if (namesakes.length < MAX_NAMESAKES) namesakes.push(read)
    }
  }

  named(subject: string): readonly ReadCertificate[] {
    return this.#bySubject.get(subject) ?? []
  }

  has({ certificate: { subject, fingerprint256 } }: ReadCertificate): boolean {
    return this.named(nameOf(subject)).some(({ certificate }) => certificate.fingerprint256 === fingerprint256)
  }
}

/**
 * Follows a certificate up to whom it can be traced: among `indexes`, in their order, and says which links do not hold
 * at `nowMs` (RFC 5280, section 6; without revocation).
 */
export function chainOf(start: ReadCertificate, indexes: readonly IssuerIndex[], nowMs: number): CertificateChain {
  const steps: CertificateChain['steps'] = []
  const seen = new Set<string>()
  let at: Found = { read: start, source: sourceOf(start, indexes) ?? 'file' }
  for (;;) {
    const { read, source } = at
    seen.add(read.certificate.fingerprint256)
    const problems = problemsOf(read, steps.length, nowMs)
    const { title, sha256, validFromMs, validToMs } = read.facts
    steps.push({ fingerprint: sha256, title, from: source, validFromMs, validToMs, problems })
    const ended = (end: CertificateChain['end']): CertificateChain => ({ steps, end, lastIssuer: issuerNameOf(read) })
    // An authority that is trusted needs nobody above it.
    if (source !== 'file' && read.facts.isAuthority) return ended(source)
    if (isSelfSigned(read)) return ended('self-signed')
    const issuer = findIssuer(read, indexes, seen)
    if (issuer === null) return ended('unknown-issuer')
    const signature = signatureOf(read.certificate, issuer.read.certificate)
    if (signature !== 'good') problems.push(signature)
    if (steps.length === MAX_STEPS) return ended('too-long')
    at = issuer
  }
}

interface Found {
  readonly read: ReadCertificate
  readonly source: ChainSource
}

function isSelfSigned({ certificate }: ReadCertificate): boolean {
  return nameOf(certificate.subject) === nameOf(certificate.issuer) && signatureOf(certificate, certificate) === 'good'
}

function sourceOf(read: ReadCertificate, indexes: readonly IssuerIndex[]): ChainSource | undefined {
  return indexes.find((index) => index.source !== 'file' && index.has(read))?.source
}

/** Whose signature it is; one that only has the name when no signature fits, so that this can be said. */
function findIssuer({ certificate }: ReadCertificate, indexes: readonly IssuerIndex[], seen: ReadonlySet<string>): Found | null {
  const name = nameOf(certificate.issuer)
  const namesakes = indexes
    .flatMap((index) => index.named(name).map((read) => ({ read, source: sourceOf(read, indexes) ?? index.source })))
    .filter(({ read }) => !seen.has(read.certificate.fingerprint256))
  const signers = namesakes.filter(({ read }) => signatureOf(certificate, read.certificate) === 'good')
  // The same authority may come twice, once by itself and once signed by an older one: the one we trust is preferred.
  const trusted = signers.find(({ source }) => source !== 'file')
  return trusted ?? signers[0] ?? (name === '' ? null : (namesakes[0] ?? null))
}

type Signature = 'good' | Extract<ChainProblem, 'bad-signature' | 'unchecked-signature'>

function signatureOf(certificate: X509Certificate, issuer: X509Certificate): Signature {
  try {
    return certificate.verify(issuer.publicKey) ? 'good' : 'bad-signature'
  } catch {
    return 'unchecked-signature'
  }
}

/** What is wrong with a certificate `depth` steps above the one in question. */
function problemsOf({ facts }: ReadCertificate, depth: number, nowMs: number): ChainProblem[] {
  const problems: ChainProblem[] = []
  if (nowMs > facts.validToMs) problems.push('expired')
  if (nowMs < facts.validFromMs) problems.push('not-yet-valid')
  if (depth === 0) return problems
  const maySign = facts.keyUsages.length === 0 || facts.keyUsages.includes('keyCertSign')
  if (!facts.isAuthority || !maySign) problems.push('not-an-authority')
  // How many authorities may stand between it and the certificate in question.
  else if (facts.pathLength !== null && depth - 1 > facts.pathLength) problems.push('path-too-long')
  return problems
}

/** Node leaves the name out when it is empty. */
function nameOf(name: string | undefined): string {
  return name ?? ''
}

function issuerNameOf({ facts: { issuer } }: ReadCertificate): string {
  return (issuer.find(({ type }) => type === 'CN') ?? issuer[0])?.value ?? ''
}
