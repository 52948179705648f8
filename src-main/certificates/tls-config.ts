import type { Tls } from '@shared/profile/tls'
import type { TlsConfig } from '../engine/engine-api'
import { certificatesIn, isPkcs12, keyIn } from './certificate-check'
import type { CertificateStore } from './certificate-store'

/** What an engine needs to speak TLS: the files themselves. @throws {AppError} `certificate-missing`, `certificate-unusable` */
export function tlsConfigOf(tls: Tls, passphrase: string | null, store: CertificateStore): TlsConfig {
  const { serverName, alpnProtocols, minimumVersion, verifyCertificate, verifyHostName } = tls
  return {
    authorities: tls.authority === null ? null : certificatesIn(store.read(tls.authority, 'authority')),
    identity: identityOf(tls, passphrase, store),
    serverName,
    alpnProtocols,
    minimumVersion,
    verifyCertificate,
    verifyHostName,
    pinnedFingerprints: tls.pins.map(({ fingerprint }) => fingerprint),
  }
}

function identityOf(tls: Tls, passphrase: string | null, store: CertificateStore): TlsConfig['identity'] {
  if (tls.certificate === null) return { kind: 'none' }
  const certificate = store.read(tls.certificate, 'certificate')
  if (isPkcs12(certificate)) return { kind: 'pkcs12', bytes: certificate, passphrase }
  return {
    kind: 'pem',
    certificates: certificatesIn(certificate).join('\n'),
    // The key may stand in the same file.
    key: keyIn(tls.key === null ? certificate : store.read(tls.key, 'key')),
    passphrase,
  }
}
