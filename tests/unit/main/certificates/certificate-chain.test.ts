import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CertificateChain } from '@shared/certificates/certificate-report'
import { chainOf, IssuerIndex } from '../../../../src-main/certificates/certificate-chain'
import { readCertificate, type ReadCertificate } from '../../../../src-main/certificates/describe-certificate'
import { publicAuthorities } from '../../../../src-main/certificates/public-authorities'
import { makeAuthority, type Authority } from '../../../support/certificates'
import { openssl, opensslCertificate } from '../../../support/openssl'

const DAY_MS = 86_400_000
let authority: Authority
let leaf: ReadCertificate
let root: ReadCertificate

function read(pem: string): ReadCertificate {
  const found = readCertificate(new X509Certificate(pem).raw)
  if (found === null) throw new Error('not read')
  return found
}

function chain(start: ReadCertificate, file: readonly ReadCertificate[], made: readonly ReadCertificate[] = [], nowMs = Date.now()): CertificateChain {
  return chainOf(start, [new IssuerIndex('made', made), new IssuerIndex('file', file)], nowMs)
}

const told = ({ steps, end }: CertificateChain) => [...steps.map(({ title, from, problems }) => [title, from, ...problems]), end]

beforeAll(async () => {
  authority = await makeAuthority('Plant CA')
  root = read(authority.certificate)
  leaf = read((await authority.issue({ commonName: 'broker' })).certificate)
})

describe('a chain', () => {
  it('ends in an authority made here', () => {
    expect(told(chain(leaf, [leaf], [root]))).toEqual([['broker', 'file'], ['Plant CA', 'made'], 'made'])
  })

  it('knows an authority made here when the file brings it along', () => {
    expect(told(chain(leaf, [leaf, root], [root]))).toEqual([['broker', 'file'], ['Plant CA', 'made'], 'made'])
  })

  it('ends in one of the file that vouches for itself', () => {
    expect(told(chain(leaf, [root, leaf]))).toEqual([['broker', 'file'], ['Plant CA', 'file'], 'self-signed'])
  })

  it('breaks where the issuer is unknown', () => {
    const found = chain(leaf, [leaf])
    expect(told(found)).toEqual([['broker', 'file'], 'unknown-issuer'])
    expect(found.lastIssuer).toBe('Plant CA')
  })

  it('breaks at a signature that does not fit: another authority of the same name', async () => {
    const namesake = read((await makeAuthority('Plant CA')).certificate)
    expect(told(chain(leaf, [leaf, namesake]))).toEqual([['broker', 'file', 'bad-signature'], ['Plant CA', 'file'], 'self-signed'])
    // With the right one beside it, that is found.
    expect(told(chain(leaf, [namesake, leaf, root]))).toEqual([['broker', 'file'], ['Plant CA', 'file'], 'self-signed'])
  })

  it.each([
    [-91 * DAY_MS, [['broker', 'file', 'not-yet-valid'], ['Plant CA', 'made', 'not-yet-valid'], 'made']],
    [-2 * DAY_MS, [['broker', 'file', 'not-yet-valid'], ['Plant CA', 'made'], 'made']],
    [91 * DAY_MS, [['broker', 'file', 'expired'], ['Plant CA', 'made', 'expired'], 'made']],
  ])('says what is not valid at the time, %d ms from now', (fromNow, expected) => {
    expect(told(chain(leaf, [leaf], [root], Date.now() + fromNow))).toEqual(expected)
  })

  it('says when the issuer is no authority', () => {
    const notCa = opensslSigned(['basicConstraints=CA:FALSE'])
    expect(told(chain(notCa.leaf, [notCa.root]))).toEqual([['leaf', 'file'], ['top', 'file', 'not-an-authority'], 'self-signed'])
    const maySign = opensslSigned(['basicConstraints=CA:TRUE', 'keyUsage=digitalSignature'])
    expect(told(chain(maySign.leaf, [maySign.root]))).toEqual([['leaf', 'file'], ['top', 'file', 'not-an-authority'], 'self-signed'])
  })

  it('counts the authorities below one that limits them', () => {
    const { root: top, between, leaf: end } = opensslSigned(['basicConstraints=critical,CA:TRUE,pathlen:0'])
    expect(told(chain(end, [top]))).toEqual([['leaf', 'file'], ['top', 'file'], 'self-signed'])
    expect(told(chain(between.leaf, [top, between.authority]))).toEqual([
      ['below', 'file'],
      ['between', 'file'],
      ['top', 'file', 'path-too-long'],
      'self-signed',
    ])
  })

  it('ends in a public authority, one that this runtime trusts', () => {
    const index = publicAuthorities()
    const known = read(rootCertificates[0] ?? '')
    expect(index.has(known)).toBe(true)
    expect(chainOf(known, [index], known.facts.validFromMs)).toMatchObject({ end: 'public', steps: [{ problems: [] }] })
  })

  it('does not go in circles', () => {
    const a = crossSigned('a', 'b')
    const b = crossSigned('b', 'a')
    expect(chain(a, [a, b]).steps.length).toBeLessThanOrEqual(10)
  })
})

/** A top of the given kind, made by openssl, a leaf below it, and an authority between with a leaf of its own. */
function opensslSigned(extensions: readonly string[]) {
  const key = openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', '@out']).out
  const top = pemOf(opensslSelf(key, '/CN=top', extensions))
  const sign = (subject: string, issuer: string, ca: boolean) => {
    const request = openssl(['req', '-new', '-key', '@key', '-subj', subject, '-out', '@out'], { key }).out
    const args = ['x509', '-req', '-in', '@request', '-CA', '@ca', '-CAkey', '@key', '-days', '30', '-extfile', '@ext', '-out', '@out']
    return openssl(args, { request, ca: issuer, key, ext: `basicConstraints=CA:${ca ? 'TRUE' : 'FALSE'}` }).out.toString()
  }
  const between = sign('/CN=between', top, true)
  return {
    root: read(top),
    leaf: read(sign('/CN=leaf', top, false)),
    between: { authority: read(between), leaf: read(sign('/CN=below', between, false)) },
  }
}

function opensslSelf(key: Buffer, subject: string, extensions: readonly string[]): Buffer {
  const config = '[req]\ndistinguished_name=none\n[none]\n'
  const args = ['-subj', subject, '-days', '30', ...extensions.flatMap((line) => ['-addext', line])]
  return openssl(['req', '-x509', '-key', '@key', '-config', '@config', '-outform', 'DER', '-out', '@out', ...args], { key, config }).out
}

const pemOf = (der: Buffer) => new X509Certificate(der).toString()

/** A certificate of `subject` that names `issuer`, signed by no one that is there. */
function crossSigned(subject: string, issuer: string): ReadCertificate {
  const der = opensslCertificate({ subject: `/CN=${subject}` })
  // In a self-signed certificate the issuer's name comes first.
  const at = der.indexOf(Buffer.from(`\x0c\x01${subject}`, 'latin1')) + 2
  const changed = Buffer.from(der)
  changed.write(issuer, at, 'latin1')
  const found = readCertificate(changed)
  if (found === null) throw new Error('not read')
  return found
}
