import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MergeSort } from '../../../../../src-main/engine/table/merge-sort'

function sorted(keys: readonly number[], sliceMs: number): number[] {
  const sort = new MergeSort(keys.length, (a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  // A slice whose time is over already does nothing, and loses nothing.
  sort.step(-1)
  while (!sort.isDone) sort.step(performance.now() + sliceMs)
  return [...sort.order]
}

const expected = (keys: readonly number[]): number[] => keys.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)

it('sorts as the language does, equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 }), { maxLength: 2_000, size: 'max' }), (keys) => {
      expect(sorted(keys, 1)).toEqual(expected(keys))
    }),
    { numRuns: 30 },
  )
})

it.each([0, 1, 511, 512, 513, 1_024, 1_025, 5_000])('sorts %i rows, at the edges of its runs too', (length) => {
  const keys = Array.from({ length }, (_, index) => (index * 7_919) % 1_009)
  expect(sorted(keys, 0.01)).toEqual(expected(keys))
})
