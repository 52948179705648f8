import { X509Certificate } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'

/** Whom a certificate names, and when it is valid. */
export interface DatedCertificate {
  readonly subject: string
  readonly validFromMs: number
  readonly validToMs: number
}

/** A certificate in PEM; null when it cannot be read, or bears no time. */
export function datedCertificate(pem: string): DatedCertificate | null {
  try {
    return dated(new X509Certificate(pem))
  } catch {
    return null
  }
}

/** The own certificate of a PKCS#12 file; null when the passphrase does not open it. */
export function certificateOfPkcs12(bytes: Uint8Array, passphrase: string | null): DatedCertificate | null {
  // OpenSSL opens the file, as it does when connecting; nothing is ever sent on this socket.
  const nowhere = new PassThrough()
  try {
    const secureContext = createSecureContext({ pfx: Buffer.from(bytes), ...(passphrase !== null && { passphrase }) })
    const own = new TLSSocket(nowhere, { secureContext, isServer: true }).getCertificate()
    return own !== null && 'raw' in own && Buffer.isBuffer(own.raw) ? dated(new X509Certificate(own.raw)) : null
  } catch {
    return null
  } finally {
    nowhere.destroy()
  }
}

function dated(certificate: X509Certificate): DatedCertificate | null {
  const validFromMs = Date.parse(certificate.validFrom)
  const validToMs = Date.parse(certificate.validTo)
  if (Number.isNaN(validFromMs) || Number.isNaN(validToMs)) return null
  return { subject: subjectOf(certificate), validFromMs, validToMs }
}

/** The common name, or the first there is of a name that comes one part a line. */
function subjectOf({ subject }: X509Certificate): string {
  const parts = subject?.split('\n') ?? []
  const shown = parts.find((part) => part.startsWith('CN=')) ?? parts[0] ?? ''
  return shown.replace(/^[A-Za-z]+=/, '')
}
