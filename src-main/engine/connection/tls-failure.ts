import type { FailureCode } from '@shared/connection/failure'

/** What OpenSSL (Node) and BoringSSL (Electron) call it, as the user can be told of it. */
const VERIFICATION_ERRORS: Readonly<Record<string, FailureCode>> = {
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-unknown-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-unknown-issuer',
  CERT_UNTRUSTED: 'tls-unknown-issuer',
  // An authority that was made anew under its old name.
  CERT_SIGNATURE_FAILURE: 'tls-unknown-issuer',
  INVALID_CA: 'tls-unknown-issuer',
  HOSTNAME_MISMATCH: 'tls-wrong-host',
  CERT_REVOKED: 'tls-other',
  CERT_REJECTED: 'tls-other',
  CERT_CHAIN_TOO_LONG: 'tls-other',
  PATH_LENGTH_EXCEEDED: 'tls-other',
  INVALID_PURPOSE: 'tls-other',
}

/** Alerts by which a server says what it thinks of our certificate, RFC 8446, section 6.2. */
const CLIENT_CERTIFICATE_ALERTS =
  /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/

/** Reading files is not OpenSSL's "SSL": that part complains of what the server does. */
const OWN_FILES = /^ERR_(?:OSSL|CRYPTO)_.*(?:PEM|PKCS12|PKCS8|ASN1|KEY_VALUES_MISMATCH|BAD_DECRYPT|BAD_PASSWORD|MAC|NO_START_LINE|UNSUPPORTED|KEY)/

/** The TLS failure an error code of Node stands for, or null when it is about something else. */
export function tlsFailureOf(code: string): FailureCode | null {
  const verification = VERIFICATION_ERRORS[code]
  if (verification !== undefined) return verification
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) return 'tls-not-spoken'
  if (CLIENT_CERTIFICATE_ALERTS.test(code)) return 'tls-client-refused'
  if (OWN_FILES.test(code)) return ownFilesFailureOf(code)
  return /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO)/.test(code) ? 'tls-other' : null
}

/** What is wrong with our own files, by what OpenSSL or BoringSSL says when it reads them. */
export function ownFilesFailureOf(said: string): FailureCode {
  if (/BAD.(?:DECRYPT|PASSWORD)|INCORRECT.PASSWORD|MAC.VERIFY|PASSPHRASE|CERTIFICATE OR PASSWORD/i.test(said)) return 'tls-passphrase'
  if (/UNSUPPORTED|UNKNOWN.(?:ALGORITHM|CIPHER|DIGEST|HASH)/i.test(said)) return 'tls-own-unsupported'
  return 'tls-own-files'
}

/** Whether the server's certificate is what failed, so that seeing it helps. */
export function isAboutPeerCertificate(code: FailureCode): boolean {
  return ['tls-expired', 'tls-not-yet-valid', 'tls-wrong-host', 'tls-unknown-issuer', 'tls-not-pinned'].includes(code)
}
