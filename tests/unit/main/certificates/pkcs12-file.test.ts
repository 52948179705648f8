import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import * as asn1js from 'asn1js'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CertificateOrder, KeyKind } from '@shared/certificates/made-certificate'
import { AppError } from '@shared/ipc/app-error'
import { isPkcs12 } from '../../../../src-main/certificates/certificate-check'
import { issueCertificate, type Issued } from '../../../../src-main/certificates/issue-certificate'
import { certificatesOfPkcs12, writePkcs12 } from '../../../../src-main/certificates/pkcs12-file'
import { pkijs } from '../../../../src-main/certificates/x509-library'
import { openssl } from '../../../support/openssl'

const PASSWORD = 'pässwörd € 日'
const NAME = 'broker.p12'

const issue = (keyKind: KeyKind) => {
  const order: CertificateOrder = { kind: 'authority', commonName: 'Plant CA', keyKind, days: 10 }
  return issueCertificate(order, null, Date.now())
}
const pem = ({ certificate }: Issued) => new X509Certificate(certificate).toString()

let own: Issued
let other: Issued
beforeAll(async () => {
  own = await issue('ecdsa-p256')
  other = await issue('ecdsa-p256')
})

/** A PKCS#12 file as openssl makes it. */
function fromOpenssl(...options: string[]): Buffer {
  const args = ['pkcs12', '-export', '-in', '@cert', '-inkey', '@key', '-passout', `pass:${PASSWORD}`, '-out', '@out']
  return openssl([...args, ...options], { cert: pem(own), key: own.key }).out
}

describe.each(['ecdsa-p256', 'rsa-2048'] as const)('a PKCS#12 file of ours, %s', (keyKind) => {
  it('opens with openssl and in Node’s TLS, key and certificates', async () => {
    const issued = await issue(keyKind)
    const bytes = await writePkcs12({ certificates: [issued.certificate, other.certificate], key: issued.key, name: 'Plänt' }, PASSWORD)
    expect(isPkcs12(bytes)).toBe(true)
    const { stdout } = openssl(['pkcs12', '-in', '@in', '-passin', `pass:${PASSWORD}`, '-nodes'], { in: bytes })
    expect(stdout).toContain(issued.key.trim())
    expect(stdout).toContain(pem(issued).trim())
    expect(stdout).toContain(pem(other).trim())
    expect(() => openssl(['pkcs12', '-in', '@in', '-passin', 'pass:wrong', '-nodes'], { in: bytes })).toThrow(/password/)
    expect(() => createSecureContext({ pfx: Buffer.from(bytes), passphrase: PASSWORD })).not.toThrow()
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('PRIVATE KEY')
    expect(await certificatesOfPkcs12(bytes, PASSWORD, NAME)).toEqual([issued.certificate, other.certificate])
  })
})

describe('the certificates of a PKCS#12 file', () => {
  it.each([
    [10, 10],
    [11, 'file-protection-unknown'],
  ])('of %i contents, as each may want seconds: %s', async (count, expected) => {
    const certValue = new asn1js.OctetString({ valueHex: own.certificate })
    const bagValue = new pkijs.CertBag({ certId: '1.2.840.113549.1.9.22.1', certValue })
    const bag = new pkijs.SafeContents({ safeBags: [new pkijs.SafeBag({ bagId: '1.2.840.113549.1.12.10.1.3', bagValue })] }).toSchema().toBER()
    const contents = Array.from({ length: count }, () => new pkijs.ContentInfo({ contentType: '1.2.840.113549.1.7.1', content: new asn1js.OctetString({ valueHex: bag }) }))
    const authenticatedSafe = new pkijs.AuthenticatedSafe({ safeContents: contents })
    const file = new pkijs.PFX({
      authSafe: new pkijs.ContentInfo({
        contentType: '1.2.840.113549.1.7.1',
        content: new asn1js.OctetString({ valueHex: authenticatedSafe.toSchema().toBER() }),
      }),
    })
    const opened = certificatesOfPkcs12(new Uint8Array(file.toSchema().toBER()), PASSWORD, NAME)
    const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error)
    expect(await opened.then((found) => found.length, codeOf)).toBe(expected)
  })

  it.each([
    ['as OpenSSL 3 makes it', []],
    ['with AES-128', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC']],
    ['with its integrity protected by SHA-512', ['-macalg', 'sha512']],
  ])('are read with its password: %s', async (_name, options) => {
    const bytes = fromOpenssl(...options)
    expect(await certificatesOfPkcs12(bytes, PASSWORD, NAME)).toEqual([own.certificate])
    await expect(certificatesOfPkcs12(bytes, 'wrong', NAME)).rejects.toMatchObject({ code: 'wrong-file-password', details: { name: NAME } })
  })

  it('are read without one when they are not encrypted', async () => {
    expect(await certificatesOfPkcs12(fromOpenssl('-certpbe', 'NONE'), '', NAME)).toEqual([own.certificate])
  })

  it('in an old protection are refused with the reason', async () => {
    const old = fromOpenssl('-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1')
    await expect(certificatesOfPkcs12(old, PASSWORD, NAME)).rejects.toMatchObject({ code: 'file-protection-unknown' })
  })

  it('are refused when opening them would take for ever', async () => {
    const bytes = await writePkcs12({ certificates: [own.certificate], key: own.key, name: 'x' }, PASSWORD)
    // 100,000 rounds become 8,388,607, wherever the number stands.
    const usual = Buffer.from([0x02, 0x03, 0x01, 0x86, 0xa0])
    const greedy = Buffer.from(bytes)
    const greed = Buffer.from([0x02, 0x03, 0x7f, 0xff, 0xff])
    for (let at = greedy.indexOf(usual); at >= 0; at = greedy.indexOf(usual, at + 1)) greed.copy(greedy, at)
    await expect(certificatesOfPkcs12(greedy, PASSWORD, NAME)).rejects.toMatchObject({ code: 'file-protection-unknown' })
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 200)],
    ['nothing but its beginning', () => Buffer.from([0x30, 0x03, 0x02, 0x01, 0x03])],
    ['a deep nest', () => Buffer.concat([Buffer.from([0x30, 0x80, 0x02, 0x01, 0x03]), ...Array.from({ length: 5_000 }, () => Buffer.from([0x30, 0x80]))])],
  ])('in a damaged file are refused: %s', async (_name, damage) => {
    await expect(certificatesOfPkcs12(damage(fromOpenssl()), PASSWORD, NAME)).rejects.toMatchObject({ code: 'file-protection-unknown' })
  })

  it('in any spoilt file are read or refused in words', async () => {
    const good = fromOpenssl('-certpbe', 'NONE')
    for (let at = 0; at < good.length; at += 23) {
      const spoilt = Buffer.from(good)
      spoilt[at] = (spoilt[at] ?? 0) ^ 0xff
      const outcome = await certificatesOfPkcs12(spoilt, PASSWORD, NAME).then(
        () => 'read',
        (error: unknown) => (error instanceof AppError ? error.code : error),
      )
      expect(['read', 'wrong-file-password', 'file-protection-unknown']).toContain(outcome)
    }
  })
})
