import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { csv, jsonLines } from '../../../../src-main/export/line-formats'
import { anyText } from '../support/any-text'
import { exported } from './messages'

/** Rows of CSV as Python's csv module, which is not ours, reads them. */
function readByPython(text: string): string[][] {
  const program = 'import csv,io,json,sys; print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")))))'
  return JSON.parse(execFileSync('python3', ['-c', program], { input: text, encoding: 'utf8' })) as string[][]
}

describe('JSON Lines', () => {
  it('says all of a message, one a line', () => {
    const properties = {
      ...NO_PUBLISH_PROPERTIES,
      contentType: 'text/plain',
      correlationData: Uint8Array.of(1, 2, 255),
      userProperties: [{ name: 'a', value: 'b' }],
    }
    const lines = jsonLines([]).linesOf([exported('a/b', 'two\nlines', { qos: 2, retain: true, dup: true, properties }), exported('c', Uint8Array.of(0xff))])
    const [first, second, end] = lines.split('\n')
    expect(JSON.parse(first ?? '')).toEqual({
      topic: 'a/b',
      time: '2026-01-31T12:00:00.007Z',
      qos: 2,
      retain: true,
      dup: true,
      properties: { contentType: 'text/plain', correlationDataBase64: 'AQL/', userProperties: [{ name: 'a', value: 'b' }] },
      payload: 'two\nlines',
      encoding: 'utf-8',
    })
    expect(JSON.parse(second ?? '')).toEqual({ topic: 'c', time: '2026-01-31T12:00:00.007Z', qos: 0, retain: false, payload: '/w==', encoding: 'base64' })
    expect(end).toBe('')
  })

  it('gives every payload back, byte for byte', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), anyText().map((text) => new Uint8Array(Buffer.from(text)))), (payload) => {
        const line = JSON.parse(jsonLines([]).linesOf([exported('t', payload)])) as { payload: string; encoding: BufferEncoding }
        expect(new Uint8Array(Buffer.from(line.payload, line.encoding))).toEqual(payload)
      }),
    )
  })
})

describe('CSV', () => {
  it('has a row for each message and a column for each field', () => {
    const format = csv([['v'], ['odd key', 0]])
    const text = format.head + format.linesOf([exported('a', '{"v": "x, \\"y\\""}', { fields: ['x, "y"', '-5'] }), exported('b', Uint8Array.of(0, 1), { fields: [null, '0x'] })])
    expect(readByPython(text)).toEqual([
      ['time', 'topic', 'qos', 'retain', 'size', 'payload', 'encoding', 'v', '["odd key"][0]'],
      ['2026-01-31T12:00:00.007Z', 'a', '0', 'false', '17', '{"v": "x, \\"y\\""}', 'utf-8', 'x, "y"', '-5'],
      ['2026-01-31T12:00:00.007Z', 'b', '0', 'false', '2', 'AAE=', 'base64', '', '0x'],
    ])
  })

  it('makes formulas harmless, wherever they stand', () => {
    const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '=1\n+2', '＝1', '＋1', '－1', '＠x', '=cmd|\' /C calc\'!A0']
    const rows = readByPython(csv([['f']]).linesOf(formulas.map((formula) => exported(formula, formula, { fields: [formula] }))))
    expect(rows.map(([, topic, , , , payload, , field]) => [topic, payload, field])).toEqual(
      formulas.map((formula) => [`'${formula}`, `'${formula}`, `'${formula}`]),
    )
  })

  it('leaves numbers what they are', () => {
    const [row] = readByPython(csv([['f'], ['g']]).linesOf([exported('a', '-12.5', { fields: ['-0.5', '1e5'] })]))
    expect(row?.slice(5)).toEqual(['-12.5', 'utf-8', '-0.5', '1e5'])
  })

  it('begins no cell with what a spreadsheet would run, but for numbers, and keeps the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 8, unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', 'a', '1', '.', "'") }), { minLength: 100, maxLength: 200 }), (texts) => {
        const rows = readByPython(csv([]).linesOf(texts.map((text) => exported('t', text))))
        rows.forEach(([, , , , , cell = ''], index) => {
          expect(/^[=+\-@\t\r\n]/.test(cell) && Number.isNaN(Number(cell))).toBe(false)
          expect([texts[index], `'${texts[index]}`]).toContain(cell)
        })
      }),
      { numRuns: 3 },
    )
  })
})
