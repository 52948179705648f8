import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextRowIndex } from '../../../../../src-main/payload/documents/text-rows'

const ROW_LENGTH = 100
const START = { row: 0, column: 0 }
const all = (text: string) => new TextRowIndex(text, ROW_LENGTH).window(0, 10_000)

describe('the rows of a text', () => {
  it('are its lines', () => {
    expect(all('a\nb\r\n\nc')).toEqual({
      firstRow: 0,
      rows: [
        { line: 1, text: 'a' },
        { line: 2, text: 'b' },
        { line: 3, text: '' },
        { line: 4, text: 'c' },
      ],
      totalRows: 4,
      lines: 4,
    })
  })

  it('hold the whole text, none of them too long, whatever it is', () => {
    const units = fc.array(fc.oneof(fc.constantFrom('\n', '😀', 'é'.repeat(150), 'x'.repeat(399)), fc.string()), { maxLength: 30 })
    fc.assert(
      fc.property(units, (parts) => {
        const text = parts.join('').replaceAll('\r', '')
        const { rows, lines } = all(text)
        const whole = rows.map(({ line, text: row }, index) => (line === null || index === 0 ? row : `\n${row}`)).join('')
        expect(whole).toBe(text)
        expect(lines).toBe(text.split('\n').length)
        for (const row of rows) {
          expect(row.text.length).toBeLessThanOrEqual(ROW_LENGTH)
          expect(row.text).not.toMatch(/^[\udc00-\udfff]/)
        }
      }),
    )
  })
})

describe('a long line', () => {
  it('is parted between words where that can be', () => {
    const { rows } = new TextRowIndex('{"first":1,"second":2,"third":3}', 20).window(0, 10)
    expect(rows.map(({ text }) => text)).toEqual(['{"first":1,', '"second":2,', '"third":3}'])
  })
})

describe('find', () => {
  const text = `Alpha\nbeta ${'x'.repeat(1_000)}alpha\n.*`
  const index = new TextRowIndex(text, ROW_LENGTH)

  it('goes on from a place, in any case, and at the end from the start', () => {
    const first = index.find('ALPHA', START, false)
    expect(first).toEqual({ row: 0, start: 0, end: 5 })
    const second = index.find('ALPHA', { row: 0, column: 1 }, false)
    expect(second?.row).toBeGreaterThan(1)
    const { rows } = index.window(second?.row ?? 0, 1)
    expect(rows[0]?.text.slice(second?.start, second?.end)).toBe('alpha')
    expect(index.find('alpha', { row: second?.row ?? 0, column: (second?.start ?? 0) + 1 }, false)).toEqual(first)
  })

  it('goes backwards too', () => {
    const second = index.find('alpha', START, true)
    expect(second?.row).toBeGreaterThan(1)
    expect(index.find('alpha', { row: second?.row ?? 0, column: second?.start ?? 0 }, true)).toEqual({ row: 0, start: 0, end: 5 })
  })

  it('takes what is sought as it is, not as a pattern', () => {
    expect(index.find('.*', START, false)).toMatchObject({ start: 0, end: 2 })
    expect(index.find('be.a', START, false)).toBeNull()
  })
})
