import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { PRIVATE_MODE, writeWhole } from '../../../../src-main/files/write-whole'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-files-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('writes piece by piece, in place of what was there, and gives back what the work found', async () => {
  const path = join(folder, 'out.csv')
  writeFileSync(path, 'much longer than what comes')
  const written = await writeWhole(path, async (write) => {
    await write('a,')
    await write(Uint8Array.of(0x62))
    return 2
  })
  expect(written).toBe(2)
  expect(readFileSync(path, 'utf8')).toBe('a,b')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

it('writes where a link leads, and leaves the link', async () => {
  const [target, link] = [join(folder, 'target'), join(folder, 'link')]
  writeFileSync(target, 'before')
  symlinkSync(target, link)
  await writeWhole(link, (write) => write('after'))
  expect(readFileSync(target, 'utf8')).toBe('after')
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
})

it('is for the user alone where that is wanted', async () => {
  const path = join(folder, 'secret.json')
  await writeWhole(path, (write) => write('{}'), PRIVATE_MODE)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it.each([
  ['the source', new AppError('view-closed', 'gone'), 'view-closed'],
  ['the disk', Object.assign(new Error('ENOSPC: full'), { code: 'ENOSPC' }), 'disk-full'],
])('leaves what was there when %s fails in the middle', async (_what, error, code) => {
  const path = join(folder, 'out.csv')
  writeFileSync(path, 'before')
  const failing = writeWhole(path, async (write) => {
    await write('half')
    throw error
  })
  await expect(failing).rejects.toMatchObject({ code })
  expect(readFileSync(path, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['out.csv'])
})

it('says so when the place is taken by a folder, or there is none', async () => {
  const taken = join(folder, 'taken')
  mkdirSync(taken)
  await expect(writeWhole(taken, (write) => write('x'))).rejects.toMatchObject({ code: 'file-not-written', details: { name: 'taken' } })
  await expect(writeWhole(join(folder, 'no', 'where'), (write) => write('x'))).rejects.toMatchObject({ code: 'file-not-written' })
  expect(readdirSync(folder)).toEqual(['taken'])
})
