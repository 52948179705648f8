import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PeerCertificate } from '@shared/connection/peer-certificate'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { certificatesIn } from '../../../../src-main/certificates/certificate-check'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { withAuthority } from '../../../../src-main/certificates/trust-certificate'
import { makeAuthority } from '../../../support/certificates'

let folder: string
let store: CertificateStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-trust-'))
  store = new CertificateStore(folder)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function shown(pem: string, subject: string): PeerCertificate {
  return { subject, issuer: subject, names: [], validFromMs: 0, validToMs: 1, fingerprint: 'AA', selfSigned: true, pem }
}

describe('withAuthority', () => {
  it('keeps the one that is trusted, beside those that were', async () => {
    const [first, second] = await Promise.all([makeAuthority('First'), makeAuthority('Second')])
    const one = withAuthority(store, DEFAULT_TLS, shown(first.certificate, 'First'))
    expect(one.name).toBe('First')
    expect(certificatesIn(store.read(one, 'authority'))).toEqual(certificatesIn(Buffer.from(first.certificate)))
    const both = withAuthority(store, { ...DEFAULT_TLS, authority: one }, shown(second.certificate, 'Second'))
    expect(both.name).toBe('First + Second')
    expect(certificatesIn(store.read(both, 'authority'))).toHaveLength(2)
  })

  it("takes a stranger's name for a name: short, and never a path", async () => {
    const { certificate } = await makeAuthority()
    const long = withAuthority(store, DEFAULT_TLS, shown(certificate, '../'.repeat(1_000)))
    expect(long.name.length).toBeLessThanOrEqual(255)
    expect(long.fileId).toMatch(/^[0-9a-f-]{36}$/)
    expect(withAuthority(store, DEFAULT_TLS, shown(certificate, '')).name).toBe('CA')
  })
})
