import { describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import type { Expansion } from '@shared/payload/outline'
import { AUTOMATIC, usualChoice } from '@shared/payload/reading'
import { PayloadReader } from '../../../../../src-main/payload/payload-reader'
import type { ChosenReading, MessagePayload } from '../../../../../src-main/payload/payload-api'
import { shownText } from '../../../../support/read-payload'
import { evaluated } from '../../../../../src-main/payload/documents/document'

const AUTO: ChosenReading = { reading: AUTOMATIC, by: null }
const messageOf = (payload: Uint8Array): MessagePayload => ({
  topic: 't',
  payload,
  totalBytes: payload.byteLength,
  contentType: null,
  payloadFormatIndicator: null,
})
const json = (value: unknown) => messageOf(Buffer.from(JSON.stringify(value)))
const codeOf = async (promise: Promise<unknown>) => promise.then(() => 'no error', (error: unknown) => (error instanceof AppError ? error.code : String(error)))

describe('an expression', () => {
  it('gives what JSONata makes of the payload', async () => {
    const plant = '{"readings":[{"id":1,"value":20.5},{"id":2,"value":21.5}]}'
    expect(await evaluated(plant, 'readings[value > 21].id')).toBe('2')
    expect(await evaluated(plant, '$sum(readings.value)')).toBe('42')
    expect(await evaluated(plant, 'readings.{"n": id}')).toBe('[{"n":1},{"n":2}]')
  })

  it('says what is wrong with it', async () => {
    expect(await codeOf(evaluated('{}', 'a['))).toBe('expression-invalid')
    expect(await codeOf(evaluated('{}', '$unknown()'))).toBe('expression-invalid')
    expect(await codeOf(evaluated('{}', 'nothing'))).toBe('expression-empty')
    expect(await codeOf(evaluated('no json', 'a'))).toBe('payload-not-json')
  })
})

describe('documents', () => {
  const AT_FIRST: Expansion = { levels: 'auto', toggled: [] }

  it('are not there until they are opened, and the last few stay', async () => {
    const reader = new PayloadReader()
    expect(reader.readOutline('a', AT_FIRST, 0, 10)).toBeNull()
    for (const key of ['a', 'b', 'c', 'd']) await reader.openDocument(key, json({ key }), AUTO, null)
    expect(reader.readValue('a', ['key'])).toEqual({ text: '"a"' })
    await reader.openDocument('e', json({}), AUTO, null)
    expect(reader.readValue('b', [])).toBeNull()
    expect(reader.readValue('a', [])).not.toBeNull()
  })

  it.each([
    ['xml', '<r id="7"><v>1.50</v><v>2</v></r>', ['r', 'v', 0], '1.50', '$sum(r.v)', '3.5'],
    ['yaml', 'r:\n  v: [99999999999999999999, 2]\n', ['r', 'v', 0], '99999999999999999999', 'r.v[1]', '2'],
  ] as const)('of %s have its text, and the tree of what it stands for', async (kind, text, path, value, expression, result) => {
    const reader = new PayloadReader()
    const chosen: ChosenReading = { reading: { compression: 'none', format: usualChoice(kind) }, by: 'hand' }
    await reader.openDocument('a', messageOf(Buffer.from(text)), chosen, null)
    expect(reader.readValue('a', path)).toEqual({ text: value })
    expect(reader.readTextRows('a', 100, 0, 10)?.rows.map((row) => row.text)).toEqual(shownText(Buffer.from(text), { as: kind }).split('\n'))
    await reader.openDocument('b', messageOf(Buffer.from(text)), chosen, expression)
    expect(reader.readValue('b', [])).toEqual({ text: result })
  })

  it('are all of the payload, whatever a preview shows of it', async () => {
    const reader = new PayloadReader()
    await reader.openDocument('long', json(Array.from({ length: 300_000 }, (_, index) => index)), AUTO, null)
    const outline = reader.readOutline('long', { levels: 1, toggled: [] }, 300_000, 1)
    expect(outline).toMatchObject({ totalRows: 300_001, rows: [{ text: '299999', path: [299_999] }] })
    expect(reader.findText('long', 100, '299999', { row: 0, column: 0 }, false)?.found).not.toBeNull()
  })

  it('are what an expression makes of it', async () => {
    const reader = new PayloadReader()
    await reader.openDocument('q', json({ a: [1, 2, 3] }), AUTO, 'a[$ > 1]')
    expect(reader.readOutline('q', AT_FIRST, 0, 10)?.rows.map(({ text }) => text)).toEqual(['[2,3]', '2', '3'])
  })

  it('have no text where the payload is bytes', async () => {
    const reading = { ...AUTOMATIC, format: usualChoice('hex') }
    expect(await codeOf(new PayloadReader().openDocument('h', json({}), { reading, by: 'hand' }, null))).toBe('payload-no-text')
  })
})
