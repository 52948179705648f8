import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { TlsConfig } from '../engine-api'

/**
 * Those that BoringSSL (Electron) offers by itself, and Ed25519, without which a server with such a certificate refuses
 * the handshake.
 */
const SIGNATURE_ALGORITHMS = [
  'ecdsa_secp256r1_sha256',
  'rsa_pss_rsae_sha256',
  'rsa_pkcs1_sha256',
  'ecdsa_secp384r1_sha384',
  'rsa_pss_rsae_sha384',
  'rsa_pkcs1_sha384',
  'ecdsa_secp521r1_sha512',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha512',
  'ed25519',
  'rsa_pkcs1_sha1',
].join(':')

/** Node's options for a TLS connection to `host`. */
export function tlsOptionsOf(tls: TlsConfig, host: string): ConnectionOptions {
  const serverName = tls.serverName || host
  return {
    // An address is no server name [RFC 6066, section 3], yet certificates may be made out to one.
    ...(isIP(serverName) ? {} : { servername: serverName }),
    minVersion: `TLSv${tls.minimumVersion}`,
    sigalgs: SIGNATURE_ALGORITHMS,
    // Node knows no pins: with them the decision is ours, see `holdUntilVerified`.
    rejectUnauthorized: tls.verifyCertificate && tls.pinnedFingerprints.length === 0,
    ...(tls.verifyHostName ? {} : { checkServerIdentity: () => undefined }),
    ...(tls.authorities === null ? {} : { ca: [...tls.authorities] }),
    ...(tls.alpnProtocols.length === 0 ? {} : { ALPNProtocols: [...tls.alpnProtocols] }),
    ...identityOptions(tls.identity),
  }
}

function identityOptions(identity: TlsConfig['identity']): ConnectionOptions {
  switch (identity.kind) {
    case 'none':
      return {}
    case 'pem':
      return { cert: identity.certificates, key: Buffer.from(identity.key), ...withPassphrase(identity.passphrase) }
    case 'pkcs12':
      return { pfx: Buffer.from(identity.bytes), ...withPassphrase(identity.passphrase) }
  }
}

function withPassphrase(passphrase: string | null): ConnectionOptions {
  return passphrase === null ? {} : { passphrase }
}
