import type { ConnectionStatus } from '@shared/connection/connection'
import type { FailureCode } from '@shared/connection/failure'
import type { PeerCertificate } from '@shared/connection/peer-certificate'
import { AppError } from '@shared/ipc/app-error'
import { MAX_PINS, MAX_PIN_SUBJECT_LENGTH, type Tls } from '@shared/profile/tls'

// Certificates come from what the engine saw, not from the page: it can name one, not bring one.

/** Why a server's certificate failed, where the user may know better. */
const ABOUT_THE_SERVER: readonly FailureCode[] = [
  'tls-unknown-issuer',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-host',
  'tls-not-pinned',
]

/** The self-signed certificate a server showed. @throws {AppError} `certificate-missing` when none showed such a one. */
export function shownAuthority(status: ConnectionStatus, fingerprint: string): PeerCertificate {
  const shown = shownOver(status, ['tls-unknown-issuer']).flat()
  return named(shown.filter(({ selfSigned }) => selfSigned), fingerprint)
}

/** A server's own certificate. @throws {AppError} `certificate-missing` when none showed such a one. */
export function shownServer(status: ConnectionStatus, fingerprint: string): PeerCertificate {
  return named(shownOver(status, ABOUT_THE_SERVER).flatMap((chain) => chain.slice(0, 1)), fingerprint)
}

/** With one more certificate pinned. @throws {AppError} `too-many` */
export function withPin(tls: Tls, { fingerprint, subject }: PeerCertificate): Tls {
  const others = tls.pins.filter((pin) => pin.fingerprint !== fingerprint)
  if (others.length >= MAX_PINS) throw new AppError('too-many', 'Too many pinned certificates', { limit: MAX_PINS })
  return { ...tls, pins: [...others, { fingerprint, subject: subject.slice(0, MAX_PIN_SUBJECT_LENGTH) }] }
}

/** The chains of the brokers that failed for one of these reasons. */
function shownOver(status: ConnectionStatus, codes: readonly FailureCode[]): (readonly PeerCertificate[])[] {
  const failures = status.phase === 'failed' || status.phase === 'reconnecting' ? status.failures : []
  return failures.flatMap(({ failure }) => (codes.includes(failure.code) ? [failure.certificates] : []))
}

function named(certificates: readonly PeerCertificate[], fingerprint: string): PeerCertificate {
  const found = certificates.find((certificate) => certificate.fingerprint === fingerprint)
  if (found === undefined) throw new AppError('certificate-missing', 'No such certificate was shown', { name: fingerprint })
  return found
}
