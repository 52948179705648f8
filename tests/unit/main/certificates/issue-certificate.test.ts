import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CertificateOrder, KeyKind } from '@shared/certificates/made-certificate'
import { issueCertificate, type Issued } from '../../../../src-main/certificates/issue-certificate'
import { openssl } from '../../../support/openssl'

const DAY_MS = 86_400_000
const NOW = Date.now()
const issuerId = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const authorityOf = (keyKind: KeyKind, commonName = 'Plant CA'): CertificateOrder => ({ kind: 'authority', commonName, keyKind, days: 100 })
const serverOf = (keyKind: KeyKind, days = 10): CertificateOrder => ({
  kind: 'server',
  commonName: 'broker',
  keyKind,
  days,
  issuerId,
  names: ['broker.example', '*.plant.example', '10.0.0.5', 'fe80::1'],
})
const pem = ({ certificate }: Issued) => new X509Certificate(certificate).toString()
const textOf = (issued: Issued) => openssl(['x509', '-in', '@in', '-noout', '-text', '-nameopt', 'utf8,sep_multiline'], { in: pem(issued) }).stdout

/** The lines that follow a heading of openssl's text. */
const under = (text: string, heading: string) => new RegExp(`${heading}.*\\n\\s*(.*)`).exec(text)?.[1]

describe.each(['ecdsa-p256', 'rsa-2048'] as const)('with keys %s', (keyKind) => {
  it('openssl verifies what the authority signed, for what it is made for', async () => {
    const ca = await issueCertificate(authorityOf(keyKind), null, NOW)
    const server = await issueCertificate(serverOf(keyKind), ca, NOW)
    const client = await issueCertificate({ kind: 'client', commonName: 'ada', keyKind, days: 10, issuerId }, ca, NOW)
    const verify = (issued: Issued, purpose: string) =>
      openssl(['verify', '-x509_strict', '-purpose', purpose, '-CAfile', '@ca', '@in'], { ca: pem(ca), in: pem(issued) }).stdout
    expect(verify(server, 'sslserver')).toContain('OK')
    expect(verify(client, 'sslclient')).toContain('OK')
    expect(() => verify(client, 'sslserver')).toThrow(/unsuitable|purpose/)
    expect(() => verify(server, 'sslclient')).toThrow(/unsuitable|purpose/)
    expect(() => openssl(['verify', '-CAfile', '@ca', '@in'], { ca: pem(server), in: pem(client) })).toThrow()
  })

  it('has the extensions openssl would give it', async () => {
    const ca = await issueCertificate(authorityOf(keyKind), null, NOW)
    const caText = textOf(ca)
    expect(under(caText, 'Basic Constraints: critical')).toBe('CA:TRUE, pathlen:0')
    expect(under(caText, 'Key Usage: critical')).toBe('Certificate Sign, CRL Sign')
    const text = textOf(await issueCertificate(serverOf(keyKind), ca, NOW))
    expect(under(text, 'Basic Constraints: critical')).toBe('CA:FALSE')
    expect(under(text, 'Key Usage: critical')).toBe(keyKind === 'rsa-2048' ? 'Digital Signature, Key Encipherment' : 'Digital Signature')
    expect(under(text, 'Extended Key Usage')).toBe('TLS Web Server Authentication')
    expect(under(text, 'Subject Alternative Name')).toBe(
      'DNS:broker.example, DNS:*.plant.example, IP Address:10.0.0.5, IP Address:FE80:0:0:0:0:0:0:1',
    )
    expect(under(text, 'Authority Key Identifier')).toBe(under(caText, 'Subject Key Identifier'))
    expect(text).toContain(keyKind === 'rsa-2048' ? 'Public-Key: (2048 bit)' : 'NIST CURVE: P-256')
  })
})

it('an authority with one kind of key signs for the other', async () => {
  const ca = await issueCertificate(authorityOf('rsa-2048'), null, NOW)
  const server = await issueCertificate(serverOf('ecdsa-p256'), ca, NOW)
  expect(openssl(['verify', '-x509_strict', '-CAfile', '@ca', '@in'], { ca: pem(ca), in: pem(server) }).stdout).toContain('OK')
})

it('a name is a name, whatever it holds', async () => {
  for (const name of ['Plänt, CA=x + O=y', '# "quoted" \\ <b>', '日本']) {
    const ca = await issueCertificate(authorityOf('ecdsa-p256', name), null, NOW)
    const subject = openssl(['x509', '-in', '@in', '-noout', '-subject', '-nameopt', 'utf8,sep_multiline'], { in: pem(ca) }).stdout
    // A # at its beginning means bytes, and would be quoted by openssl as all else is.
    expect(subject.trim()).toBe(`subject=\n    CN=${name}`.trim())
  }
})

it('ends with its authority at the latest', async () => {
  const ca = await issueCertificate(authorityOf('ecdsa-p256'), null, NOW)
  const { validTo } = new X509Certificate(ca.certificate)
  expect(Math.abs(Date.parse(validTo) - (NOW + 100 * DAY_MS))).toBeLessThan(1_000)
  expect(new X509Certificate((await issueCertificate(serverOf('ecdsa-p256', 200), ca, NOW)).certificate).validTo).toBe(validTo)
  expect(new X509Certificate((await issueCertificate(serverOf('ecdsa-p256', 99), ca, NOW)).certificate).validTo).not.toBe(validTo)
})

it('each has a positive serial number of its own', async () => {
  const ca = await issueCertificate(authorityOf('ecdsa-p256'), null, NOW)
  const serials = new Set<string>()
  for (let round = 0; round < 20; round += 1) {
    serials.add(new X509Certificate((await issueCertificate(serverOf('ecdsa-p256'), ca, NOW)).certificate).serialNumber)
  }
  expect(serials.size).toBe(20)
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/)
})
