import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import { isAddress, type CertificateOrder, type KeyKind } from '@shared/certificates/made-certificate'
import { x509 } from './x509-library'

const DAY_MS = 86_400_000
/** The clock of a broker may be a little behind. */
const CLOCK_SKEW_MS = 3_600_000

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
}
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A certificate in DER and its private key, as PKCS#8 in PEM. */
export interface Issued {
  readonly certificate: Uint8Array
  readonly key: string
}

/**
 * Makes a key pair and a certificate for it: an authority signs itself, the others are signed by `issuer`, and end with it
 * at the latest. Keys are made in Node's thread pool.
 */
export async function issueCertificate(order: CertificateOrder, issuer: Issued | null, nowMs: number): Promise<Issued> {
  const keys = await generateKeys(order.keyKind)
  const parent = issuer === null ? null : new x509.X509Certificate(new Uint8Array(issuer.certificate))
  const subject = new x509.Name([{ CN: [{ utf8String: order.commonName }] }])
  const endsMs = nowMs + order.days * DAY_MS
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: parent?.subjectName ?? subject,
    notBefore: new Date(nowMs - CLOCK_SKEW_MS),
    notAfter: new Date(parent === null ? endsMs : Math.min(endsMs, parent.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey: issuer === null ? keys.privateKey : await signingKeyOf(issuer.key),
    extensions: [
      ...extensionsFor(order),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(parent?.publicKey ?? keys.publicKey),
    ],
  })
  return { certificate: new Uint8Array(certificate.rawData), key: await pemOf(keys.privateKey) }
}

function generateKeys(kind: KeyKind): Promise<webcrypto.CryptoKeyPair> {
  switch (kind) {
    case 'rsa-2048':
      return webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
    case 'ecdsa-p256':
      return webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  }
}

function signingKeyOf(pem: string): Promise<webcrypto.CryptoKey> {
  const key = createPrivateKey(pem)
  const der = key.export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', der, key.asymmetricKeyType === 'rsa' ? RSA : ECDSA, false, ['sign'])
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** 127 random bits, a positive number (RFC 5280, section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

/** What each kind may be used for (RFC 5280, sections 4.2.1.3, 4.2.1.6, 4.2.1.9 and 4.2.1.12). */
function extensionsFor(order: CertificateOrder): InstanceType<typeof x509.Extension>[] {
  const { keyCertSign, cRLSign, digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  const inHandshakes = order.keyKind === 'rsa-2048' ? digitalSignature | keyEncipherment : digitalSignature
  const leaf = [new x509.BasicConstraintsExtension(false, undefined, true), new x509.KeyUsagesExtension(inHandshakes, true)]
  switch (order.kind) {
    case 'authority':
      return [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      ]
    case 'server':
      return [
        ...leaf,
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          order.names.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
      ]
    case 'client':
      return [...leaf, new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]
  }
}
