import { execFileSync } from 'node:child_process'
import { createPrivateKey, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as Crypto)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000

/** A certificate with its key, as PEM texts. */
export interface Identity {
  readonly certificate: string
  readonly key: string
}

export interface Authority extends Identity {
  issue(options: IssueOptions): Promise<Identity>
}

export interface IssueOptions {
  /** Empty: a certificate that is known by its alternative names alone (RFC 5280, section 4.1.2.6). */
  commonName: string
  /** DNS names and IP addresses of a server; none for a client. */
  dnsNames?: readonly string[]
  addresses?: readonly string[]
  /** Default: from yesterday to in 30 days. */
  validFromMs?: number
  validToMs?: number
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Makes a certificate authority of its own for a test. */
export async function makeAuthority(commonName = 'Test CA'): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    notBefore: new Date(Date.now() - 30 * DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  return {
    certificate: own.toString('pem'),
    key: await toPem(keys.privateKey),
    async issue({ commonName: subject, dnsNames = [], addresses = [], validFromMs, validToMs }) {
      const issued = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
      const names = [
        ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]
      const certificate = await x509.X509CertificateGenerator.create({
        subject: subject === '' ? '' : `CN=${subject}`,
        issuer: own.subject,
        notBefore: new Date(validFromMs ?? Date.now() - DAY_MS),
        notAfter: new Date(validToMs ?? Date.now() + 30 * DAY_MS),
        signingAlgorithm: ALGORITHM,
        publicKey: issued.publicKey,
        signingKey: keys.privateKey,
        extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
      })
      return { certificate: certificate.toString('pem'), key: await toPem(issued.privateKey) }
    },
  }
}

/** The key under a passphrase, as an encrypted PKCS#8 PEM. */
export function encryptKey(key: string, passphrase: string): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
}

/** Certificate and key in one PKCS#12 file, made by openssl. */
export function toPkcs12(identity: Identity, password: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'pubscope-p12-'))
  try {
    const [certificate, key] = ['c.pem', 'k.pem'].map((name) => join(folder, name))
    writeFileSync(certificate ?? '', identity.certificate)
    writeFileSync(key ?? '', identity.key)
    const args = ['pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', `pass:${password}`]
    return execFileSync('openssl', args.map(String), { stdio: ['ignore', 'pipe', 'ignore'] })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
