import { execFileSync } from 'node:child_process'
import { createPrivateKey, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as Crypto)

const ALGORITHMS = {
  'ECDSA P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'RSA 2048': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: Uint8Array.of(1, 0, 1), modulusLength: 2048 },
  Ed25519: { name: 'Ed25519' },
} as const
const ALGORITHM = ALGORITHMS['ECDSA P-256']

async function newKeys(kind: KeyKind): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHMS[kind], true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
}

const DAY_MS = 86_400_000

export type KeyKind = keyof typeof ALGORITHMS

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
  /** Default: from yesterday to in 90 days. */
  validFromMs?: number
  validToMs?: number
  /** The kind of the key; ECDSA P-256 unless told otherwise. */
  key?: KeyKind
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Makes a certificate authority of its own for a test. */
export async function makeAuthority(commonName = 'Test CA'): Promise<Authority> {
  const keys = await newKeys('ECDSA P-256')
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    notBefore: new Date(Date.now() - 30 * DAY_MS),
    notAfter: new Date(Date.now() + 90 * DAY_MS),
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
    issue: async (options) => {
      const issued = await newKeys(options.key ?? 'ECDSA P-256')
      return sign(options, issued, { name: own.subject, key: keys.privateKey })
    },
  }
}

/** A certificate that nobody but itself vouches for, as devices make them. */
export async function selfSign(options: IssueOptions): Promise<Identity> {
  const keys = await newKeys('ECDSA P-256')
  return sign(options, keys, { name: subjectOf(options), key: keys.privateKey })
}

async function sign(
  options: IssueOptions,
  keys: webcrypto.CryptoKeyPair,
  issuer: { readonly name: string; readonly key: webcrypto.CryptoKey },
): Promise<Identity> {
  const { dnsNames = [], addresses = [], validFromMs, validToMs } = options
  const names = [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ]
  const certificate = await x509.X509CertificateGenerator.create({
    subject: subjectOf(options),
    issuer: issuer.name,
    notBefore: new Date(validFromMs ?? Date.now() - DAY_MS),
    notAfter: new Date(validToMs ?? Date.now() + 90 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
  })
  return { certificate: certificate.toString('pem'), key: await toPem(keys.privateKey) }
}

function subjectOf({ commonName }: IssueOptions): string {
  return commonName === '' ? '' : `CN=${commonName}`
}

/** The key under a passphrase, as an encrypted PKCS#8 PEM. */
export function encryptKey(key: string, passphrase: string): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
}

/** Options of `openssl pkcs12` for what protects a file. */
const PKCS12_PROTECTIONS = {
  /** AES-256 and SHA-256. */
  modern: [],
  /** RC2 and 3DES, as before OpenSSL 3 and as Windows and Java still write it. */
  legacy: ['-legacy'],
  /** What hardly anybody reads. */
  odd: ['-keypbe', 'camellia-256-cbc', '-certpbe', 'camellia-256-cbc'],
} as const

/** Certificate and key in one PKCS#12 file, made by openssl. */
export function toPkcs12(identity: Identity, password: string, protection: keyof typeof PKCS12_PROTECTIONS = 'modern'): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'pubscope-p12-'))
  try {
    const [certificate, key] = ['c.pem', 'k.pem'].map((name) => join(folder, name))
    writeFileSync(certificate ?? '', identity.certificate)
    writeFileSync(key ?? '', identity.key)
    const args = ['pkcs12', '-export', ...PKCS12_PROTECTIONS[protection], '-in', certificate, '-inkey', key, '-passout', `pass:${password}`]
    return execFileSync('openssl', args.map(String), { stdio: ['ignore', 'pipe', 'ignore'] })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
