import { describe, expect, it } from 'vitest'
import { failureCodeSchema, type FailureCode } from '@shared/connection/failure'
import { failureOfError } from '../../../../../src-main/engine/connection/failure-of'
import { isAboutPeerCertificate, ownFilesFailureOf, tlsFailureOf } from '../../../../../src-main/engine/connection/tls-failure'
import { OwnCertificateError } from '../../../../../src-main/engine/connection/transport'

const MEANINGS: [code: string, meaning: FailureCode | null][] = [
  // What Node finds wrong with the server's certificate.
  ['CERT_HAS_EXPIRED', 'tls-expired'],
  ['CERT_NOT_YET_VALID', 'tls-not-yet-valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-host'],
  ['HOSTNAME_MISMATCH', 'tls-wrong-host'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-unknown-issuer'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls-unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-unknown-issuer'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-unknown-issuer'],
  ['CERT_UNTRUSTED', 'tls-unknown-issuer'],
  ['CERT_SIGNATURE_FAILURE', 'tls-unknown-issuer'],
  ['INVALID_CA', 'tls-unknown-issuer'],
  ['CERT_REVOKED', 'tls-other'],
  ['CERT_REJECTED', 'tls-other'],
  ['CERT_CHAIN_TOO_LONG', 'tls-other'],
  ['PATH_LENGTH_EXCEEDED', 'tls-other'],
  ['INVALID_PURPOSE', 'tls-other'],
  // Not TLS at all.
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-not-spoken'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls-not-spoken'],
  ['ERR_SSL_HTTP_REQUEST', 'tls-not-spoken'],
  // Alerts on our certificate, by OpenSSL and, without the 13, by BoringSSL.
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-refused'],
  ['ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'tls-client-refused'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'tls-client-refused'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls-client-refused'],
  ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'tls-client-refused'],
  // Files of ours.
  ['ERR_OSSL_PEM_NO_START_LINE', 'tls-own-files'],
  ['ERR_OSSL_PEM_BAD_PASSWORD_READ', 'tls-passphrase'],
  ['ERR_OSSL_BAD_DECRYPT', 'tls-passphrase'],
  ['ERR_OSSL_EVP_BAD_DECRYPT', 'tls-passphrase'],
  ['ERR_OSSL_CIPHER_BAD_DECRYPT', 'tls-passphrase'],
  ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'tls-own-files'],
  ['ERR_OSSL_PKCS12_MAC_VERIFY_FAILURE', 'tls-passphrase'],
  ['ERR_OSSL_PKCS8_INCORRECT_PASSWORD', 'tls-passphrase'],
  ['ERR_OSSL_UNSUPPORTED', 'tls-own-unsupported'],
  ['ERR_CRYPTO_UNSUPPORTED_OPERATION', 'tls-own-unsupported'],
  // Anything else of TLS: no fault of our files, though some names sound like it.
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-other'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-other'],
  ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'tls-other'],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'tls-other'],
  ['ERR_SSL_DH_KEY_TOO_SMALL', 'tls-other'],
  ['ERR_SSL_NO_SUITABLE_KEY_SHARE', 'tls-other'],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'tls-other'],
  ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls-other'],
  ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'tls-other'],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', 'tls-other'],
  ['EPROTO', 'tls-other'],
  // About something else.
  ['ECONNRESET', null],
  ['ECONNREFUSED', null],
  ['EPIPE', null],
  ['ENOTFOUND', null],
  ['ERR_SOCKET_BAD_PORT', null],
  ['ERR_STREAM_DESTROYED', null],
  ['', null],
]

it.each(MEANINGS)('%s: %s', (code, meaning) => {
  expect(tlsFailureOf(code)).toBe(meaning)
})

describe('as a failure', () => {
  const failureOf = (code: string) => failureOfError(Object.assign(new Error('words of OpenSSL'), { code }), false)

  it('has its code and words; trying again heals none that is known', () => {
    for (const [code, meaning] of MEANINGS) {
      if (meaning === null) continue
      expect(failureOf(code)).toMatchObject({ code: meaning, detail: 'words of OpenSSL', permanent: meaning !== 'tls-other' })
    }
  })

  it('of our own files is one too, whichever way it comes', () => {
    const error = new OwnCertificateError('mac verify failure')
    expect(failureOfError(error, false)).toMatchObject({ code: 'tls-passphrase', detail: 'mac verify failure', permanent: true })
  })
})

it('the certificates of the server are worth a look only when they are what failed', () => {
  const shown = failureCodeSchema.options.filter(isAboutPeerCertificate)
  expect(shown.sort()).toEqual(['tls-expired', 'tls-not-pinned', 'tls-not-yet-valid', 'tls-unknown-issuer', 'tls-wrong-host'])
})

it.each<[said: string, meaning: FailureCode]>([
  // Node with OpenSSL.
  ['error:1C800064:Provider routines::bad decrypt', 'tls-passphrase'],
  ['Passphrase required for encrypted key', 'tls-passphrase'],
  ['mac verify failure', 'tls-passphrase'],
  ['Unsupported PKCS12 PFX data', 'tls-own-unsupported'],
  ['error:0308010C:digital envelope routines::unsupported', 'tls-own-unsupported'],
  ['error:05800074:x509 certificate routines::key values mismatch', 'tls-own-files'],
  // Electron with BoringSSL.
  ['error:1e000065:Cipher functions:OPENSSL_internal:BAD_DECRYPT', 'tls-passphrase'],
  ['error:09000068:PEM routines:OPENSSL_internal:BAD_PASSWORD_READ', 'tls-passphrase'],
  ['INCORRECT_PASSWORD', 'tls-passphrase'],
  ['UNKNOWN_ALGORITHM', 'tls-own-unsupported'],
  ['UNKNOWN_CIPHER', 'tls-own-unsupported'],
  ['error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH', 'tls-own-files'],
])('our own files, where OpenSSL or BoringSSL says %s: %s', (said, meaning) => {
  expect(ownFilesFailureOf(said)).toBe(meaning)
})
