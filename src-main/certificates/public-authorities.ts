import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { CertificateFacts } from '@shared/certificates/certificate-report'
import { IssuerIndex } from './certificate-chain'
import { factsOf, type ReadCertificate } from './describe-certificate'

let index: IssuerIndex | null = null

/** The authorities that a connection trusts when its profile names none. */
export function publicAuthorities(): IssuerIndex {
  index ??= new IssuerIndex('public', rootCertificates.map((pem) => new PublicAuthority(new X509Certificate(pem))))
  return index
}

/** One of more than a hundred, of which a chain needs one: read when it does. */
class PublicAuthority implements ReadCertificate {
  #facts: CertificateFacts | null = null

  constructor(readonly certificate: X509Certificate) {}

  get facts(): CertificateFacts {
    this.#facts ??= factsOf(this.certificate)
    return this.#facts
  }
}
