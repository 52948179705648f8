import { AppError } from '@shared/ipc/app-error'
import { isPkcs12 } from './certificate-check'
import { certificatesOfPkcs12 } from './pkcs12-file'

const PEM_BLOCK = /-----BEGIN (?:X509 )?CERTIFICATE-----([^-]+)-----END (?:X509 )?CERTIFICATE-----/g

/**
 * What a file says are certificates, in DER, not looked into: a PEM bundle, one in DER, or those of a PKCS#12 file;
 * null when that needs a password that was not given.
 * @throws {AppError} `wrong-file-password`, `file-protection-unknown`
 */
export async function readCertificateFile(bytes: Uint8Array, name: string, password: string | null): Promise<Uint8Array[] | null> {
  if (isPkcs12(bytes)) return readPkcs12(bytes, name, password)
  const blocks = [...Buffer.from(bytes).toString('latin1').matchAll(PEM_BLOCK)]
  return blocks.length === 0 ? [bytes] : blocks.map(([, base64 = '']) => Buffer.from(base64, 'base64'))
}

async function readPkcs12(bytes: Uint8Array, name: string, password: string | null): Promise<Uint8Array[] | null> {
  try {
    // Certificates are no secret: some files protect the key alone, or have an empty password.
    return await certificatesOfPkcs12(bytes, password ?? '', name)
  } catch (error) {
    if (password === null && error instanceof AppError && error.code === 'wrong-file-password') return null
    throw error
  }
}
