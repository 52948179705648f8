import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isSameNumber, jsonDifferences } from '../../../../../src-main/payload/comparing/json-differences'

const brief = (before: string, after: string, tolerance = 0) =>
  jsonDifferences(before, after, tolerance).differences.map(({ kind, path, before: was, after: is }) => [kind, path, was, is])

describe('differences of JSON values', () => {
  it('are none exactly when the values are the same', () => {
    // Negative zero has the same value as zero; JSON.stringify writes no other oddity.
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [before, after] = [JSON.stringify(a), JSON.stringify(b)]
        expect(jsonDifferences(before, after, 0).total === 0).toBe(isDeepStrictEqual(JSON.parse(before), JSON.parse(after)))
        expect(jsonDifferences(before, JSON.stringify(a, null, 2), 0).total).toBe(0)
      }),
    )
  })

  it('name what was added, removed and changed, by its path', () => {
    expect(brief('{"a":1,"b":{"c":true},"d":"x"}', '{"d":"y","b":{"c":true,"e":null},"f":[]}')).toEqual([
      ['removed', ['a'], '1', null],
      ['added', ['b', 'e'], null, 'null'],
      ['changed', ['d'], '"x"', '"y"'],
      ['added', ['f'], null, '[]'],
    ])
    expect(brief('1', '"1"')).toEqual([['changed', [], '1', '"1"']])
    expect(brief('{"a":[]}', '{"a":{}}')).toEqual([['changed', ['a'], '[]', '{}']])
  })

  it('do not depend on the order of keys, spacing or escapes', () => {
    expect(brief('{"a":1,"b":"\\u0041"}', '{ "b" : "A", "a" : 1.0 }')).toEqual([])
    expect(brief('{"a":1,"a":2}', '{"a":2}')).toEqual([])
  })

  it('leave out what is the same at both ends of an array', () => {
    expect(brief('[1,2,3,4]', '[0,1,2,3,4]')).toEqual([['added', [0], null, '0']])
    expect(brief('[1,2,3,4]', '[1,2,4]')).toEqual([['removed', [2], '3', null]])
    expect(brief('[{"id":1},{"id":2}]', '[{"id":1},{"id":3},{"id":4}]')).toEqual([
      ['changed', [1, 'id'], '2', '3'],
      ['added', [2], null, '{"id":4}'],
    ])
  })

  it('heed a tolerance for numbers, and for nothing else', () => {
    expect(brief('{"a":20.5,"b":"20.5"}', '{"a":20.6,"b":"20.6"}', 0.1)).toEqual([['changed', ['b'], '"20.5"', '"20.6"']])
    expect(brief('20.5', '20.61', 0.1)).toHaveLength(1)
  })

  it('are counted beyond those that are listed', () => {
    const after = JSON.stringify(Array.from({ length: 3_000 }, (_, index) => index))
    const { differences, total } = jsonDifferences('[]', after, 0)
    expect([differences.length, total]).toEqual([1_000, 3_000])
  })

  it('take no stack from what is nested deeply', () => {
    const deep = (value: string) => '['.repeat(5_000) + value + ']'.repeat(5_000)
    expect(() => jsonDifferences(deep('1'), deep('2'), 0)).not.toThrow()
  })
})

describe('numbers', () => {
  it('are exact where doubles are not', () => {
    expect(isSameNumber('12345678901234567890', '12345678901234567891', 0)).toBe(false)
    expect(isSameNumber('12345678901234567890', '12345678901234567891', 1)).toBe(true)
    expect(isSameNumber('12345678901234567890', '12345678901234567892', 1)).toBe(false)
    expect(isSameNumber('1e3', '1000', 0)).toBe(true)
    expect(isSameNumber('0.3', '0.2', 0.1)).toBe(true)
  })
})
