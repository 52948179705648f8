import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from '@shared/schema'
import { JsonStore, setAsideFiles } from '../../../../src-main/storage/json-store'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-set-aside-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('is empty when nothing was, or there is not even a folder', () => {
  for (const name of ['notes.json', 'notes.txt', 'notes-2.corrupt-1.json', 'other.corrupt-1.json', 'my notes.newer-1.json']) {
    writeFileSync(join(folder, name), '')
  }
  expect(setAsideFiles(folder, 'notes')).toEqual([])
  expect(setAsideFiles(join(folder, 'none'), 'notes')).toEqual([])
})

it('finds what a store set aside, until it is removed', () => {
  const keptAs: string[] = []
  const schema = z.strictObject({ schemaVersion: z.literal(1) })
  for (const content of ['junk', '{"schemaVersion":2}']) {
    writeFileSync(join(folder, 'notes.json'), content)
    const setAside = (event: { keptAs: string }): void => void keptAs.push(event.keptAs)
    new JsonStore({ folder, name: 'notes', schema, schemaVersion: 1, initial: { schemaVersion: 1 }, setAside }).write({ schemaVersion: 1 })
  }
  expect(keptAs).toHaveLength(2)
  expect(setAsideFiles(folder, 'notes').sort()).toEqual(keptAs.sort())
  rmSync(join(folder, keptAs[0] ?? ''))
  expect(setAsideFiles(folder, 'notes')).toEqual([keptAs[1]])
})
