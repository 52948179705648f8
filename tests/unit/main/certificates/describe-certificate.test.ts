import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateFactsSchema, type CertificateFacts } from '@shared/certificates/certificate-report'
import { readCertificate } from '../../../../src-main/certificates/describe-certificate'
import { openssl, opensslCertificate, type OpensslCertificate } from '../../../support/openssl'

function factsOf(der: Uint8Array): CertificateFacts {
  const read = readCertificate(der)
  if (read === null) throw new Error('not read')
  return certificateFactsSchema.parse(read.facts)
}

const made = (options: OpensslCertificate) => factsOf(opensslCertificate(options))

describe('a certificate', () => {
  it('reads as openssl reads it', () => {
    const der = opensslCertificate({
      subject: '/C=DE/O=Plant, "One"/OU=a/CN=broker/emailAddress=ada@plant.example',
      extensions: [
        'subjectAltName=DNS:broker.plant.example,DNS:*.plant.example,IP:10.0.0.5,IP:fe80::1,email:ada@plant.example,URI:urn:x:1',
        'keyUsage=critical,digitalSignature,keyEncipherment',
        'extendedKeyUsage=serverAuth,clientAuth,1.2.3.4.5',
      ],
      key: ['-newkey', 'rsa:2048'],
    })
    const said = (option: string) => openssl(['x509', '-inform', 'DER', '-in', '@in', '-noout', option], { in: der }).stdout.trim()
    const facts = factsOf(der)
    const date = (line: string) => Date.parse(line.replace(/^[^=]*=/, ''))
    expect(`serial=${facts.serial}`).toBe(said('-serial'))
    expect(date(said('-startdate'))).toBe(facts.validFromMs)
    expect(date(said('-enddate'))).toBe(facts.validToMs)
    const hex = (fingerprint: string) => fingerprint.split('=').at(-1)
    expect(facts.sha1).toBe(hex(openssl(['x509', '-inform', 'DER', '-in', '@in', '-noout', '-fingerprint', '-sha1'], { in: der }).stdout.trim()))
    expect(facts.sha256).toBe(hex(openssl(['x509', '-inform', 'DER', '-in', '@in', '-noout', '-fingerprint', '-sha256'], { in: der }).stdout.trim()))
    const subject = [
      { type: 'C', value: 'DE' },
      { type: 'O', value: 'Plant, "One"' },
      { type: 'OU', value: 'a' },
      { type: 'CN', value: 'broker' },
      { type: 'E', value: 'ada@plant.example' },
    ]
    expect(facts).toMatchObject({
      title: 'broker',
      subject,
      issuer: subject,
      names: [
        { kind: 'dns', value: 'broker.plant.example' },
        { kind: 'dns', value: '*.plant.example' },
        { kind: 'ip', value: '10.0.0.5' },
        { kind: 'ip', value: 'fe80::1' },
        { kind: 'email', value: 'ada@plant.example' },
        { kind: 'uri', value: 'urn:x:1' },
      ],
      moreNames: 0,
      key: { kind: 'RSA', bits: 2048, curve: null },
      signatureAlgorithm: 'RSA with SHA-256',
      keyUsages: ['digitalSignature', 'keyEncipherment'],
      purposes: ['serverAuth', 'clientAuth', '1.2.3.4.5'],
    })
  })

  it.each([
    ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], { kind: 'EC', curve: 'P-384' }, 'ECDSA with SHA-256'],
    ['Ed25519', ['ed25519'], { kind: 'Ed25519', curve: null }, 'Ed25519'],
    ['RSA-PSS', ['rsa:2048', '-sigopt', 'rsa_padding_mode:pss'], { kind: 'RSA', bits: 2048 }, 'RSA-PSS with SHA-256'],
    ['SHA-1', ['rsa:1024', '-sha1'], { kind: 'RSA', bits: 1024 }, 'RSA with SHA-1'],
  ])('tells its key and signature: %s', (_name, key, expected, signatureAlgorithm) => {
    const facts = made({ key: ['-newkey', ...key] })
    expect(facts.key).toMatchObject(expected)
    expect(facts.signatureAlgorithm).toBe(signatureAlgorithm)
  })

  it.each([
    ['critical,CA:TRUE,pathlen:2', true, 2],
    ['critical,CA:TRUE', true, null],
    ['CA:FALSE', false, null],
  ])('says whether it is an authority: %s', (constraints, isAuthority, pathLength) => {
    // openssl's default says CA:TRUE; the last one counts.
    expect(made({ extensions: [`basicConstraints=${constraints}`] })).toMatchObject({ isAuthority, pathLength })
  })

  it.each([
    ['its first name', { subject: '/O=Plant', extensions: ['subjectAltName=DNS:a.example'] }, 'a.example'],
    ['what its subject has', { subject: '/O=Plant' }, 'Plant'],
    ['nothing', { subject: '/' }, ''],
  ])('without a common name is called by %s', (_name, options, title) => {
    expect(made(options).title).toBe(title)
  })

  it.each(['dirName:named', 'RID:1.2.3'])('takes unusual names too: %s', (name) => {
    expect(made({ extensions: [`subjectAltName=${name}`] }).names).toMatchObject([{ kind: 'other' }])
  })

  it('shows a limited number of names and counts the others', () => {
    const names = Array.from({ length: 300 }, (_, index) => `DNS:host-${index}.example`)
    const facts = made({ extensions: [`subjectAltName=${names.join(',')}`] })
    expect([facts.names.length, facts.moreNames]).toEqual([200, 100])
  })

  it('cuts what no one reads to its end', () => {
    const facts = made({ extensions: [`subjectAltName=URI:urn:${'x'.repeat(5_000)}`] })
    expect(facts.names[0]?.value).toHaveLength(1_000)
    expect(facts.names[0]?.value.endsWith('…')).toBe(true)
  })
})

describe('what is no certificate', () => {
  const good = opensslCertificate({})

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('hello')],
    ['a certificate cut short', good.subarray(0, good.length - 10)],
    ['a deep nest', Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.from([0x30, 0x80])))],
    ['more than any certificate needs', Buffer.concat([Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), Buffer.alloc(2_000_000, 0x30)])],
  ])('is none: %s', (_name, bytes) => {
    expect(readCertificate(bytes)).toBeNull()
  })

  it('is none when some of its bytes are spoilt, or is described all the same; it never throws', () => {
    for (let at = 0; at < good.length; at += 3) {
      const spoilt = Uint8Array.from(good)
      spoilt[at] = (spoilt[at] ?? 0) ^ 0xff
      const read = readCertificate(spoilt)
      if (read !== null) expect(certificateFactsSchema.safeParse(read.facts).success).toBe(true)
    }
    expect(new X509Certificate(good).raw).toEqual(good)
  })
})
