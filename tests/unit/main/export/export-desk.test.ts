import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { ExportProgress } from '@shared/table/export'
import type { TableExportPiece } from '../../../../src-main/engine/engine-api'
import { ExportDesk, type ExportSource } from '../../../../src-main/export/export-desk'
import { writeError } from '../../../../src-main/files/write-error'
import { FileTarget, FolderTarget, type ExportTarget } from '../../../../src-main/export/export-target'
import { jsonLines } from '../../../../src-main/export/line-formats'
import { exported } from './messages'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pubscope-export-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const piece = (payload: string, isLast = false, gone = 0): TableExportPiece => ({ messages: [exported('a/b', payload)], gone, isLast })

/** An engine that gives these pieces; the export's end is noted. */
class Pieces {
  readonly ended: number[] = []
  readonly source = { call: (method: string, id: number) => this.#answer(method, id) } as unknown as ExportSource

  constructor(private readonly next: () => Promise<TableExportPiece> | TableExportPiece) {}

  async #answer(method: string, id: number): Promise<unknown> {
    if (method === 'readExport') return this.next()
    this.ended.push(id)
    return undefined
  }
}

function listOf(...pieces: TableExportPiece[]): () => TableExportPiece {
  return () => pieces.shift() ?? piece('', true)
}

/** Runs one export to its end; what was said of it last. */
async function run(target: ExportTarget, next: () => Promise<TableExportPiece> | TableExportPiece, meddle?: (desk: ExportDesk, exportId: number) => void) {
  const pieces = new Pieces(next)
  const last = await new Promise<ExportProgress>((resolve) => {
    const desk = new ExportDesk((progress) => progress.state.kind !== 'running' && resolve(progress))
    const { exportId } = desk.start({ source: pieces.source, engineId: 42, messages: 3, format: 'json-lines' }, target)
    meddle?.(desk, exportId)
  })
  expect(pieces.ended).toEqual([42])
  return last
}

describe('an export to a file', () => {
  it('writes all pieces, and takes the place of what was there only when it is complete', async () => {
    const path = join(folder, 'out.jsonl')
    writeFileSync(path, 'before')
    const target = await FileTarget.open(path, jsonLines([]))
    let seen = ''
    const pieces = listOf(piece('one'), piece('two', true, 1))
    const last = await run(target, () => {
      seen = readFileSync(path, 'utf8')
      return pieces()
    })
    expect(seen).toBe('before')
    expect(last).toMatchObject({ name: 'out.jsonl', messages: 2, goneMessages: 1, state: { kind: 'done' }, leftover: null })
    const text = readFileSync(path, 'utf8')
    expect(text.split('\n').map((line) => line && (JSON.parse(line) as { payload: string }).payload)).toEqual(['one', 'two', ''])
    expect(last.bytes).toBe(Buffer.byteLength(text))
    expect(readdirSync(folder)).toEqual(['out.jsonl'])
  })

  it('that is cancelled leaves what was there, and nothing else', async () => {
    const path = join(folder, 'out.jsonl')
    writeFileSync(path, 'before')
    const last = await run(await FileTarget.open(path, jsonLines([])), () => piece('again and again'), (desk, exportId) => desk.cancel(exportId))
    expect(last).toMatchObject({ state: { kind: 'cancelled' }, leftover: null })
    expect(readdirSync(folder)).toEqual(['out.jsonl'])
    expect(readFileSync(path, 'utf8')).toBe('before')
  })

  it('ends as cancelled when the app quits', async () => {
    let stopped = false
    await run(await FileTarget.open(join(folder, 'out'), jsonLines([])), () => piece('x'), (desk) => void desk.stop().then(() => (stopped = true)))
    await expect.poll(() => stopped).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it('that the engine fails is told, and leaves nothing', async () => {
    const last = await run(await FileTarget.open(join(folder, 'out'), jsonLines([])), () => {
      throw new AppError('engine-unavailable', 'gone')
    })
    expect(last.state).toEqual({ kind: 'failed', code: 'engine-unavailable', details: {} })
    expect(readdirSync(folder)).toEqual([])
  })

  it('that fills the disk is told in words of its own, and leaves nothing', async () => {
    const target = await FileTarget.open(join(folder, 'out'), jsonLines([]))
    // Every write to it fails as on a full disk.
    target.write = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
    expect((await run(target, listOf(piece('x', true)))).state).toEqual({ kind: 'failed', code: 'disk-full', details: { name: 'out' } })
    expect(readdirSync(folder)).toEqual([])
  })

  it('says what it could not remove', async () => {
    const target = await FileTarget.open(join(folder, 'out'), jsonLines([]))
    const { abandon } = target
    target.abandon = async () => {
      await abandon.call(target)
      throw new Error('EBUSY')
    }
    const last = await run(target, () => piece('x'), (desk, exportId) => desk.cancel(exportId))
    expect(last.leftover).toBe(join(folder, 'out.unfinished'))
  })
})

describe('an export to files', () => {
  it('writes each payload as it came, with an index, into a folder of its own', async () => {
    mkdirSync(join(folder, 'plant'))
    const pieces = listOf(
      { messages: [exported('../x', '{"a":1}', { retain: true }), exported('CON', Uint8Array.of(0xff, 0))], gone: 0, isLast: false },
      { messages: [exported('../x', 'text')], gone: 0, isLast: true },
    )
    const last = await run(await FolderTarget.open(join(folder, 'plant')), pieces)
    // The name was taken.
    expect(last).toMatchObject({ name: 'plant (2)', messages: 3, state: { kind: 'done' } })
    const made = join(folder, 'plant (2)')
    const index = readFileSync(join(made, 'index.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { file: string; topic: string; bytes: number })
    expect(index.map(({ topic, bytes }) => [topic, bytes])).toEqual([['../x', 7], ['CON', 2], ['../x', 4]])
    expect(index.map(({ file }) => readFileSync(join(made, file)).toString('hex'))).toEqual(['7b2261223a317d', 'ff00', '74657874'])
    expect(readdirSync(made).sort()).toEqual([...index.map(({ file }) => file), 'index.jsonl'].sort())
    expect(readdirSync(folder).sort()).toEqual(['plant', 'plant (2)'])
  })

  it('that is cancelled leaves nothing', async () => {
    await run(await FolderTarget.open(join(folder, 'plant')), () => piece('x'), (desk, exportId) => desk.cancel(exportId))
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what the system says', () => {
  it('becomes words of ours', async () => {
    const of = (code: string) => writeError(Object.assign(new Error(`${code}: no`), { code }), 'out.csv')
    expect([of('ENOSPC').code, of('EDQUOT').code]).toEqual(['disk-full', 'disk-full'])
    expect([of('EACCES').code, of('EPERM').code, of('EROFS').code]).toEqual(['write-denied', 'write-denied', 'write-denied'])
    expect(of('EIO')).toMatchObject({ code: 'file-not-written', details: { name: 'out.csv', reason: 'EIO: no' } })
    await expect(FileTarget.open(join(folder, 'no', 'such', 'folder'), jsonLines([]))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
