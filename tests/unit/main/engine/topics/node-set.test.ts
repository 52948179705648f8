import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NodeSet } from '../../../../../src-main/engine/topics/node-set'

describe('NodeSet', () => {
  it('is a set, in the order of ids', () => {
    const change = fc.tuple(fc.constantFrom('add' as const, 'delete' as const), fc.nat(200))
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const nodes = new NodeSet()
        const model = new Set<number>()
        for (const [what, node] of changes) {
          nodes[what](node)
          model[what](node)
        }
        expect([...nodes.toArray()]).toEqual([...model].sort((a, b) => a - b))
        expect(nodes.size).toBe(model.size)
      }),
    )
  })

  it('is copied as it is, and both go on by themselves', () => {
    const nodes = new NodeSet()
    nodes.add(31)
    const copy = nodes.copy()
    nodes.add(64)
    copy.delete(31)
    expect([[...nodes.toArray()], [...copy.toArray()], copy.size]).toEqual([[31, 64], [], 0])
  })
})
