import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CertificateFile, CertificateFileKind } from '@shared/profile/tls'
import { CertificateDates } from '../../../../src-main/certificates/certificate-dates'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { makeAuthority, toPkcs12, type Authority, type Identity } from '../../../support/certificates'

/** Certificates count in seconds. */
const VALID_FROM_MS = Date.UTC(2026, 0, 1)
const VALID_TO_MS = Date.UTC(2027, 0, 1)

let authority: Authority
let client: Identity
let home = ''
let store: CertificateStore
let dates: CertificateDates

beforeAll(async () => {
  authority = await makeAuthority('Plant CA')
  client = await authority.issue({ commonName: 'ada', validFromMs: VALID_FROM_MS, validToMs: VALID_TO_MS })
})
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pubscope-dates-'))
  store = new CertificateStore(join(home, 'kept'))
  dates = new CertificateDates(store)
})
afterEach(() => {
  rmSync(home, { recursive: true })
})

const DATED = { subject: 'ada', validFromMs: VALID_FROM_MS, validToMs: VALID_TO_MS }

function taken(content: string | Uint8Array, kind: CertificateFileKind = 'copy'): CertificateFile {
  const path = join(home, 'file.pem')
  writeFileSync(path, content)
  return store.import(path, 'certificate', kind)
}

describe('CertificateDates', () => {
  it('knows those of a PEM file, each of a bundle', () => {
    expect(dates.of(taken(client.certificate), 'client')).toEqual([DATED])
    const bundle = taken(`${authority.certificate}\n${client.certificate}`)
    expect(dates.of(bundle, 'authority').map(({ subject }) => subject)).toEqual(['Plant CA', 'ada'])
  })

  it('reads a file again only when it has changed', async () => {
    const read = vi.spyOn(store, 'read')
    const file = taken(client.certificate, 'reference')
    dates.of(file, 'client')
    dates.of(file, 'client')
    expect(read).toHaveBeenCalledTimes(1)
    const renewed = await authority.issue({ commonName: 'ada the second' })
    writeFileSync(join(home, 'file.pem'), `${renewed.certificate}\n`)
    expect(dates.of(file, 'client')).toMatchObject([{ subject: 'ada the second' }])
  })

  it('has nothing to say of what cannot be read', () => {
    const [copy, reference] = [taken(client.certificate), taken(client.certificate, 'reference')]
    rmSync(join(home, 'file.pem'))
    rmSync(join(home, 'kept'), { recursive: true })
    expect(dates.of(copy, 'client')).toEqual([])
    expect(dates.of(reference, 'client')).toEqual([])
  })

  it('learns those of PKCS#12 when the passphrase is at hand, and no sooner', () => {
    const bytes = toPkcs12(client, 'secret')
    const file = taken(bytes)
    expect(dates.of(file, 'client')).toEqual([])
    dates.learn(file, bytes, null)
    dates.learn(file, bytes, 'wrong')
    expect(dates.of(file, 'client')).toEqual([])
    dates.learn(file, bytes, 'secret')
    expect(dates.of(file, 'client')).toEqual([DATED])
  })

  it('takes a certificate whose name is empty', async () => {
    const nameless = await authority.issue({ commonName: '', dnsNames: ['h'] })
    expect(dates.of(taken(nameless.certificate), 'client')).toMatchObject([{ subject: '' }])
  })
})
