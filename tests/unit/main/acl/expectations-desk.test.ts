import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readExpectations } from '@shared/acl/expectations/read-expectations'
import { EMPTY_EXPECTATIONS_DESK, ExpectationsDesk, expectationsDeskSchema, type ExpectationsDeskDocument } from '../../../../src-main/acl/expectations-desk'
import { expectationsHandlers } from '../../../../src-main/acl/expectations-handlers'

let folder: string
let document: ExpectationsDeskDocument
let aclPath: string | null
let desk: ExpectationsDesk
const at = (...names: string[]): string => join(folder, ...names)
const EXPECTATIONS = { version: '2.1' as const, cases: [{ user: null, client: 'c', access: 'read' as const, topic: 'no', expect: 'denied' as const, line: 3, note: '“é”: #' }] }

/** The handlers, with a user who answers the file dialogs so. */
function handlersFor(chosen: string | null): { handlers: ReturnType<typeof expectationsHandlers>; offered: unknown[] } {
  const offered: unknown[] = []
  const handlers = expectationsHandlers(desk, {
    showOpenDialog: () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }),
    showSaveDialog: (options: unknown) => {
      offered.push((options as { defaultPath: string }).defaultPath)
      return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })
    },
  })
  return { handlers, offered }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-expectations-'))
  document = EMPTY_EXPECTATIONS_DESK
  aclPath = null
  desk = new ExpectationsDesk(
    {
      get document() {
        return document
      },
      write: (changed) => {
        document = expectationsDeskSchema.parse(changed)
      },
    },
    () => aclPath,
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the desk of expectations', () => {
  it('saves as YAML or JSON by the name, with where the ACL file is from there, and offers a place beside it', async () => {
    mkdirSync(at('tests'))
    aclPath = at('acl.conf')
    for (const name of ['cases.yaml', 'cases.json']) {
      const { handlers, offered } = handlersFor(at('tests', name))
      expect(await handlers['acl.save-expectations']({ expectations: EXPECTATIONS, to: 'other' })).toBe(name)
      expect(offered).toEqual([name === 'cases.yaml' ? at('expectations.yaml') : at('tests', 'cases.yaml')])
      const text = readFileSync(at('tests', name), 'utf8')
      // JSON is YAML; the library is not what wrote it.
      expect(parse(text)).toEqual({ acl: '../acl.conf', version: '2.1', cases: [{ user: null, client: 'c', access: 'read', topic: 'no', expect: 'denied', line: 3, note: '“é”: #' }] })
      expect(text.startsWith('{')).toBe(name.endsWith('json'))
      expect(readExpectations(text)).toMatchObject({ ok: true, expectations: EXPECTATIONS })
    }
  })

  it('saves to the same file without asking, and to none when the user names none', async () => {
    const { handlers } = handlersFor(null)
    expect(await handlers['acl.save-expectations']({ expectations: EXPECTATIONS, to: 'same' })).toBeNull()
    expect(await handlers['acl.open-expectations'](undefined)).toBeNull()
    await desk.save(at('cases.yml'), { version: '2.0', cases: [] })
    expect(await handlers['acl.save-expectations']({ expectations: EXPECTATIONS, to: 'same' })).toBe('cases.yml')
    expect(readFileSync(at('cases.yml'), 'utf8')).toContain('version: "2.1"')
  })

  it('restores the file and what was not saved, until it is saved or left', async () => {
    writeFileSync(at('cases.yaml'), '\ufeffcases: []\n')
    const { handlers } = handlersFor(at('cases.yaml'))
    expect(await handlers['acl.open-expectations'](undefined)).toEqual({ name: 'cases.yaml', text: 'cases: []\n' })
    await handlers['acl.keep-expectations']({ unsaved: 'mine' })
    expect(await desk.restore()).toEqual({ file: { name: 'cases.yaml', text: 'cases: []\n' }, unsaved: 'mine' })
    rmSync(at('cases.yaml'))
    expect(await desk.restore()).toEqual({ file: null, unsaved: 'mine' })
    await handlers['acl.leave-expectations'](undefined)
    expect(await desk.restore()).toEqual({ file: null, unsaved: null })
  })

  it('refuses what is too large, is no text or no file, and keeps the open one', async () => {
    await desk.save(at('cases.yaml'), EXPECTATIONS)
    writeFileSync(at('bytes'), Buffer.from([0x61, 0xff]))
    writeFileSync(at('large'), '')
    truncateSync(at('large'), 33 * 1024 * 1024)
    for (const [name, reason] of [['bytes', 'no UTF-8 text'], ['large', 'more than 32 MB'], ['nothing', 'ENOENT'], ['.', 'no file']] as const) {
      await expect(desk.open(at(name))).rejects.toMatchObject({ code: 'file-not-read', details: { reason } })
    }
    expect(desk.path).toBe(at('cases.yaml'))
  })
})
