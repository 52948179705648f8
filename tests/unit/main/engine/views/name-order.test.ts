import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LazyOrder } from '../../../../../src-main/engine/views/lazy-order'
import { NameOrder } from '../../../../../src-main/engine/views/name-order'
import { TopicTreeBench } from '../../support/topic-tree-bench'

const natural = new Intl.Collator('en', { numeric: true })

/** The order the tree had when it held its names as strings. */
function sorted(names: readonly string[], isTopLevel: boolean): string[] {
  const last = (name: string): number => (isTopLevel && name.startsWith('$') ? 1 : 0)
  return [...names].sort((a, b) => last(a) - last(b) || natural.compare(a, b) || (a < b ? -1 : 1))
}

function ordered(names: readonly string[], isTopLevel: boolean): string[] {
  const { tree, ...bench } = TopicTreeBench.of(...names.map((name) => (isTopLevel ? name : `x/${name}`)))
  const nodes = Uint32Array.from(names, (name) => tree.findTopic(isTopLevel ? name : `x/${name}`))
  expect(bench.sequence).toBe(names.length)
  const order = new LazyOrder(nodes, new NameOrder(tree, isTopLevel), new Uint32Array(tree.idLimit))
  return names.map((_, index) => tree.nameOf(order.at(index)))
}

const printable = fc.string({ unit: fc.constantFrom(...Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code)).filter((each) => !/[+#/]/.test(each))) })
const alike = fc
  .array(fc.constantFrom('a', 'A', 'room', 'Room', '-', '_', ' ', '0', '00', '1', '2', '10', '$', '.', '99999999999999999999'), { maxLength: 6 })
  .map((parts) => parts.join(''))
const accented = fc.array(fc.constantFrom('e', 'é', 'è', 'E', 'u', 'ü', 'z', 'ß', 'б', 'Б', '度', '🌡', '1', '10', '-'), { maxLength: 5 }).map((parts) => parts.join(''))

const unique = (names: fc.Arbitrary<string>) => fc.uniqueArray(names.filter((name) => name !== ''), { minLength: 1, maxLength: 60 })

describe('NameOrder', () => {
  it.each([
    ['of any ASCII', printable],
    ['that are much alike', alike],
  ])('orders names %s as Intl.Collator does, numbers by value', (_what, names) => {
    fc.assert(
      fc.property(unique(names), fc.boolean(), (list, isTopLevel) => {
        expect(ordered(list, isTopLevel)).toEqual(sorted(list, isTopLevel))
      }),
      { numRuns: 500 },
    )
  })

  it('puts two names in the same order, whatever stands beside them', () => {
    fc.assert(
      fc.property(unique(fc.oneof(alike, accented)), fc.nat(), (names, pick) => {
        const all = ordered(names, false)
        const some = names.filter((_, index) => (pick >> index % 30) % 2 === 0)
        fc.pre(some.length > 0)
        expect(ordered(some, false)).toEqual(all.filter((name) => some.includes(name)))
      }),
      { numRuns: 300 },
    )
  })

  it('takes accents for their letters and other scripts for later ones', () => {
    const names = ['épée', 'f', 'e', 'ez', 'Zürich', 'zug', 'ёлка', 'юла', 'Елена', '温度', 'straße', '2', '$x', '🌡']
    expect(ordered(names, false)).toEqual(['$x', '2', 'e', 'épée', 'ez', 'f', 'straße', 'zug', 'Zürich', 'Елена', 'ёлка', 'юла', '温度', '🌡'])
  })

  it('orders names that are alike for a thousand bytes by when they came, without a look at the rest', () => {
    const start = 'x'.repeat(60_000)
    expect(ordered([`${start}b`, `${start}a`, 'x', `${start}c`, `${'x'.repeat(900)}b`], false)).toEqual(['x', `${'x'.repeat(900)}b`, `${start}b`, `${start}a`, `${start}c`])
  })

  it('reads long names to their end', () => {
    const start = 'a-very-long-name-that-no-key-could-hold-'.repeat(20)
    const names = [`${start}2`, `${start}10`, `${start}`, `${start}B`, `${start}a`, 'a', `${'9'.repeat(200)}x`, `${'9'.repeat(199)}8y`]
    expect(ordered(names, false)).toEqual(sorted(names, false))
  })
})
