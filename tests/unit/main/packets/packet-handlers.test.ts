import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SaveDialogReturnValue } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EVERY_PACKET } from '@shared/packets/packet-log'
import type { PacketPiece } from '../../../../src-main/engine/engine-api'
import { packetHandlers, type PacketSource } from '../../../../src-main/packets/packet-handlers'

const ID = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'
const PIECES: PacketPiece[] = [
  { text: 'one\n', packets: 1, next: { from: 2, until: 9 } },
  { text: 'two\nthree\n', packets: 2, next: { from: 4, until: 9 } },
  { text: '', packets: 0, next: null },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-packets-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function setUp(filePath: string, pieces = [...PIECES]) {
  const call = vi.fn(() => Promise.resolve(pieces.shift()))
  const showSaveDialog = vi.fn((_options: unknown): Promise<SaveDialogReturnValue> => Promise.resolve({ canceled: filePath === '', filePath }))
  const handlers = packetHandlers(() => ({ call }) as unknown as PacketSource, { showSaveDialog })
  return { call, showSaveDialog, save: (format: 'text' | 'json-lines') => handlers['packets.save']({ connectionId: ID, filter: EVERY_PACKET, format }), handlers }
}

describe('packets.save', () => {
  it('writes every piece in order, and says how many packets there were', async () => {
    const path = join(folder, 'log.txt')
    const { save, call } = setUp(path)
    expect(await save('text')).toEqual({ name: 'log.txt', packets: 3 })
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n')
    expect(call.mock.calls).toEqual([
      ['writePackets', EVERY_PACKET, 'text', null],
      ['writePackets', EVERY_PACKET, 'text', { from: 2, until: 9 }],
      ['writePackets', EVERY_PACKET, 'text', { from: 4, until: 9 }],
    ])
  })

  it('proposes a name that suits the format', async () => {
    const { save, showSaveDialog } = setUp(join(folder, 'x'))
    await save('json-lines')
    expect(showSaveDialog.mock.calls[0]?.[0]).toMatchObject({ defaultPath: 'packets.jsonl', filters: [{ extensions: ['jsonl'] }] })
  })

  it('is null, and writes nothing, when no file was chosen', async () => {
    const { save, call } = setUp('')
    expect(await save('text')).toBeNull()
    expect(call).not.toHaveBeenCalled()
  })

  it('says what the system said when it cannot write', async () => {
    const { save } = setUp(join(folder, 'no/such/folder.txt'))
    await expect(save('text')).rejects.toMatchObject({
      code: 'file-not-written',
      details: { name: 'folder.txt', reason: expect.stringContaining('ENOENT') as string },
    })
  })
})

describe('the other requests', () => {
  it('go to the tab’s engine', async () => {
    const { handlers, call } = setUp('')
    await handlers['packets.record']({ connectionId: ID, recording: 'whole' })
    await handlers['packets.clear']({ connectionId: ID })
    await handlers['packets.render']({ connectionId: ID, sequence: 7 })
    expect(call.mock.calls).toEqual([['recordPackets', 'whole'], ['clearPackets'], ['renderPacket', 7]])
  })
})
