import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { certificateFileSchema, type CertificateFile, type CertificatePurpose } from '@shared/profile/tls'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { makeAuthority, type Identity } from '../../../support/certificates'

const CANARY = 'canary-5ecret'
const GONE: CertificateFile = { kind: 'copy', fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'ca.pem' }
const MAX_FILE_BYTES = 2 * 1024 * 1024

let identity: Identity
let home = ''
let folder = ''
let store: CertificateStore

beforeAll(async () => {
  identity = await makeAuthority()
})
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pubscope-certificates-'))
  folder = join(home, 'data', 'certificates')
  store = new CertificateStore(folder)
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

/** A file of the user's; its path. */
function fileOf(name: string, content: string | Uint8Array): string {
  writeFileSync(join(home, name), content, { mode: 0o644 })
  return join(home, name)
}

const refusal = (name: string, purpose: CertificatePurpose, more = {}) =>
  expect.objectContaining({ code: 'certificate-unusable', details: { name, purpose, ...more } }) as Error

describe('a file the user chose', () => {
  it('is copied as it is: the original may change or go', () => {
    const path = fileOf('my ca.pem', identity.certificate)
    const file = store.import(path, 'authority', 'copy')
    rmSync(path)
    expect(file).toEqual({ kind: 'copy', fileId: file.fileId, name: 'my ca.pem' })
    expect(certificateFileSchema.safeParse(file).success).toBe(true)
    expect(Buffer.from(store.read(file, 'authority')).toString()).toBe(identity.certificate)
    expect(Buffer.from(new CertificateStore(folder).read(file, 'authority')).toString()).toBe(identity.certificate)
  })

  it('gets a copy of its own each time', () => {
    const path = fileOf('key.pem', identity.key)
    const files = [store.import(path, 'key', 'copy'), store.import(path, 'key', 'copy')]
    expect(readdirSync(folder).sort()).toEqual(files.map(({ fileId }) => fileId).sort())
    expect(new Set(files.map(({ fileId }) => fileId)).size).toBe(2)
  })

  it.skipIf(process.platform === 'win32')('can be read by the user alone: it may be a key', () => {
    const { fileId } = store.import(fileOf('key.pem', identity.key), 'key', 'copy')
    expect((statSync(join(folder, fileId)).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700')
  })

  it('may be reached by a link', () => {
    const link = join(home, 'link.pem')
    symlinkSync(fileOf('ca.pem', identity.certificate), link)
    expect(Buffer.from(store.read(store.import(link, 'authority', 'copy'), 'authority')).toString()).toBe(identity.certificate)
  })
})

describe('a file that is refused', () => {
  it('because it is something else leaves nothing behind', () => {
    const path = fileOf('notes.txt', CANARY)
    expect(() => store.import(path, 'authority', 'copy')).toThrow(refusal('notes.txt', 'authority'))
    expect(() => store.import(path, 'authority', 'copy')).not.toThrow(CANARY)
    expect(() => store.import(fileOf('ca.pem', identity.certificate), 'key', 'copy')).toThrow(refusal('ca.pem', 'key'))
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })

  it('because it is not there says why', () => {
    expect(() => store.import(join(home, 'none.pem'), 'key', 'copy')).toThrow(refusal('none.pem', 'key', { reason: 'ENOENT' }))
  })

  it('because it is too large is not read', () => {
    const padded = (bytes: number): string => identity.certificate.padEnd(bytes, '\n')
    store.import(fileOf('fits.pem', padded(MAX_FILE_BYTES)), 'authority', 'copy')
    expect(() => store.import(fileOf('large.pem', padded(MAX_FILE_BYTES + 1)), 'authority', 'copy')).toThrow(refusal('large.pem', 'authority'))
  })

  it('because it is a folder', () => {
    mkdirSync(join(home, 'folder'))
    expect(() => store.import(join(home, 'folder'), 'authority', 'copy')).toThrow(refusal('folder', 'authority'))
  })

  it.skipIf(process.platform === 'win32')('because it is a device, which never ends', () => {
    expect(() => store.import('/dev/zero', 'authority', 'copy')).toThrow(refusal('zero', 'authority'))
  })

  it('because there is no place for the copy is told as such', () => {
    writeFileSync(join(home, 'data'), 'a file where the folder should be')
    const path = fileOf('key.pem', identity.key)
    const failed = expect.objectContaining({ code: 'storage-failed', details: { file: 'key.pem', reason: 'ENOTDIR' } }) as Error
    expect(() => store.import(path, 'key', 'copy')).toThrow(failed)
    expect(() => store.import(path, 'key', 'copy')).not.toThrow('PRIVATE KEY')
  })
})

describe('a file that stays where it is', () => {
  it('is read anew each time: it may be replaced', () => {
    const path = fileOf('ca.pem', identity.certificate)
    const file = store.import(path, 'authority', 'reference')
    expect(file).toEqual({ kind: 'reference', fileId: file.fileId, name: 'ca.pem', folder: home })
    expect(certificateFileSchema.safeParse(file).success).toBe(true)
    fileOf('ca.pem', `renewed ${identity.certificate}`)
    expect(Buffer.from(new CertificateStore(folder).read(file, 'authority')).toString()).toContain('renewed')
  })

  it('leaves no copy', () => {
    store.import(fileOf('key.pem', identity.key), 'key', 'reference')
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(kept).toEqual([join(home, 'key.pem')])
  })

  it('is what the user chose: neither its name nor its folder leads elsewhere', () => {
    const file = store.import(fileOf('ca.pem', identity.certificate), 'authority', 'reference')
    const other = fileOf('other.pem', identity.certificate.replace('-----BEGIN', 'other\n-----BEGIN'))
    const lying = { ...file, kind: 'reference' as const, name: 'other.pem', folder: dirname(other) }
    expect(Buffer.from(store.read(lying, 'authority')).toString()).toBe(identity.certificate)
    const unknown = { ...lying, fileId: GONE.fileId }
    expect(() => store.read(unknown, 'authority')).toThrow(expect.objectContaining({ code: 'certificate-missing' }))
  })

  it('that cannot be used any more says why', () => {
    const path = fileOf('key.pem', identity.key)
    const file = store.import(path, 'key', 'reference')
    fileOf('key.pem', CANARY)
    expect(() => store.read(file, 'key')).toThrow(refusal('key.pem', 'key'))
    fileOf('key.pem', identity.key.padEnd(MAX_FILE_BYTES + 1, '\n'))
    expect(() => store.read(file, 'key')).toThrow(refusal('key.pem', 'key'))
    rmSync(path)
    expect(() => store.read(file, 'key')).toThrow(refusal('key.pem', 'key', { reason: 'ENOENT' }))
    mkdirSync(path)
    expect(() => store.read(file, 'key')).toThrow(refusal('key.pem', 'key'))
  })
})

describe('a copy that is gone', () => {
  it('is told by the name the user knows', () => {
    expect(() => store.read(GONE, 'authority')).toThrow(expect.objectContaining({ code: 'certificate-missing', details: { name: 'ca.pem' } }))
  })
})

describe('keepOnly', () => {
  const take = (): string => store.import(fileOf('key.pem', identity.key), 'key', 'copy').fileId

  it('removes what no profile uses, and that alone', () => {
    const [kept, ...others] = [take(), take(), take()]
    store.keepOnly(new Set([kept ?? '', 'not there']))
    expect(readdirSync(folder)).toEqual([kept])
    expect(others).toHaveLength(2)
    expect(readFileSync(join(home, 'key.pem'), 'utf8')).toBe(identity.key)
  })

  it('keeps where a file in use is', () => {
    const [used, unused] = ['a.pem', 'b.pem'].map((name) => store.import(fileOf(name, identity.key), 'key', 'reference'))
    store.keepOnly(new Set([used?.fileId ?? '']))
    expect(readdirSync(folder)).toEqual([`${used?.fileId}.path`])
    expect(unused?.kind).toBe('reference')
  })

  it('does nothing before there is anything', () => {
    store.keepOnly(new Set())
    expect(readdirSync(home)).toEqual([])
  })

  it('does not stumble over what it cannot remove: the app must start', () => {
    const unused = take()
    mkdirSync(join(folder, '0 a folder'))
    store.keepOnly(new Set())
    expect(readdirSync(folder)).toEqual(['0 a folder'])
    expect(unused).not.toBe('')
    expect(() => new CertificateStore(join(home, 'key.pem')).keepOnly(new Set())).not.toThrow()
  })
})
