import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_PUBLISH_BYTES } from '@shared/message/publish'
import { PayloadFiles } from '../../../../src-main/publish/payload-files'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pubscope-files-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function choosing(path: string | undefined): PayloadFiles {
  const filePaths = path === undefined ? [] : [path]
  return new PayloadFiles({ showOpenDialog: () => Promise.resolve({ canceled: path === undefined, filePaths }) })
}

describe('files as payloads', () => {
  it('are known to the page by number, name and size, and read anew each time', async () => {
    const path = join(folder, 'firmware.bin')
    writeFileSync(path, Uint8Array.of(0, 1, 255))
    const files = choosing(path)
    const chosen = await files.choose()
    expect(chosen).toMatchObject({ name: 'firmware.bin', bytes: 3 })
    expect(JSON.stringify(chosen)).not.toContain(folder)
    expect(await files.read(chosen?.fileId ?? '')).toEqual(Uint8Array.of(0, 1, 255))
    writeFileSync(path, Uint8Array.of(9))
    expect(await files.read(chosen?.fileId ?? '')).toEqual(Uint8Array.of(9))
  })

  it('are none that might never end', async () => {
    await expect(choosing('/dev/zero').choose()).rejects.toMatchObject({ code: 'file-not-read', details: { name: 'zero', reason: 'no file' } })
  })

  it('are none when nothing is chosen', async () => {
    expect(await choosing(undefined).choose()).toBeNull()
  })

  it('say when they are gone, unknown or too large', async () => {
    const path = join(folder, 'a.bin')
    writeFileSync(path, 'x')
    const files = choosing(path)
    const fileId = (await files.choose())?.fileId ?? ''
    rmSync(path)
    await expect(files.read(fileId)).rejects.toMatchObject({ code: 'file-not-read', details: { name: 'a.bin', reason: 'ENOENT' } })
    await expect(files.read('other')).rejects.toMatchObject({ code: 'file-not-read' })
    writeFileSync(path, '')
    truncateSync(path, MAX_PUBLISH_BYTES + 1)
    await expect(files.choose()).rejects.toMatchObject({ code: 'payload-too-large' })
    await expect(files.read(fileId)).rejects.toMatchObject({ code: 'payload-too-large' })
  })
})
