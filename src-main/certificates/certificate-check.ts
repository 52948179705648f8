import { createPrivateKey, X509Certificate } from 'node:crypto'
import { AppError } from '@shared/ipc/app-error'
import type { CertificatePurpose } from '@shared/profile/tls'

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const PEM_PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/

/** The certificates in a file, as PEM texts: a PEM bundle, or one in DER. Empty when there are none. */
export function certificatesIn(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes)
  const blocks = buffer.toString('latin1').match(PEM_CERTIFICATE) ?? [buffer]
  try {
    return blocks.map((block) => new X509Certificate(block).toString())
  } catch {
    return []
  }
}

/** A private key as OpenSSL takes it, in PEM; what is not DER stays as it is. */
export function keyIn(bytes: Uint8Array): Uint8Array {
  try {
    const key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' })
    return Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }))
  } catch {
    return bytes
  }
}

/**
 * Refuses a file that cannot be what it was chosen for. What a passphrase protects (PKCS#12, an encrypted key)
 * is only opened when connecting.
 * @throws {AppError} `certificate-unusable`
 */
export function checkCertificateFile(bytes: Uint8Array, purpose: CertificatePurpose, name: string): void {
  const usable = {
    authority: () => certificatesIn(bytes).length > 0,
    certificate: () => certificatesIn(bytes).length > 0 || isPkcs12(bytes),
    key: () => isPrivateKey(bytes),
  }[purpose]()
  if (!usable) throw new AppError('certificate-unusable', `${name} is no ${purpose}`, { name, purpose })
}

/** Whether the bytes look like PKCS#12 (RFC 7292): a DER sequence that starts with version 3. */
export function isPkcs12(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30) return false
  const lengthByte = bytes[1] ?? 0
  const content = 2 + (lengthByte < 0x80 ? 0 : lengthByte & 0x7f)
  return bytes[content] === 0x02 && bytes[content + 1] === 0x01 && bytes[content + 2] === 0x03
}

function isPrivateKey(bytes: Uint8Array): boolean {
  return PEM_PRIVATE_KEY.test(Buffer.from(keyIn(bytes)).toString('latin1'))
}
