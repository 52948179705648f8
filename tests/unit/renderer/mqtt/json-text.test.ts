import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonProblem, placeOf } from '../../../../src-renderer/mqtt/json-text'

describe('jsonProblem', () => {
  it('finds none in valid JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonProblem(text)).toBeNull()
      }),
    )
  })

  it.each([
    ['{"a": 1,}', 'PropertyNameExpected', 8],
    ['{"a" 1}', 'ColonExpected', 5],
    ['[1 2]', 'CommaExpected', 3],
    ['{"a": tru}', 'InvalidSymbol', 6],
    ['"open', 'UnexpectedEndOfString', 0],
    ['{} x', 'InvalidSymbol', 3],
    ['// no', 'InvalidCommentToken', 0],
  ])('points at what is wrong in %s', (text, problem, offset) => {
    expect(jsonProblem(text)).toEqual({ problem, offset })
  })

  it('gives up quietly on what is nested too deeply', () => {
    expect(() => jsonProblem('['.repeat(200_000))).not.toThrow()
  })
})

describe('placeOf', () => {
  it('counts lines and columns from 1', () => {
    expect(placeOf('ab\ncd', 0)).toEqual({ line: 1, column: 1 })
    expect(placeOf('ab\r\ncd', 5)).toEqual({ line: 2, column: 2 })
  })
})
