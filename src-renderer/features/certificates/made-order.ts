import type { MadeCertificate } from '@shared/certificates/made-certificate'

/** A certificate as it stands in the list. */
export interface ListedCertificate {
  readonly certificate: MadeCertificate
  /** Whether the authority that signed it stands above it. */
  readonly below: boolean
}

/** Each authority with what it signed below it; at the end what lost its authority. */
export function inListOrder(made: readonly MadeCertificate[]): ListedCertificate[] {
  const authorities = made.filter(({ kind }) => kind === 'authority')
  const known = new Set(authorities.map(({ id }) => id))
  const alone = made.filter(({ kind, issuerId }) => kind !== 'authority' && (issuerId === null || !known.has(issuerId)))
  return [
    ...authorities.flatMap((authority) => [
      { certificate: authority, below: false },
      ...made.filter(({ issuerId }) => issuerId === authority.id).map((certificate) => ({ certificate, below: true })),
    ]),
    ...alone.map((certificate) => ({ certificate, below: false })),
  ]
}

/** What a stranger's certificate is for, as its extensions say. */
export function kindOf({ isAuthority, purposes }: MadeCertificate['facts']): MadeCertificate['kind'] | 'unknown' {
  if (isAuthority) return 'authority'
  if (purposes.includes('serverAuth')) return 'server'
  return purposes.includes('clientAuth') ? 'client' : 'unknown'
}
