import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'papaparse'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Item } from '@shared/collections/collection'
import { collectionText, MAX_COLLECTION_FILE_BYTES } from '@shared/collections/collection-file'
import { ONCE } from '@shared/collections/run'
import type { LoggedSend } from '@shared/collections/send-log'
import { AppError } from '@shared/ipc/app-error'
import { collectionHandlers, type SendingTab } from '../../../../src-main/collections/collection-handlers'
import { CollectionStore, type CollectionsDocument } from '../../../../src-main/collections/collection-store'
import { sendsText } from '../../../../src-main/collections/save-sends'
import { readRows } from '../../../../src-main/payload/rows/read-rows'
import { savedFolder, savedMessage } from '../../../support/saved-messages'

const CONNECTION = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-collections-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function setUp(items: readonly Item[], fileName = '') {
  let document: CollectionsDocument = { schemaVersion: 1, items }
  const storage = {
    get document() {
      return document
    },
    write: (next: CollectionsDocument) => void (document = next),
  }
  const path = fileName === '' ? '' : join(folder, fileName)
  const call = vi.fn((method: string, ..._args: unknown[]): Promise<unknown> => Promise.resolve(method === 'startRun' ? 7 : []))
  const tab = { id: CONNECTION, source: { kind: 'demo' }, call } as unknown as SendingTab
  const handlers = collectionHandlers(new CollectionStore(storage), {
    tabOf: () => tab,
    encode: (_connectionId, text, { kind }) =>
      kind === 'cbor'
        ? Promise.reject(new AppError('payload-not-encoded', 'no', { reason: 'no' }))
        : Promise.resolve(Uint8Array.from(Buffer.from(text))),
    readRows: (bytes) => Promise.resolve(readRows(bytes)),
    variablesOf: () => ({ 'env.site': 'hh' }),
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: path === '', filePaths: path === '' ? [] : [path] }),
      showSaveDialog: () => Promise.resolve({ canceled: path === '', filePath: path }),
    },
  })
  const start = (itemId: string, rowsId: string | null = null) =>
    handlers['collections.start-run']({ connectionId: CONNECTION, itemId, rowsId, options: ONCE })
  return { handlers, call, start, path, items: () => document.items }
}

describe('a run', () => {
  it('gets the messages of the folder in order, their bytes or what they are made of, and the variables of the tab', async () => {
    const bytes = savedMessage('raw', { payload: { kind: 'bytes', base64: 'AP8=' }, retain: true })
    const line = savedFolder('line', savedMessage('a'), savedFolder('deeper', savedMessage('{{uuid}}', { usesTemplates: true })), bytes)
    const { start, call } = setUp([line])
    expect(await start(line.id)).toEqual({ runId: 7 })
    const [, order] = call.mock.calls[0] ?? []
    expect(order).toMatchObject({ name: 'line', rows: null, variables: { 'env.site': 'hh' }, options: ONCE })
    expect(order).toHaveProperty('messages', [
      expect.objectContaining({ kind: 'ready', message: expect.objectContaining({ topic: 'a', payload: Uint8Array.from(Buffer.from('a')) }) }),
      expect.objectContaining({ kind: 'template', topic: '{{uuid}}', text: '{{uuid}}' }),
      expect.objectContaining({ kind: 'ready', message: expect.objectContaining({ payload: Uint8Array.of(0, 255), retain: true }) }),
    ])
  })

  it('does not begin with a message that cannot be sent', async () => {
    const cases: [Item, string][] = [
      [savedMessage('x', { topic: '' }), 'no-topic'],
      [savedMessage('x', { topic: 'a/#' }), 'topic'],
      [savedMessage('x', { payload: { kind: 'text', text: '{', format: { kind: 'cbor' } } }), 'payload'],
      [savedFolder('x'), 'empty-folder'],
    ]
    for (const [item, fault] of cases) {
      const { start, call } = setUp([item])
      await expect(start(item.id)).rejects.toMatchObject({ code: 'saved-message-invalid', details: { fault, name: 'x' } })
      expect(call).not.toHaveBeenCalled()
    }
    await expect(setUp([]).start(CONNECTION)).rejects.toMatchObject({ code: 'collection-item-gone' })
  })

  it('takes the rows of the chosen file, of which the page sees the first', async () => {
    const message = savedMessage('m')
    const { handlers, start, call, path } = setUp([message], 'rows.csv')
    writeFileSync(path, `id\n${Array.from({ length: 9 }, (_, index) => index).join('\n')}`)
    const file = await handlers['collections.choose-rows'](undefined)
    expect(file).toMatchObject({ name: 'rows.csv', columns: ['id'], rows: 9, firstRows: [['0'], ['1'], ['2'], ['3'], ['4']] })
    await start(message.id, file?.rowsId)
    expect(call.mock.calls[0]?.[1]).toMatchObject({ rows: { columns: ['id'], rows: Array.from({ length: 9 }, (_, index) => [String(index)]) } })
    await expect(start(message.id, CONNECTION)).rejects.toMatchObject({ code: 'rows-unreadable', details: { fault: 'forgotten' } })
  })
})

