import type { Failure, FailureCode } from '@shared/connection/failure'
import type { PeerCertificate } from '@shared/connection/peer-certificate'

/** What the user may decide about a certificate: to trust it as an authority, or to accept it by itself. */
export type TrustOffer = 'trust' | 'pin'

/** What the user is about to decide. */
export interface TrustDecision {
  readonly certificate: PeerCertificate
  readonly offer: TrustOffer
  /** What the certificate failed with. */
  readonly code: FailureCode
}

/** What is offered for the certificate at `index` of a failure: the narrowest way on that is safe, or null. */
export function trustOffer({ code, certificates }: Failure, index: number): TrustOffer | null {
  switch (code) {
    case 'tls-unknown-issuer': {
      if (index > 0) return certificates[index]?.selfSigned === true ? 'trust' : null
      // An authority that can be trusted also vouches for the certificate after this one.
      return certificates.slice(1).some(({ selfSigned }) => selfSigned) ? null : 'pin'
    }
    case 'tls-expired':
    case 'tls-not-yet-valid':
    case 'tls-wrong-host':
    case 'tls-not-pinned':
      return index === 0 ? 'pin' : null
    default:
      return null
  }
}
