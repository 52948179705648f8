import { describe, expect, it } from 'vitest'
import { PacketRing } from '../../../../../src-main/engine/packet-log/packet-ring'

function add(ring: PacketRing, bytes: number): void {
  ring.addPacket({ version: 5, type: 3, bytes, stored: new Uint8Array(bytes), cut: null }, 'sent', null)
}

describe('the ring', () => {
  it('keeps the newest entries, and says how many had to go', () => {
    const ring = new PacketRing({ entries: 1_000, bytes: 1e9 })
    for (let count = 0; count < 20_000; count += 1) add(ring, 10)
    expect(ring).toMatchObject({ kept: 1_000, letGo: 19_000, firstSequence: 19_001, nextSequence: 20_001 })
    expect(ring.find(19_000)).toBeUndefined()
    expect(ring.find(19_001)?.sequence).toBe(19_001)
    expect(ring.find(20_000)?.sequence).toBe(20_000)
    expect(ring.find(20_001)).toBeUndefined()
  })

  it('holds no more bytes than it may, whatever comes', () => {
    const ring = new PacketRing({ entries: 1e9, bytes: 100_000 })
    for (let count = 0; count < 500; count += 1) {
      add(ring, (count * 7_919) % 30_000)
      expect(ring.bytes).toBeLessThanOrEqual(100_000)
    }
    expect(ring.kept + ring.letGo).toBe(500)
  })

  it('keeps an entry that is larger than the limit alone', () => {
    const ring = new PacketRing({ entries: 10, bytes: 100 })
    add(ring, 5)
    add(ring, 1_000)
    expect(ring).toMatchObject({ kept: 1, letGo: 1 })
  })

  it('is empty when cleared, and gives no number twice', () => {
    const ring = new PacketRing({ entries: 10, bytes: 1e6 })
    ring.addEvent('open', '')
    const sequence = ring.firstSequence
    ring.clear()
    expect(ring).toMatchObject({ kept: 0, bytes: 0, letGo: 0 })
    expect(ring.find(sequence)).toBeUndefined()
    ring.addEvent('open', '')
    expect(ring.firstSequence).toBe(sequence + 1)
  })
})
