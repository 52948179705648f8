import { X509Certificate } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { IssuerIndex } from './certificate-chain'
import { readCertificate, type ReadCertificate } from './describe-certificate'

let index: Promise<IssuerIndex> | null = null

/** The authorities that a connection trusts when its profile names none. Read once, when first asked for. */
export function publicAuthorities(): Promise<IssuerIndex> {
  index ??= readAll()
  return index
}

async function readAll(): Promise<IssuerIndex> {
  const found: ReadCertificate[] = []
  for (const pem of rootCertificates) {
    const read = readCertificate(new X509Certificate(pem).raw)
    if (read !== null) found.push(read)
    // There are more than a hundred, and main has a window to serve.
    await setImmediate()
  }
  return new IssuerIndex('public', found)
}
