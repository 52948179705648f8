import { describe, expect, it } from 'vitest'
import { PacketIdentifiers } from '../../../../../src-main/engine/connection/packet-identifiers'

describe('PacketIdentifiers', () => {
  it('go round, from 1 to 65,535, and pass over those in use', () => {
    const identifiers = new PacketIdentifiers(() => 65_534.5 / 65_535)
    expect([identifiers.allocate(), identifiers.allocate()]).toEqual([65_535, 1])
    for (let count = 2; count <= 65_534; count += 1) identifiers.allocate()
    expect(identifiers.allocate()).toBeNull()
    identifiers.release(7)
    expect(identifiers.allocate()).toBe(7)
  })

  it('are lent to a network connection, and come back with its end, but not those it never had', () => {
    const identifiers = new PacketIdentifiers(() => 0)
    const own = identifiers.allocate()
    const lent = identifiers.lend()
    expect(lent.allocate()).toBe(2)
    expect(lent.getLastAllocated()).toBe(2)
    expect([lent.register(2), lent.register(1)]).toEqual([true, false])
    lent.deallocate(own ?? 0)
    lent.clear()
    const taken = new Set(Array.from({ length: 65_534 }, () => identifiers.allocate()))
    expect(taken.has(2)).toBe(true)
    expect(taken.has(own)).toBe(false)
  })
})
