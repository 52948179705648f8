import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenDialogReturnValue, SaveDialogOptions, SaveDialogReturnValue } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileOpening } from '@shared/certificates/certificate-report'
import { requests, type ParsedArgs } from '@shared/ipc/contract'
import { certificatePageHandlers, type UsedFile } from '../../../../src-main/certificates/certificate-page-handlers'
import { CertificateStore } from '../../../../src-main/certificates/certificate-store'
import { CertificateViewer } from '../../../../src-main/certificates/certificate-viewer'
import { KeyFolder } from '../../../../src-main/certificates/key-folder'
import { INITIAL_MADE_CERTIFICATES, MadeCertificates, type MadeCertificatesDocument } from '../../../../src-main/certificates/made-certificates'
import { makeAuthority, toPkcs12 } from '../../../support/certificates'

const noKeyring = {
  canEncrypt: () => Promise.resolve(false),
  encrypt: () => Promise.reject(new Error('none')),
  decrypt: () => Promise.reject(new Error('none')),
}

type PageHandlers = ReturnType<typeof certificatePageHandlers>
type Channel = keyof PageHandlers

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-certificate-page-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function setUp(usedFiles: UsedFile[] = []) {
  const storage = {
    document: INITIAL_MADE_CERTIFICATES,
    write(document: MadeCertificatesDocument) {
      storage.document = document
    },
  }
  const keys = new KeyFolder(join(folder, 'keys'), noKeyring)
  const made = new MadeCertificates(storage, keys)
  const store = new CertificateStore(join(folder, 'store'))
  const answers = { path: '' }
  const saves: SaveDialogOptions[] = []
  const dialog = {
    showOpenDialog: (): Promise<OpenDialogReturnValue> =>
      Promise.resolve({ canceled: answers.path === '', filePaths: answers.path === '' ? [] : [answers.path] }),
    showSaveDialog: (options: unknown): Promise<SaveDialogReturnValue> => {
      saves.push(options as SaveDialogOptions)
      return Promise.resolve({ canceled: answers.path === '', filePath: answers.path })
    },
  }
  const handlers = certificatePageHandlers(made, new CertificateViewer(() => made.certificates()), store, () => usedFiles, dialog)
  const replies: unknown[] = []
  /** Asks as the page does: arguments and results fit the contract. */
  async function ask<C extends Channel>(channel: C, args: ParsedArgs<C>) {
    const reply: unknown = await Reflect.apply(handlers[channel], undefined, [requests[channel].args.parse(args)])
    replies.push(reply)
    return requests[channel].result.parse(structuredClone(reply)) as Awaited<ReturnType<PageHandlers[C]>>
  }
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  return { ask, answers, saves, store, made, replies, write }
}

const CA = { kind: 'authority', commonName: 'Plant CA', keyKind: 'ecdsa-p256', days: 100 } as const
const client = (issuerId: string) => ({ kind: 'client', commonName: '../ada', keyKind: 'ecdsa-p256', days: 10, issuerId }) as const

function fileIn(opening: FileOpening) {
  if (opening.kind !== 'opened') throw new Error(opening.kind)
  return opening.file
}

