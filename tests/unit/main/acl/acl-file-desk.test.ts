import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_ACL_FILE_BYTES } from '@shared/acl/acl-requests'
import { AclFileDesk, aclDeskDocumentSchema, EMPTY_ACL_DESK, type AclDeskDocument } from '../../../../src-main/acl/acl-file-desk'
import { aclHandlers } from '../../../../src-main/acl/acl-handlers'

let folder: string
let document: AclDeskDocument
let desk: AclFileDesk
const at = (name: string): string => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-desk-'))
  document = EMPTY_ACL_DESK
  desk = new AclFileDesk({
    get document() {
      return document
    },
    write: (changed) => {
      document = aclDeskDocumentSchema.parse(changed)
    },
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the desk of ACL files', () => {
  it('opens and saves every byte as it is, and keeps the access of the file', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('topic a\r\n'), 0xff, 0x00, 0x0d, 0xc3])
    writeFileSync(at('acl'), bytes)
    chmodSync(at('acl'), 0o640)
    const { name, text } = await desk.open(at('acl'))
    expect(name).toBe('acl')
    await desk.save(at('acl'), text)
    expect(readFileSync(at('acl'))).toEqual(bytes)
    expect(statSync(at('acl')).mode & 0o777).toBe(0o640)
  })

  it('makes a file with hashed passwords for the user alone', async () => {
    await desk.save(at('new.json'), '{"clients": []}')
    expect(statSync(at('new.json')).mode & 0o777).toBe(0o600)
  })

  it('remembers ten files, the last one first, each once', async () => {
    for (let index = 0; index < 12; index += 1) writeFileSync(at(`acl${index}`), '')
    for (let index = 0; index < 12; index += 1) await desk.open(at(`acl${index}`))
    await desk.openRecent(3)
    expect(desk.recent.map(({ name }) => name)).toEqual([8, 11, 10, 9, 7, 6, 5, 4, 3, 2].map((index) => `acl${index}`))
  })

  it('tells when another program changed the file, or took it away', async () => {
    writeFileSync(at('acl'), 'topic a')
    expect(await desk.checkDisk()).toBe('same')
    await desk.open(at('acl'))
    expect(await desk.checkDisk()).toBe('same')
    // Of the same length and perhaps the same second.
    writeFileSync(at('acl'), 'topic b')
    expect(await desk.checkDisk()).toBe('changed')
    expect((await desk.reload()).text).toBe('topic b')
    expect(await desk.checkDisk()).toBe('same')
    rmSync(at('acl'))
    expect(await desk.checkDisk()).toBe('gone')
  })

  it('overwrites another program’s change only when told to', async () => {
    const handlers = aclHandlers(desk, {
      showOpenDialog: () => Promise.reject(new Error('not asked')),
      showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
    })
    expect(await handlers['acl.save']({ text: 'x', to: 'same', overwrite: false })).toEqual({ kind: 'cancelled' })
    writeFileSync(at('acl'), 'topic a')
    await desk.open(at('acl'))
    writeFileSync(at('acl'), 'topic theirs')
    expect(await handlers['acl.save']({ text: 'topic mine', to: 'same', overwrite: false })).toEqual({ kind: 'changed' })
    expect(readFileSync(at('acl'), 'utf8')).toBe('topic theirs')
    expect(await handlers['acl.save']({ text: 'topic mine', to: 'same', overwrite: true })).toEqual({ kind: 'saved', name: 'acl' })
    expect(readFileSync(at('acl'), 'utf8')).toBe('topic mine')
  })

  it('restores what was not saved, and still knows that the file changed meanwhile', async () => {
    writeFileSync(at('acl'), 'topic a')
    await desk.open(at('acl'))
    desk.keep('topic mine\udcff', '2.1')
    writeFileSync(at('acl'), 'topic theirs')
    expect(await desk.restore()).toMatchObject({ file: { name: 'acl', text: 'topic theirs' }, unsaved: 'topic mine\udcff', version: '2.1' })
    expect(await desk.checkDisk()).toBe('changed')
    rmSync(at('acl'))
    expect(await desk.restore()).toMatchObject({ file: null, unsaved: 'topic mine\udcff' })
  })

  it('refuses what is too large, is no file, or is not there', async () => {
    writeFileSync(at('large'), '')
    truncateSync(at('large'), MAX_ACL_FILE_BYTES + 1)
    await expect(desk.open(at('large'))).rejects.toMatchObject({ code: 'acl-file-too-large', details: { name: 'large', most: 16 } })
    await expect(desk.open(folder)).rejects.toMatchObject({ code: 'file-not-read' })
    await expect(desk.open(at('nothing'))).rejects.toMatchObject({ code: 'file-not-read', details: { reason: 'ENOENT' } })
    expect(() => desk.openRecent(4)).toThrow(expect.objectContaining({ code: 'file-not-read' }))
    expect(desk.recent).toEqual([])
  })
})
