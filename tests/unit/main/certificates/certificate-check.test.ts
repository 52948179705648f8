import { createPrivateKey, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { CertificatePurpose } from '@shared/profile/tls'
import { certificatesIn, checkCertificateFile, isPkcs12, keyIn } from '../../../../src-main/certificates/certificate-check'
import { encryptKey, makeAuthority, toPkcs12, type Identity } from '../../../support/certificates'

const MEGABYTE = 1024 * 1024
const PURPOSES = ['authority', 'certificate', 'key'] as const

let one: Identity
let other: Identity
let pkcs12: Buffer

beforeAll(async () => {
  const authority = await makeAuthority()
  one = authority
  other = await authority.issue({ commonName: 'ada' })
  pkcs12 = toPkcs12(other, 'secret')
})

const text = (...parts: string[]): Buffer => Buffer.from(parts.join('\n'))
const derOf = ({ certificate }: Identity): Buffer => new X509Certificate(certificate).raw
const derKeyOf = ({ key }: Identity): Buffer => createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
const nameOf = (pem: string): string => new X509Certificate(pem).subject
const usableFor = (bytes: Uint8Array): CertificatePurpose[] =>
  PURPOSES.filter((purpose) => {
    try {
      checkCertificateFile(bytes, purpose, 'x')
      return true
    } catch {
      return false
    }
  })

describe('certificates in a file', () => {
  it('are all of a PEM bundle, in order, whatever stands between them', () => {
    const bundle = text('# my authorities', one.certificate, 'and another, as openssl -text writes it:', other.certificate.replaceAll('\n', '\r\n'))
    expect(certificatesIn(bundle).map(nameOf)).toEqual(['CN=Test CA', 'CN=ada'])
  })

  it('are the one of a DER file', () => {
    expect(certificatesIn(derOf(one)).map(nameOf)).toEqual(['CN=Test CA'])
  })

  it('come as texts that OpenSSL reads, without what stood around them', () => {
    for (const pem of certificatesIn(text('secret note', other.key, other.certificate))) {
      expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/)
    }
  })

  it.each<[string, () => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['a word', () => text('hello')],
    ['a key', () => text(one.key)],
    ['a certificate and a broken one', () => text(one.certificate, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')],
    ['a certificate cut off', () => text(one.certificate.slice(0, -30))],
    ['a DER certificate cut off', () => derOf(one).subarray(0, -1)],
    ['PKCS#12', () => pkcs12],
  ])('are none in %s', (_what, bytes) => {
    expect(certificatesIn(bytes())).toEqual([])
  })
})

describe('a file', () => {
  it.each<[string, () => Buffer, CertificatePurpose[]]>([
    ['a PEM certificate', () => text(one.certificate), ['authority', 'certificate']],
    ['a DER certificate', () => derOf(one), ['authority', 'certificate']],
    ['PKCS#12', () => pkcs12, ['certificate']],
    ['a PEM key', () => text(other.key), ['key']],
    ['a key under a passphrase', () => text(encryptKey(other.key, 'secret')), ['key']],
    ['a key as old OpenSSL writes it', () => text(createPrivateKey(other.key).export({ type: 'sec1', format: 'pem' }).toString()), ['key']],
    ['a DER key', () => derKeyOf(other), ['key']],
    ['certificate and key in one', () => text(other.certificate, other.key), [...PURPOSES]],
    ['a public key', () => text(new X509Certificate(one.certificate).publicKey.export({ type: 'spki', format: 'pem' }).toString()), []],
    ['nothing', () => Buffer.alloc(0), []],
    ['junk', () => Buffer.from('MZ\0\x01\x02junk', 'latin1'), []],
  ])('%s is usable for the right purposes', (_what, bytes, purposes) => {
    expect(usableFor(bytes())).toEqual(purposes)
  })

  it.each(PURPOSES)('that is no %s is refused by its name, and nothing that is in it', (purpose) => {
    const canary = 'canary-5ecret'
    const refuse = (): void => checkCertificateFile(text(canary), purpose, 'notes.txt')
    expect(refuse).toThrow(AppError)
    expect(refuse).toThrow(expect.objectContaining({ code: 'certificate-unusable', details: { name: 'notes.txt', purpose } }))
    expect(refuse).not.toThrow(canary)
  })

  it('with a lone label of a key is one as far as can be seen without its passphrase', () => {
    expect(usableFor(text('-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED'))).toEqual(['key'])
  })
})

describe('a key', () => {
  it('in DER comes in PEM, the only form TLS takes', () => {
    expect(Buffer.from(keyIn(derKeyOf(other))).toString()).toBe(other.key)
  })

  it('in any other form stays as it is', () => {
    for (const bytes of [text(other.key), text(encryptKey(other.key, 'x')), text(other.certificate, other.key), text('junk')]) {
      expect(keyIn(bytes)).toBe(bytes)
    }
  })
})

describe('PKCS#12', () => {
  it('is known by its beginning, in each form of length', () => {
    expect(isPkcs12(pkcs12)).toBe(true)
    for (const length of [[0x05], [0x81, 0x90], [0x82, 1, 0], [0x83, 1, 0, 0], [0x80]]) {
      expect(isPkcs12(Uint8Array.of(0x30, ...length, 0x02, 0x01, 0x03, 0x30))).toBe(true)
    }
  })

  it('is not what only looks alike', () => {
    for (const bytes of [derOf(one), derKeyOf(one), text(one.certificate), Buffer.alloc(0), Buffer.of(0x30), Buffer.of(0x30, 0x05, 0x02, 0x01, 0x02)]) {
      expect(isPkcs12(bytes)).toBe(false)
    }
  })
})

describe('a hostile file', () => {
  it.each<[string, () => Buffer]>([
    ['two megabytes of beginnings', () => Buffer.from('-----BEGIN CERTIFICATE-----'.repeat((2 * MEGABYTE) / 27))],
    ['a certificate that does not end', () => Buffer.from(`-----BEGIN CERTIFICATE-----${'A'.repeat(2 * MEGABYTE)}`)],
    ['a key with words without end', () => Buffer.from(`-----BEGIN ${'A '.repeat(MEGABYTE)}`)],
    ['a key with one word without end', () => Buffer.from(`-----BEGIN ${'A'.repeat(2 * MEGABYTE)}`)],
    ['a DER sequence that says it is huge', () => Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01)],
    ['two megabytes of nothing', () => Buffer.alloc(2 * MEGABYTE)],
  ])('is refused, and soon: %s', (_what, bytes) => {
    expect(usableFor(bytes())).toEqual([])
  }, 2_000)

  it('never does more than be refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...PURPOSES), (bytes, purpose) => {
        try {
          checkCertificateFile(bytes, purpose, 'x')
        } catch (error) {
          expect(error).toMatchObject({ code: 'certificate-unusable' })
        }
      }),
    )
  })
})