describe('the page of certificates', () => {
  it('never gets a private key, whatever it asks for', async () => {
    const { ask, answers, store, replies } = setUp()
    const ca = await ask('certificates.make', CA)
    const ada = await ask('certificates.make', client(ca.id))
    for (const what of ['certificate', 'key'] as const) {
      answers.path = join(folder, `${what}.pem`)
      await ask('certificates.export', { certificateId: ada.id, order: { what } })
      // What was exported is opened again, its key file too.
      await ask('certificates.open-file', undefined).catch((error: unknown) => replies.push(error))
    }
    expect(readFileSync(join(folder, 'key.pem'), 'utf8')).toContain('PRIVATE KEY')
    answers.path = join(folder, 'both.pem')
    writeFileSync(answers.path, ['key.pem', 'certificate.pem'].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'))
    await ask('certificates.open-file', undefined)
    const used = store.import(answers.path, 'certificate', 'copy')
    const withUsed = setUp([{ file: used, profileName: 'Plant' }])
    await withUsed.ask('certificates.list-used', undefined)
    await withUsed.ask('certificates.open-used', { fileId: used.fileId })
    answers.path = join(folder, 'ada.p12')
    await ask('certificates.export', { certificateId: ada.id, order: { what: 'pkcs12', password: 'canary' } })
    await ask('certificates.open-file', undefined)
    await ask('certificates.unlock-file', { password: 'canary' })
    await ask('certificates.list-made', undefined)
    await ask('certificates.read-made', { certificateId: ada.id })
    await ask('certificates.delete', { certificateId: ada.id })
    const all = JSON.stringify([...replies, ...withUsed.replies].map((reply) => (reply instanceof Error ? { ...reply, message: reply.message } : reply)))
    expect(all).toContain('Plant CA')
    expect(all).not.toMatch(/PRIVATE KEY|canary/)
    const base64 = readFileSync(join(folder, 'key.pem'), 'utf8').split('\n')[1] ?? ''
    expect(all).not.toContain(base64.slice(0, 30))
  })

  it('exports for the user alone, over what they agreed to replace', async () => {
    const { ask, answers, saves } = setUp()
    const ca = await ask('certificates.make', CA)
    const ada = await ask('certificates.make', client(ca.id))
    answers.path = join(folder, 'ada.key')
    writeFileSync(answers.path, 'old', { mode: 0o644 })
    expect(await ask('certificates.export', { certificateId: ada.id, order: { what: 'key' } })).toBe(true)
    expect(statSync(answers.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(answers.path, 'utf8')).toContain('PRIVATE KEY')
    // The name is a suggestion without a path, and the dialog asks before it replaces.
    expect(saves).toEqual([{ defaultPath: 'ada.key', properties: ['showOverwriteConfirmation'] }])
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('exports nothing when the user thinks better of it, and says why when it cannot', async () => {
    const { ask, answers } = setUp()
    const ca = await ask('certificates.make', CA)
    expect(await ask('certificates.export', { certificateId: ca.id, order: { what: 'key' } })).toBe(false)
    answers.path = join(folder, 'missing', 'ca.pem')
    const order = { certificateId: ca.id, order: { what: 'certificate' } } as const
    await expect(ask('certificates.export', order)).rejects.toMatchObject({ code: 'storage-failed', details: { reason: 'ENOENT' } })
    mkdirSync(join(folder, 'taken.pem'))
    answers.path = join(folder, 'taken.pem')
    await expect(ask('certificates.export', order)).rejects.toMatchObject({ code: 'storage-failed' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('exports a certificate even when its key is gone', async () => {
    const { ask, answers } = setUp()
    const ca = await ask('certificates.make', CA)
    rmSync(join(folder, 'keys'), { recursive: true })
    answers.path = join(folder, 'ca.pem')
    expect(await ask('certificates.export', { certificateId: ca.id, order: { what: 'certificate' } })).toBe(true)
    expect(new X509Certificate(readFileSync(answers.path)).subject).toBe('CN=Plant CA')
    await expect(ask('certificates.export', { certificateId: ca.id, order: { what: 'key' } })).rejects.toMatchObject({ code: 'private-key-unavailable' })
  })
})

describe('a file', () => {
  it('is a PEM bundle, one in DER, or PKCS#12 under a password', async () => {
    const { ask, answers, write } = setUp()
    const authority = await makeAuthority()
    const ada = await authority.issue({ commonName: 'ada' })
    const titles = async () => fileIn(await ask('certificates.open-file', undefined)).certificates.map(({ title }) => title)
    answers.path = write('bundle.pem', `Subject: a comment\n${ada.certificate}\n\n${authority.certificate}\n`)
    expect(await titles()).toEqual(['ada', 'Test CA'])
    answers.path = write('one.der', new X509Certificate(ada.certificate).raw)
    expect(await titles()).toEqual(['ada'])
    answers.path = write('ada.p12', toPkcs12(ada, 'secret'))
    expect(await ask('certificates.open-file', undefined)).toEqual({ kind: 'locked', name: 'ada.p12' })
    await expect(ask('certificates.unlock-file', { password: 'wrong' })).rejects.toMatchObject({ code: 'wrong-file-password' })
    const opened = fileIn(await ask('certificates.unlock-file', { password: 'secret' }))
    expect(opened.certificates).toMatchObject([{ title: 'ada', chain: { end: 'unknown-issuer' } }])
    // Only the file that waits opens, and only once.
    expect(await ask('certificates.unlock-file', { password: 'secret' })).toEqual({ kind: 'cancelled' })
    answers.path = write('empty.p12', toPkcs12(ada, ''))
    expect(await titles()).toEqual(['ada'])
  })

  it('may hold some that cannot be read, and more than are shown', async () => {
    const { ask, answers, write } = setUp()
    const authority = await makeAuthority()
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    answers.path = write('many.pem', `${broken}${`${authority.certificate}\n`.repeat(205)}`)
    const file = fileIn(await ask('certificates.open-file', undefined))
    expect(file).toMatchObject({ moreCertificates: 6, unreadable: 1 })
    expect(file.certificates).toHaveLength(199)
  }, 20_000)

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['a key alone', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
    ['more than 2 MB', 'x'.repeat(2 * 1024 * 1024 + 1)],
  ])('that holds no certificate is refused: %s', async (_name, content) => {
    const { ask, answers, write } = setUp()
    answers.path = write('file.txt', content)
    await expect(ask('certificates.open-file', undefined)).rejects.toMatchObject({
      code: 'certificate-unusable',
      details: { name: 'file.txt', purpose: 'viewing' },
    })
  })

  it('that never ends, or is gone, is refused', async () => {
    const { ask, answers } = setUp()
    answers.path = join(folder, 'pipe')
    execFileSync('mkfifo', [answers.path])
    await expect(ask('certificates.open-file', undefined)).rejects.toMatchObject({ code: 'certificate-unusable' })
    answers.path = join(folder, 'gone')
    await expect(ask('certificates.open-file', undefined)).rejects.toMatchObject({ details: { reason: 'ENOENT' } })
    answers.path = ''
    expect(await ask('certificates.open-file', undefined)).toEqual({ kind: 'cancelled' })
  })

  it('of a profile is listed with the end of the first of its certificates, and opened', async () => {
    const { store } = setUp()
    const authority = await makeAuthority()
    const soonMs = Math.floor(Date.now() / 1000) * 1000 + 5 * 86_400_000
    const ada = await authority.issue({ commonName: 'ada', validToMs: soonMs })
    const bundle = store.add(Buffer.from(`${authority.certificate}\n${ada.certificate}`), 'both.pem')
    const locked = store.add(toPkcs12(ada, 'secret'), 'ada.p12')
    const gone = { kind: 'copy' as const, fileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f', name: 'gone.pem' }
    const named = ({ fileId, name }: UsedFile['file']) => ({ fileId, name })
    const { ask } = setUp([bundle, locked, gone].map((file) => ({ file, profileName: 'Plant' })))
    expect(await ask('certificates.list-used', undefined)).toEqual([
      { ...named(bundle), profileName: 'Plant', validToMs: soonMs },
      { ...named(locked), profileName: 'Plant', validToMs: null },
      { ...named(gone), profileName: 'Plant', validToMs: null },
    ])
    expect(fileIn(await ask('certificates.open-used', { fileId: bundle.fileId })).certificates).toHaveLength(2)
    expect(await ask('certificates.open-used', { fileId: locked.fileId })).toEqual({ kind: 'locked', name: 'ada.p12' })
    await expect(ask('certificates.open-used', { fileId: gone.fileId })).rejects.toMatchObject({ code: 'certificate-missing' })
    const stranger = '7f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
    await expect(ask('certificates.open-used', { fileId: stranger })).rejects.toMatchObject({ code: 'certificate-not-found' })
  })
})