describe('a folder', () => {
  it('goes to a file as it is, and comes back with ids of its own and nothing kept before it is inserted', async () => {
    const line = savedFolder('line', savedMessage('a'))
    const { handlers, path, items } = setUp([line], 'line.json')
    expect(await handlers['collections.export']({ folderId: line.id })).toEqual({ name: 'line.json', messages: 1 })
    expect(readFileSync(path, 'utf8')).toBe(collectionText(line))
    const incoming = await handlers['collections.choose-import'](undefined)
    expect(incoming).toMatchObject({ file: 'line.json', folder: { name: 'line', children: [{ name: 'a', topic: 'a' }] } })
    expect(incoming?.folder.id).not.toBe(line.id)
    expect(items()).toEqual([line])
  })

  it('does not come from a file that is too large, is no file, or is none of ours', async () => {
    const { handlers, path } = setUp([], 'file.json')
    const choose = async () => handlers['collections.choose-import'](undefined)
    await expect(choose()).rejects.toMatchObject({ details: { fault: 'unreadable', reason: 'ENOENT' } })
    writeFileSync(path, Buffer.alloc(MAX_COLLECTION_FILE_BYTES + 1))
    await expect(choose()).rejects.toMatchObject({ code: 'collection-unreadable', details: { fault: 'too-large', file: 'file.json' } })
    writeFileSync(path, '{}')
    await expect(choose()).rejects.toMatchObject({ details: { fault: 'no-collection' } })
  })
})

describe('the send log', () => {
  const sends: LoggedSend[] = [
    { number: 1, atMs: 0, topic: '=cmd()', payloadBytes: 3, qos: 1, retain: false, origin: null, state: { kind: 'acknowledged', reasonCode: 0x10, elapsedMs: 1.23456 } },
    { number: 2, atMs: 1, topic: 'a,"b"', payloadBytes: 0, qos: 2, retain: true, origin: 'run', state: { kind: 'refused', reasonCode: 0x87, brokerReason: null } },
  ]
  const save = async (format: 'csv' | 'json-lines') => {
    const { handlers, call, path } = setUp([], 'sends')
    call.mockResolvedValueOnce([sends[0]]).mockResolvedValueOnce([sends[1]])
    const saved = await handlers['collections.save-sends']({ connectionId: CONNECTION, failedOnly: false, format })
    expect(saved).toEqual({ name: 'sends', sends: 2 })
    return readFileSync(path, 'utf8')
  }

  it('is written as CSV, in words, without formulas', async () => {
    expect(await save('csv')).toBe(
      [
        'number,time,topic,payloadBytes,qos,retain,origin,state,reasonCode,reason,elapsedMs',
        "1,1970-01-01T00:00:00.000Z,\"'=cmd()\",3,1,false,,acknowledged,16,No matching subscribers,1.235",
        '2,1970-01-01T00:00:00.001Z,"a,""b""",0,2,true,run,refused,135,Not authorized,',
        '',
      ].join('\r\n'),
    )
  })

  it('is written without formulas in topics of several lines either', () => {
    const [send] = sends
    const topics = ['=a()\nb', ' =a()', '\n=a()', '\uFF1Da()']
    const text = sendsText(topics.flatMap((topic) => (send === undefined ? [] : [{ ...send, topic }])), 'csv', true)
    const { data } = parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    expect(data.map(({ topic }) => topic)).toEqual(topics.map((topic) => `'${topic}`))
  })

  it('is written as it was to begin with, while a run fills it faster than it is read', async () => {
    const { handlers, call } = setUp([], 'sends')
    let number = 0
    call.mockImplementation(() => Promise.resolve(sends.map((send) => ({ ...send, number: (number += 1), atMs: number < 4 ? 0 : Date.now() + 1_000 }))))
    expect(await handlers['collections.save-sends']({ connectionId: CONNECTION, failedOnly: false, format: 'csv' })).toEqual({ name: 'sends', sends: 3 })
  })

  it('is written as JSON Lines', async () => {
    const lines = (await save('json-lines')).trim().split('\n').map((line) => JSON.parse(line) as unknown)
    expect(lines).toMatchObject([{ topic: '=cmd()', reason: 'No matching subscribers' }, { topic: 'a,"b"', retain: true, origin: 'run' }])
  })
})
