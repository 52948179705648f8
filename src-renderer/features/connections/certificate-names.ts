import type { PeerCertificate } from '@shared/connection/peer-certificate'

/** The first `limit` names a certificate is for, and how many more there are; its subject where it names nobody. */
export function namesOf(
  { names, subject }: Pick<PeerCertificate, 'names' | 'subject'>,
  limit: number,
): { shown: string[]; more: number } {
  const all = names.length > 0 ? names : [subject]
  return { shown: all.slice(0, limit), more: Math.max(0, all.length - limit) }
}
