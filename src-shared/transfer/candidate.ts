import type { ProfileDraft } from '@shared/profile/profile'
import type { SecretName } from '@shared/profile/secret'
import type { CertificatePurpose } from '@shared/profile/tls'
import type { Obstacle, Remark } from './remark'

/** A certificate or key that goes with a profile: in the file itself, or somewhere on this computer. */
export type CandidateFile =
  | { readonly kind: 'bytes'; readonly name: string; readonly base64: string }
  | { readonly kind: 'path'; readonly path: string }

/** A profile that may be imported. */
export interface Candidate {
  readonly kind: 'usable'
  /** Its TLS names no files yet. */
  readonly draft: ProfileDraft
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>
  readonly files: Readonly<Partial<Record<CertificatePurpose, CandidateFile>>>
  readonly remarks: readonly Remark[]
}

/** One that cannot be. */
export interface Unusable {
  readonly kind: 'unusable'
  readonly name: string
  readonly obstacle: Obstacle
}

export type Entry = Candidate | Unusable

/** Most profiles of one file. */
export const MAX_ENTRIES = 1_000
