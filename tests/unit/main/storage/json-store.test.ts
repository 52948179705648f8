import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { z } from '@shared/schema'
import { JsonStore, type SetAside } from '../../../../src-main/storage/json-store'

const CANARY = 'hunter2-canary'
const schema = z.strictObject({ schemaVersion: z.literal(2), words: z.array(z.string()), password: z.string().optional() })
type Document = z.infer<typeof schema>
const INITIAL: Document = { schemaVersion: 2, words: [] }

let folder = ''
const setAside: SetAside[] = []

const file = (): string => join(folder, 'notes.json')
const onDisk = (): unknown => JSON.parse(readFileSync(file(), 'utf8'))
const open = (): JsonStore<Document> =>
  new JsonStore({ folder, name: 'notes', schema, schemaVersion: 2, initial: INITIAL, setAside: (event) => setAside.push(event) })

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return null
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-json-store-'))
  setAside.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

describe('JsonStore', () => {
  it('starts with the initial document and writes nothing unasked', () => {
    expect(open().document).toEqual(INITIAL)
    expect(readdirSync(folder)).toEqual([])
    expect(setAside).toEqual([])
  })

  it('has on disk what it was given when write returns, and again after a restart', () => {
    const document: Document = { schemaVersion: 2, words: ['a.b', '__proto__', '😀', '\u2028'] }
    const store = open()
    store.write(document)
    expect(store.document).toBe(document)
    expect(onDisk()).toEqual(document)
    expect(open().document).toEqual(document)
    expect(setAside).toEqual([])
  })

  it('replaces the whole document', () => {
    const store = open()
    store.write({ schemaVersion: 2, words: ['a'], password: 'x' })
    store.write({ schemaVersion: 2, words: [] })
    expect(onDisk()).toEqual({ schemaVersion: 2, words: [] })
  })

  it('writes nothing that is too large to be read again', () => {
    const store = open()
    store.write({ schemaVersion: 2, words: ['kept'] })
    const large: Document = { schemaVersion: 2, words: ['x'.repeat(16 * 1024 * 1024)] }
    expect(thrownBy(() => store.write(large))).toMatchObject({ code: 'too-many' })
    expect(open().document).toEqual({ schemaVersion: 2, words: ['kept'] })
  })

  it('leaves no half-written file beside it', () => {
    const store = open()
    for (let count = 0; count < 20; count += 1) store.write({ schemaVersion: 2, words: Array.from({ length: count }, String) })
    expect(readdirSync(folder)).toEqual(['notes.json'])
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner alone: it may hold a password', () => {
    writeFileSync(file(), JSON.stringify(INITIAL), { mode: 0o644 })
    open().write(INITIAL)
    expect((statSync(file()).mode & 0o777).toString(8)).toBe('600')
  })
})

describe('a file that cannot be used', () => {
  it.each<[string, string | Buffer]>([
    ['is no JSON', '{"schemaVersion": 2, "words": ['],
    ['is empty', ''],
    ['is binary', Buffer.from([0, 0xff, 0xfe])],
    ['holds a list', '[]'],
    ['holds a word', '"x"'],
    ['holds null', 'null'],
    ['has no version', '{"words":[]}'],
    ['has a version that is no number', '{"schemaVersion":"2","words":[]}'],
    ['has an older version nobody knows', '{"schemaVersion":1,"words":[]}'],
    ['has a wrong type', '{"schemaVersion":2,"words":[1]}'],
    ['has an unknown key', '{"schemaVersion":2,"words":[],"x":1}'],
    ['has a prototype for a key', '{"schemaVersion":2,"words":[],"__proto__":{"words":["x"]}}'],
  ])('because it %s is kept under another name, whole, and reported', (_why, content) => {
    writeFileSync(file(), content)
    const store = open()
    expect(store.document).toEqual(INITIAL)
    expect(setAside).toMatchObject([{ kind: 'corrupt', file: 'notes.json' }])
    const keptAs = setAside[0]?.keptAs ?? ''
    expect(keptAs).toMatch(/^notes\.corrupt-[-0-9TZ]+\.json$/)
    expect(readdirSync(folder)).toEqual([keptAs])
    expect(readFileSync(join(folder, keptAs))).toEqual(Buffer.from(content))
    store.write({ schemaVersion: 2, words: ['new'] })
    expect(readFileSync(join(folder, keptAs))).toEqual(Buffer.from(content))
    expect(onDisk()).toEqual({ schemaVersion: 2, words: ['new'] })
  })

  it('because a newer Pubscope wrote it is called that', () => {
    const content = '{"schemaVersion":3,"sentences":[]}'
    writeFileSync(file(), content)
    expect(open().document).toEqual(INITIAL)
    const [event] = setAside
    expect(event).toMatchObject({ kind: 'newer', file: 'notes.json', reason: 'schema version 3' })
    expect(event?.keptAs).toMatch(/^notes\.newer-/)
    expect(readFileSync(join(folder, event?.keptAs ?? ''), 'utf8')).toBe(content)
  })

  it('because it is far too large is not even read', () => {
    writeFileSync(file(), `{"schemaVersion":2,"words":["${'x'.repeat(16 * 1024 * 1024)}"]}`)
    expect(open().document).toEqual(INITIAL)
    expect(setAside).toMatchObject([{ kind: 'corrupt', reason: 'the file is too large' }])
  })

  it.each([
    ['cut off', `{"schemaVersion":2,"password":"${CANARY}`],
    ['with a slip', `{"password":"${CANARY}"]`],
    ['with a slip right behind it', `{"password":"${CANARY}"x}`],
    ['without quotes', `{"password": ${CANARY}}`],
    ['of a wrong type', `{"schemaVersion":2,"words":[],"password":{"${CANARY}":"${CANARY}"}}`],
    ['under an unknown key', `{"schemaVersion":2,"words":[],"passphrase":"${CANARY}"}`],
    ['as the version', `{"schemaVersion":"${CANARY}"}`],
  ])('does not leak a password into the report: %s', (_what, content) => {
    writeFileSync(file(), content)
    open()
    expect(setAside).toHaveLength(1)
    for (let length = CANARY.length; length >= 5; length -= 1) {
      expect(JSON.stringify(setAside)).not.toContain(CANARY.slice(0, length))
      expect(JSON.stringify(setAside)).not.toContain(CANARY.slice(-length))
    }
  })

  it('does not overwrite what was set aside before', () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] })
    for (const words of ['first', 'second']) {
      writeFileSync(file(), words)
      open()
      vi.setSystemTime(Date.now() + 1)
    }
    vi.useRealTimers()
    expect(setAside.map(({ keptAs }) => readFileSync(join(folder, keptAs), 'utf8'))).toEqual(['first', 'second'])
  })
})

describe('a disk that cannot be written', () => {
  it('leaves the old document in place and says why', async () => {
    const store = open()
    store.write({ schemaVersion: 2, words: ['old'] })
    // A folder where the file should be: renaming over it fails, for root as well.
    rmSync(file())
    mkdirSync(file())
    const error = thrownBy(() => store.write({ schemaVersion: 2, words: [CANARY] }))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'storage-failed', details: { file: 'notes.json', reason: expect.stringMatching(/^E[A-Z]+$/) as string } })
    expect(JSON.stringify(error)).not.toContain(CANARY)
    expect(store.document).toEqual({ schemaVersion: 2, words: ['old'] })
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['notes.json']), { interval: 5 })
  })
})
