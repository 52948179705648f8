import { X509Certificate } from 'node:crypto'
import {
  keyUsageSchema,
  MAX_NAMES_SHOWN,
  MAX_TEXT_LENGTH,
  type AlternativeName,
  type CertificateFacts,
  type KeyUsage,
  type NameAttribute,
} from '@shared/certificates/certificate-report'
import { z } from '@shared/schema'
import { x509 } from './x509-library'

/** Even with post-quantum keys and hundreds of names a certificate is smaller; reading more would take the app's time. */
const MAX_CERTIFICATE_BYTES = 100_000
const MAX_ATTRIBUTES = 50
const MAX_PURPOSES = 50

const PURPOSES: Readonly<Record<string, string>> = {
  [x509.ExtendedKeyUsage.serverAuth]: 'serverAuth',
  [x509.ExtendedKeyUsage.clientAuth]: 'clientAuth',
  [x509.ExtendedKeyUsage.codeSigning]: 'codeSigning',
  [x509.ExtendedKeyUsage.emailProtection]: 'emailProtection',
  [x509.ExtendedKeyUsage.timeStamping]: 'timeStamping',
  [x509.ExtendedKeyUsage.ocspSigning]: 'OCSPSigning',
}

/** A certificate, read: what is shown of it, and what checks need. */
export interface ReadCertificate {
  readonly facts: CertificateFacts
  readonly certificate: X509Certificate
}

/** Reads a certificate in DER; null when it is none, or none that can be read. */
export function readCertificate(der: Uint8Array): ReadCertificate | null {
  if (der.length > MAX_CERTIFICATE_BYTES) return null
  try {
    const certificate = new X509Certificate(der)
    return { facts: factsOf(certificate), certificate }
  } catch {
    return null
  }
}

/** What a certificate says. @throws when it cannot be read */
export function factsOf(certificate: X509Certificate): CertificateFacts {
  const parsed = new x509.X509Certificate(new Uint8Array(certificate.raw))
  const subject = attributesOf(parsed.subjectName)
  const { names, more } = namesOf(parsed)
  const constraints = parsed.getExtension(x509.BasicConstraintsExtension)
  const commonName = subject.find(({ type }) => type === 'CN')?.value
  return {
    title: commonName ?? names[0]?.value ?? subject[0]?.value ?? '',
    subject,
    issuer: attributesOf(parsed.issuerName),
    names,
    moreNames: more,
    validFromMs: timeOf(parsed.notBefore),
    validToMs: timeOf(parsed.notAfter),
    serial: cut(certificate.serialNumber.toUpperCase()),
    key: keyOf(certificate, parsed),
    signatureAlgorithm: cut(signatureAlgorithmOf(parsed)),
    keyUsages: keyUsagesOf(parsed),
    purposes: purposesOf(parsed),
    isAuthority: constraints?.ca === true,
    pathLength: constraints?.pathLength ?? null,
    sha256: certificate.fingerprint256,
    sha1: certificate.fingerprint,
  }
}

function cut(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH - 1)}…`
}

/** @throws RangeError when it is no time. */
function timeOf(date: Date): number {
  const timeMs = date.getTime()
  if (Number.isNaN(timeMs)) throw new RangeError('a certificate with an invalid time')
  return timeMs
}

function attributesOf(name: InstanceType<typeof x509.Name>): NameAttribute[] {
  return name
    .toJSON()
    .flatMap((relative) => Object.entries(relative))
    .flatMap(([type, values]) => values.map((value) => ({ type: cut(type), value: cut(value) })))
    .slice(0, MAX_ATTRIBUTES)
}

const NAME_KINDS: Readonly<Record<string, AlternativeName['kind']>> = { dns: 'dns', ip: 'ip', email: 'email', url: 'uri' }

function namesOf(parsed: InstanceType<typeof x509.X509Certificate>): { names: AlternativeName[]; more: number } {
  const all = parsed.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? []
  const names = all
    .slice(0, MAX_NAMES_SHOWN)
    .map(({ type, value }) => ({ kind: NAME_KINDS[type] ?? ('other' as const), value: cut(value) }))
  return { names, more: all.length - names.length }
}

function keyOf(certificate: X509Certificate, parsed: InstanceType<typeof x509.X509Certificate>): CertificateFacts['key'] {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    const curve = asymmetricKeyDetails?.namedCurve ?? null
    return {
      kind: kindOf(asymmetricKeyType ?? ''),
      bits: asymmetricKeyDetails?.modulusLength ?? null,
      curve: curve === 'prime256v1' ? 'P-256' : curve === 'secp384r1' ? 'P-384' : curve === 'secp521r1' ? 'P-521' : curve,
    }
  } catch {
    // A kind of key that this runtime does not know: its identifier has to do.
    return { kind: cut(algorithmSchema.parse(parsed.publicKey.algorithm).name), bits: null, curve: null }
  }
}

function kindOf(type: string): string {
  if (type === 'rsa') return 'RSA'
  if (type === 'rsa-pss') return 'RSA-PSS'
  if (type === 'ec') return 'EC'
  if (type === 'dsa') return 'DSA'
  return type.replace(/^ed/, 'Ed').replace(/^x/, 'X')
}

/** An algorithm as Web Crypto names it; the X.509 library's types leave that to the DOM's. */
const algorithmSchema = z.object({ name: z.string(), hash: z.object({ name: z.string() }).optional() })

function signatureAlgorithmOf({ signatureAlgorithm }: InstanceType<typeof x509.X509Certificate>): string {
  const { name, hash } = algorithmSchema.parse(signatureAlgorithm)
  const family = name.replace('RSASSA-PKCS1-v1_5', 'RSA')
  return hash === undefined ? family : `${family} with ${hash.name}`
}

function keyUsagesOf(parsed: InstanceType<typeof x509.X509Certificate>): KeyUsage[] {
  const flags = parsed.getExtension(x509.KeyUsagesExtension)?.usages ?? 0
  return keyUsageSchema.options.filter((usage) => (flags & x509.KeyUsageFlags[usage]) !== 0)
}

function purposesOf(parsed: InstanceType<typeof x509.X509Certificate>): string[] {
  const usages = parsed.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? []
  // The library's list is an array of its own kind.
  return Array.from(usages.slice(0, MAX_PURPOSES), (usage) => cut(PURPOSES[String(usage)] ?? String(usage)))
}
