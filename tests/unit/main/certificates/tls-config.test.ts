import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_TLS, type CertificateFile, type CertificatePurpose, type Tls } from '@shared/profile/tls'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { tlsConfigOf } from '../../../../src-main/certificates/tls-config'
import { tlsOptionsOf } from '../../../../src-main/engine/connection/tls-options'
import type { TlsConfig } from '../../../../src-main/engine/engine-api'
import { encryptKey, makeAuthority, toPkcs12, type Authority, type Identity } from '../../../support/certificates'

const GONE: CertificateFile = { kind: 'copy', fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'lost.pem' }

let home = ''
let store: CertificateStore
let authority: Authority
let client: Identity

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'pubscope-tls-config-'))
  store = new CertificateStore(join(home, 'certificates'))
  authority = await makeAuthority()
  client = await authority.issue({ commonName: 'ada' })
})
afterAll(() => {
  rmSync(home, { recursive: true })
})

function stored(content: string | Uint8Array, purpose: CertificatePurpose): CertificateFile {
  const path = join(home, 'file')
  writeFileSync(path, content)
  return store.import(path, purpose, 'copy')
}

const configOf = (tls: Partial<Tls>, passphrase: string | null = null): TlsConfig => tlsConfigOf({ ...DEFAULT_TLS, ...tls }, passphrase, store)

/** Whether OpenSSL takes it: an error is thrown otherwise. */
function open(config: TlsConfig): void {
  createSecureContext(tlsOptionsOf(config, 'h'))
}

describe('tlsConfigOf', () => {
  it('is what the profile says, with no files when it names none', () => {
    const said = { serverName: 'h', alpnProtocols: ['x'], minimumVersion: '1.3', verifyCertificate: false, verifyHostName: false } as const
    expect(configOf({ ...said, alpnProtocols: ['x'], pins: [{ fingerprint: 'AA', subject: 'x' }] })).toEqual({ ...said, authorities: null, identity: { kind: 'none' }, pinnedFingerprints: ['AA'] })
  })

  it('has every authority of a bundle', () => {
    const bundle = stored(`${authority.certificate}\n${client.certificate}`, 'authority')
    const { authorities } = configOf({ authority: bundle })
    expect(authorities).toHaveLength(2)
    expect(authorities?.[0]?.trim()).toBe(authority.certificate.trim())
  })

  it('a key without a certificate is nobody', () => {
    expect(configOf({ key: stored(client.key, 'key') }, 'secret').identity).toEqual({ kind: 'none' })
  })

  it.each<[string, () => Partial<Tls>, string | null]>([
    ['in two files', () => ({ certificate: stored(client.certificate, 'certificate'), key: stored(client.key, 'key') }), null],
    ['in one file', () => ({ certificate: stored(client.key + client.certificate, 'certificate') }), null],
    ['with the chain', () => ({ certificate: stored(client.certificate + '\n' + authority.certificate, 'certificate'), key: stored(client.key, 'key') }), null],
    ['the key under a passphrase', () => ({ certificate: stored(client.certificate, 'certificate'), key: stored(encryptKey(client.key, 'secret'), 'key') }), 'secret'],
    ['in PKCS#12', () => ({ certificate: stored(toPkcs12(client, 'secret'), 'certificate') }), 'secret'],
    ['in DER', () => ({ certificate: stored(derOf(client.certificate), 'certificate'), key: stored(derKeyOf(client.key), 'key') }), null],
  ])('certificate and key can be used: %s', (_how, files, passphrase) => {
    const config = configOf(files(), passphrase)
    expect(config.identity.kind).not.toBe('none')
    expect(() => open(config)).not.toThrow()
  })

  it('the passphrase goes along', () => {
    const pkcs12 = toPkcs12(client, 'secret')
    const { identity } = configOf({ certificate: stored(pkcs12, 'certificate'), key: stored(client.key, 'key') }, 'secret')
    expect(identity).toEqual({ kind: 'pkcs12', bytes: pkcs12, passphrase: 'secret' })
    const pem = configOf({ certificate: stored(client.certificate, 'certificate'), key: stored(client.key, 'key') }, 'p').identity
    expect(pem).toMatchObject({ kind: 'pem', passphrase: 'p' })
  })

  it.each(['authority', 'certificate', 'key'] as const)('says when the copy of the %s is gone', (purpose) => {
    const files = { certificate: stored(client.certificate, 'certificate'), [purpose]: GONE }
    expect(() => configOf(files)).toThrow(expect.objectContaining({ code: 'certificate-missing', details: { name: 'lost.pem' } }))
  })
})

function derOf(certificate: string): Buffer {
  return Buffer.from(certificate.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
}

function derKeyOf(key: string): Buffer {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })
}
