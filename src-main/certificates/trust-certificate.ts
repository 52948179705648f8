import type { PeerCertificate } from '@shared/connection/peer-certificate'
import type { CertificateFile, Tls } from '@shared/profile/tls'
import { certificatesIn } from './certificate-check'
import type { CertificateStore } from './certificate-store'

const MAX_NAME_LENGTH = 100

/** A bundle of the authorities a profile has and one more. @throws {AppError} `certificate-missing`, `storage-failed` */
export function withAuthority(store: CertificateStore, { authority }: Tls, { subject, pem }: PeerCertificate): CertificateFile {
  const before = authority === null ? [] : certificatesIn(store.read(authority, 'authority'))
  const bundle = [...new Set([...before, pem])].join('\n')
  // The name is a stranger's; it is shown, and never a path.
  const name = (subject || 'CA').slice(0, MAX_NAME_LENGTH)
  return store.add(Buffer.from(bundle), authority === null ? name : `${authority.name.slice(0, MAX_NAME_LENGTH)} + ${name}`)
}
