import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRows, hasRow } from '../../../../../src-renderer/features/table/row-spans'
import { useRowChoice } from '../../../../../src-renderer/features/table/use-row-choice'

const rowsOf = ({ spans }: ReturnType<typeof useRowChoice>): number[] =>
  spans.value.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index))

describe('choosing rows', () => {
  it('goes by the customs of lists', () => {
    const choice = useRowChoice()
    choice.only(5)
    choice.extendTo(8)
    expect(rowsOf(choice)).toEqual([5, 6, 7, 8])
    choice.extendTo(3)
    expect(rowsOf(choice)).toEqual([3, 4, 5])
    choice.toggle(4)
    choice.toggle(9)
    expect([rowsOf(choice), choice.active.value]).toEqual([[3, 5, 9], 9])
    choice.extendTo(10)
    expect(rowsOf(choice)).toEqual([9, 10])
    choice.all(1_000_000)
    expect([choice.count.value, choice.has(999_999), choice.has(1_000_000)]).toEqual([1_000_000, true, false])
    choice.clear()
    expect([choice.count.value, choice.active.value]).toEqual([0, null])
  })

  it('is a set of rows, in spans that neither touch nor overlap', () => {
    const step = fc.tuple(fc.constantFrom('only' as const, 'toggle' as const), fc.nat({ max: 12 }))
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const choice = useRowChoice()
        let model = new Set<number>()
        for (const [how, row] of steps) {
          choice[how](row)
          if (how === 'only') model = new Set([row])
          else if (!model.delete(row)) model.add(row)
        }
        expect(rowsOf(choice)).toEqual([...model].sort((a, b) => a - b))
        expect(countRows(choice.spans.value)).toBe(model.size)
        for (let row = 0; row < 13; row += 1) expect(hasRow(choice.spans.value, row)).toBe(model.has(row))
        choice.spans.value.forEach(({ from }, index, all) => expect(from).toBeGreaterThan(all[index - 1]?.to ?? -1))
      }),
    )
  })
})
