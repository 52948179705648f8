import { describe, expect, it } from 'vitest'
import { nextDifference } from '../../../../../src-renderer/features/compare/byte-differences'

describe('nextDifference', () => {
  const before = Uint8Array.of(0, 1, 2, 3, 4, 5)
  const after = Uint8Array.of(0, 9, 9, 3, 4, 5, 6)

  it('goes to where a run of differing bytes begins, round the end', () => {
    expect(nextDifference(before, after, -1, 1)).toBe(1)
    expect(nextDifference(before, after, 1, 1)).toBe(6)
    expect(nextDifference(before, after, 6, 1)).toBe(1)
    expect(nextDifference(before, after, 6, -1)).toBe(1)
    expect(nextDifference(before, after, 1, -1)).toBe(6)
  })

  it('goes nowhere in what is the same', () => {
    expect(nextDifference(before, before, 0, 1)).toBeNull()
    expect(nextDifference(new Uint8Array(), new Uint8Array(), -1, 1)).toBeNull()
  })
})
