import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CertificateOrder } from '@shared/certificates/made-certificate'
import { KeyFolder, type Keyring } from '../../../../src-main/certificates/key-folder'
import {
  INITIAL_MADE_CERTIFICATES,
  MadeCertificates,
  madeCertificatesDocumentSchema,
  type MadeCertificatesDocument,
} from '../../../../src-main/certificates/made-certificates'

const CA: CertificateOrder = { kind: 'authority', commonName: 'Plant CA', keyKind: 'ecdsa-p256', days: 100 }
const noKeyring: Keyring = {
  canEncrypt: () => Promise.resolve(false),
  encrypt: () => Promise.reject(new Error('none')),
  decrypt: () => Promise.reject(new Error('none')),
}
/** Turns texts around, which is enough not to be found. */
const keyring: Keyring = {
  canEncrypt: () => Promise.resolve(true),
  encrypt: (secret) => Promise.resolve(Buffer.from(secret).reverse().toString('base64')),
  decrypt: (text) => Promise.resolve(Buffer.from(text, 'base64').reverse().toString()),
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-made-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

class Storage {
  document: MadeCertificatesDocument = INITIAL_MADE_CERTIFICATES
  failing = false
  write(document: MadeCertificatesDocument): void {
    if (this.failing) throw new Error('disk full')
    this.document = madeCertificatesDocumentSchema.parse(document)
  }
}

function setUp(with_: Keyring = noKeyring, storage = new Storage()) {
  const keyFolder = join(folder, 'keys')
  return { made: new MadeCertificates(storage, new KeyFolder(keyFolder, with_)), storage, keyFolder }
}

const serverOf = (issuerId: string): CertificateOrder => ({
  kind: 'server',
  commonName: 'broker',
  keyKind: 'ecdsa-p256',
  days: 10,
  issuerId,
  names: ['broker.example', '127.0.0.1'],
})

describe('certificates made here', () => {
  it('are kept with their keys beside, and are there again after a restart', async () => {
    const { made, storage } = setUp()
    const { id } = await made.make(CA)
    const server = await made.make(serverOf(id))
    const again = setUp(noKeyring, storage).made
    expect(await again.list()).toEqual(await made.list())
    expect(await again.list()).toMatchObject([
      { kind: 'authority', issuerId: null, keyStorage: 'plain' },
      { kind: 'server', issuerId: id },
    ])
    const [own, issuer] = again.withIssuer(server.id).map((der) => new X509Certificate(der))
    expect(own?.verify(issuer?.publicKey ?? createPrivateKey(''))).toBe(true)
    expect(own?.checkPrivateKey(createPrivateKey(await again.keyOf(server.id)))).toBe(true)
  })

  it('keep keys for the user alone, and out of the list', async () => {
    const { made, storage, keyFolder } = setUp()
    await made.make(CA)
    expect(statSync(keyFolder).mode & 0o777).toBe(0o700)
    const [key = ''] = readdirSync(keyFolder)
    expect(statSync(join(keyFolder, key)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(keyFolder, key), 'utf8')).toContain('PRIVATE KEY')
    expect(JSON.stringify(storage.document)).not.toContain('PRIVATE KEY')
    expect(JSON.stringify(await made.list())).not.toContain('PRIVATE KEY')
  })

  it('keep keys encrypted where the system can', async () => {
    const { made, keyFolder } = setUp(keyring)
    const { id, keyStorage } = await made.make(CA)
    expect(keyStorage).toBe('encrypted')
    expect(readFileSync(join(keyFolder, `${id}.key`), 'utf8')).not.toContain('PRIVATE KEY')
    expect(await made.keyOf(id)).toContain('PRIVATE KEY')
  })

  it('are deleted with their keys', async () => {
    const { made, keyFolder } = setUp()
    const { id } = await made.make(CA)
    made.delete(id)
    expect(await made.list()).toEqual([])
    expect(readdirSync(keyFolder)).toEqual([])
    expect(() => made.get(id)).toThrow(expect.objectContaining({ code: 'certificate-not-found' }))
    expect(() => made.delete(id)).toThrow(expect.objectContaining({ code: 'certificate-not-found' }))
  })

  it('leave no key behind when they cannot be kept', async () => {
    const { made, storage, keyFolder } = setUp()
    storage.failing = true
    await expect(made.make(CA)).rejects.toThrow('disk full')
    expect(readdirSync(keyFolder)).toEqual([])
  })

  it('are signed by authorities only, that are there and have their key', async () => {
    const { made, keyFolder } = setUp()
    const { id } = await made.make(CA)
    const server = await made.make(serverOf(id))
    await expect(made.make(serverOf(server.id))).rejects.toMatchObject({ code: 'certificate-not-found' })
    rmSync(join(keyFolder, `${id}.key`))
    await expect(made.make(serverOf(id))).rejects.toMatchObject({ code: 'private-key-unavailable' })
    made.delete(id)
    await expect(made.make(serverOf(id))).rejects.toMatchObject({ code: 'certificate-not-found' })
    expect(made.withIssuer(server.id)).toHaveLength(1)
  })

  it('are limited in number', async () => {
    const { made, storage } = setUp()
    const { id } = await made.make(CA)
    const [record] = storage.document.certificates
    if (record === undefined) throw new Error('not kept')
    storage.document = { ...storage.document, certificates: Array.from({ length: 200 }, () => ({ ...record })) }
    await expect(made.make(serverOf(id))).rejects.toMatchObject({ code: 'too-many' })
  })

  it('survive an entry that was spoilt by hand', async () => {
    const { made, storage } = setUp()
    await made.make(CA)
    await made.make({ ...CA, commonName: 'Other CA' })
    const [first, second] = storage.document.certificates
    if (first === undefined || second === undefined) throw new Error('not kept')
    storage.document = { ...storage.document, certificates: [{ ...first, certificate: 'AAAA' }, second] }
    const again = setUp(noKeyring, storage).made
    expect((await again.list()).map(({ facts }) => facts.title)).toEqual(['Other CA'])
    expect(again.certificates()).toHaveLength(1)
  })

  it('do not overwrite a key that is there', async () => {
    const { keyFolder } = setUp()
    const keys = new KeyFolder(keyFolder, noKeyring)
    await keys.keep('a', 'first')
    await expect(keys.keep('a', 'second')).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await keys.read('a', 'plain')).toBe('first')
    writeFileSync(join(keyFolder, 'b.key'), 'x')
    keys.remove('b')
    expect(existsSync(join(keyFolder, 'b.key'))).toBe(false)
  })
})
