import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathText, type FieldPath } from '@shared/payload/field-path'
import { readFieldPath } from '@shared/table/read-field-path'
import { parseRowFilter, type RowTest } from '@shared/table/row-filter'
import { anyText } from '../../main/support/any-text'

function testsOf(text: string): (RowTest & { negated?: true })[] {
  const parsed = parseRowFilter(text)
  if (!parsed.ok) throw new Error(parsed.fault.code)
  return parsed.filter.map(({ negated, test }) => (negated ? { ...test, negated } : test))
}

const faultOf = (text: string): string | null => {
  const parsed = parseRowFilter(text)
  return parsed.ok ? null : parsed.fault.code
}

describe('the filter of a table', () => {
  it('compares fields, with space around the sign or without', () => {
    const over20: RowTest = { kind: 'field', path: ['temperature'], sign: '>', value: '20' }
    expect(testsOf('temperature>20')).toEqual([over20])
    expect(testsOf('temperature  >  20')).toEqual([over20])
    expect(testsOf('status.values[0]["odd key"]<=-1.5 x != "two words"')).toEqual([
      { kind: 'field', path: ['status', 'values', 0, 'odd key'], sign: '<=', value: '-1.5' },
      { kind: 'field', path: ['x'], sign: '!=', value: 'two words' },
    ])
    expect(testsOf('-state=on')).toEqual([{ kind: 'field', path: ['state'], sign: '=', value: 'on', negated: true }])
  })

  it('takes the terms of the search box, asked of a message', () => {
    expect(testsOf('pump "a > b" a/+/b /x[0-9]/i payload:err since:5m size>1k retained')).toEqual([
      { kind: 'text', text: 'pump' },
      { kind: 'text', text: 'a > b' },
      { kind: 'filter', filter: 'a/+/b' },
      { kind: 'regex', pattern: 'x[0-9]', ignoreCase: true },
      { kind: 'payload', text: 'err' },
      { kind: 'since', milliseconds: 300_000 },
      { kind: 'size', sign: '>', value: 1_024 },
      { kind: 'retained' },
    ])
  })

  it('reads a field of its own name in brackets where an operator has that name', () => {
    expect(testsOf('["size"]>5')).toEqual([{ kind: 'field', path: ['size'], sign: '>', value: '5' }])
  })

  it('says what is wrong', () => {
    expect(faultOf('rate>10')).toBe('of-topics')
    expect(faultOf('messages>10')).toBe('of-topics')
    expect(faultOf('/(/')).toBe('regex')
    expect(faultOf('size>')).toBe('no-value')
    expect(faultOf('a#/b')).toBe('topic-filter')
    expect(faultOf('a '.repeat(21))).toBe('too-many-terms')
    expect(faultOf('x'.repeat(65_536))).toBe('too-long')
  })

  it('says that half a comparison is unfinished, and takes what has no field as text', () => {
    expect(parseRowFilter('pump temperature > ')).toEqual({ ok: false, fault: { code: 'half-comparison', text: 'temperature > ', field: 'temperature' } })
    expect(faultOf('a.b!=')).toBe('half-comparison')
    expect(testsOf('a = ""')).toEqual([{ kind: 'field', path: ['a'], sign: '=', value: '' }])
    expect(testsOf('"temperature >" > 5')).toEqual([{ kind: 'text', text: 'temperature >' }, { kind: 'text', text: '>' }, { kind: 'text', text: '5' }])
    expect(testsOf('["open=1')).toEqual([{ kind: 'text', text: '["open=1' }])
  })

  it('never throws', () => {
    const piece = fc.constantFrom('a', '[0]', '["k"]', '.', '>', '<=', ' ', '"', '-', '/', '\\', '5', '[', ']', 'é')
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (text) => void parseRowFilter(text)))
  })
})

describe('readFieldPath', () => {
  it('reads every path as it is shown', () => {
    const step = fc.oneof(fc.string(), anyText(), fc.nat({ max: 999_999_999 }))
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (path: FieldPath) => {
        expect(readFieldPath(pathText(path))).toEqual(path)
      }),
    )
  })

  it('takes nothing else', () => {
    for (const text of ['', '.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a[1', 'a b', '["a]', '[-1]', 'a[1]b']) expect(readFieldPath(text)).toBeNull()
    expect(readFieldPath('a'.repeat(1_001))).toBeNull()
    expect(readFieldPath('[0]'.repeat(101))).toBeNull()
  })
})
