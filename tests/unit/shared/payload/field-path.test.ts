import { describe, expect, it } from 'vitest'
import { fieldAt, fieldPathSchema, isSamePath, MAX_FIELD_PATH_STEPS, pathText } from '@shared/payload/field-path'

const message = { status: { values: [1, { deep: true }], 'odd key': 'x', 0: 'key zero' }, none: null }

describe('fieldAt', () => {
  it.each([
    [[], message],
    [['status', 'values', 0], 1],
    [['status', 'values', 1, 'deep'], true],
    [['status', 'odd key'], 'x'],
    [['status', '0'], 'key zero'],
    [['none'], null],
  ])('finds %j', (path, value) => {
    expect(fieldAt(message, path)).toEqual(value)
  })

  it.each([
    [['missing']],
    [['status', 'values', 2]],
    [['status', 'values', 'length']],
    [['status', 'values', '0']],
    [['status', 0]],
    [['none', 'below']],
    [['toString']],
    [['__proto__']],
    [['status', 'odd key', 0]],
  ])('finds nothing at %j', (path) => {
    expect(fieldAt(message, path)).toBeUndefined()
  })

  it('finds nothing in a value that is a number', () => {
    expect(fieldAt(21.5, [])).toBe(21.5)
    expect(fieldAt(21.5, ['toFixed'])).toBeUndefined()
  })
})

describe('pathText', () => {
  it.each([
    [[], ''],
    [['status', 'values', 0, 'odd key'], 'status.values[0]["odd key"]'],
    [[3, 'größe', '$x_1'], '[3].größe.$x_1'],
    [['7', 'say "hi"', ''], '["7"]["say \\"hi\\""][""]'],
  ])('writes %j', (path, text) => {
    expect(pathText(path)).toBe(text)
  })
})

describe('isSamePath', () => {
  it('tells an index from a key', () => {
    expect(isSamePath(['a', 0], ['a', 0])).toBe(true)
    expect(isSamePath(['a', 0], ['a', '0'])).toBe(false)
    expect(isSamePath(['a'], ['a', 'b'])).toBe(false)
  })
})

describe('fieldPathSchema', () => {
  it('refuses what is no path', () => {
    for (const path of [[-1], [1.5], [null], ['x'.repeat(1_001)], Array.from({ length: MAX_FIELD_PATH_STEPS + 1 }, () => 'a')]) {
      expect(fieldPathSchema.safeParse(path).success).toBe(false)
    }
  })
})
