import type { TlsConfig } from '../../src-main/engine/engine-api'
import { encryptKey, type Identity } from './certificates'

/** How a profile with this authority alone speaks TLS. */
export function tlsConfig(authority: Identity, overrides: Partial<TlsConfig> = {}): TlsConfig {
  return {
    authorities: [authority.certificate],
    identity: { kind: 'none' },
    serverName: '',
    alpnProtocols: [],
    minimumVersion: '1.2',
    verifyCertificate: true,
    verifyHostName: true,
    pinnedFingerprints: [],
    ...overrides,
  }
}

/** A client that shows this certificate, its key under the passphrase. */
export function pemIdentity({ certificate, key }: Identity, passphrase: string | null = null): TlsConfig['identity'] {
  const text = passphrase === null ? key : encryptKey(key, passphrase)
  return { kind: 'pem', certificates: certificate, key: Buffer.from(text), passphrase }
}
