import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LazyOrder, type SiblingOrder } from '../../../../../src-main/engine/views/lazy-order'

/** Nodes by their number in `numbers`, and by their id where that is the same. */
function byNumber(numbers: readonly number[]): SiblingOrder {
  return {
    fillKeys: (nodes, keys, from, to) => {
      for (let index = from; index < to; index += 1) keys[index] = numbers[nodes[index] ?? 0] ?? 0
    },
    compare: (a, b) => a - b,
  }
}

function setUp(numbers: readonly number[], rowsBelow: readonly number[] = []) {
  const nodes = numbers.map((_, node) => node)
  const expected = [...nodes].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b)
  return { expected, order: new LazyOrder(Uint32Array.from(nodes), byNumber(numbers), Uint32Array.from(nodes, (node) => rowsBelow[node] ?? 0)) }
}

function slice(order: LazyOrder, from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(to, order.length) - from) }, (_, index) => order.at(from + index))
}

/** The row each node begins at. */
function rowsOf(expected: readonly number[], rowsBelow: readonly number[]): number[] {
  let row = 0
  return expected.map((node) => {
    const begins = row
    row += 1 + (rowsBelow[node] ?? 0)
    return begins
  })
}

const anyNumbers = fc.oneof(fc.array(fc.nat(5), { maxLength: 200 }), fc.array(fc.double({ noNaN: true }), { maxLength: 200 }), fc.nat(200).map((length) => Array.from({ length }, (_, index) => index)))

describe('LazyOrder', () => {
  it('is what sorting everything gives, in whatever order its parts are looked at', () => {
    const looks = fc.array(fc.record({ from: fc.nat(220), count: fc.nat(40) }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(anyNumbers, looks, (numbers, windows) => {
        const { expected, order } = setUp(numbers)
        for (const { from, count } of windows) expect(slice(order, from, from + count)).toEqual(expected.slice(from, from + count))
        expect(slice(order, 0, numbers.length)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('finds the node of a row and the row of a node, with the rows open below each', () => {
    const cases = anyNumbers.chain((numbers) =>
      fc.tuple(fc.constant(numbers), fc.array(fc.nat(3), { minLength: numbers.length, maxLength: numbers.length }), fc.array(fc.nat(1_000), { maxLength: 20 })),
    )
    fc.assert(
      fc.property(cases, ([numbers, rowsBelow, picks]) => {
        const { expected, order } = setUp(numbers, rowsBelow)
        const begins = rowsOf(expected, rowsBelow)
        expect(order.rows).toBe(numbers.length + rowsBelow.reduce((sum, rows) => sum + rows, 0))
        for (const pick of picks) {
          const row = pick % (order.rows + 3)
          const index = begins.findLastIndex((begin) => begin <= row)
          expect(order.placeAt(row)).toEqual(row >= order.rows ? null : { index, row: begins[index] })
          const at = expected.indexOf(pick)
          expect(order.placeOf(pick)).toEqual(at < 0 ? null : { index: at, row: begins[at] })
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the order when other rows are open', () => {
    const { order } = setUp([3, 1, 2], [5, 0, 0])
    expect(order.placeOf(0)).toEqual({ index: 2, row: 2 })
    order.weigh(Uint32Array.of(0, 0, 10))
    expect(order.rows).toBe(13)
    expect(order.placeOf(0)).toEqual({ index: 2, row: 12 })
  })

  it.each([
    ['equal', () => 7],
    ['sorted', (index: number) => index],
    ['falling', (index: number) => -index],
    ['of two values', (index: number) => index % 2],
  ])('does not grow slow on keys that are %s', (_what, keyOf) => {
    const length = 100_000
    const compare = vi.fn((a: number, b: number) => a - b)
    const fillKeys = vi.fn((nodes: Uint32Array, keys: Float64Array, from: number, to: number) => {
      for (let index = from; index < to; index += 1) keys[index] = keyOf(nodes[index] ?? 0)
    })
    const order = new LazyOrder(Uint32Array.from({ length }, (_, index) => index), { fillKeys, compare }, new Uint32Array(length))
    const middle = slice(order, 50_000, 50_100)
    expect(new Set(middle).size).toBe(100)
    // A full sort would compare 1.7 million times.
    expect(compare.mock.calls.length).toBeLessThan(1_200_000)
    expect(fillKeys.mock.calls.length).toBeLessThan(10)
  })

  it('is empty of nothing', () => {
    const { order } = setUp([])
    expect([order.length, order.rows, order.placeAt(0), order.placeOf(0), slice(order, 0, 5)]).toEqual([0, 0, null, null, []])
  })
})
