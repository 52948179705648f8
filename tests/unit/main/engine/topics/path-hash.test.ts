import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PathHash, randomHashKeys } from '../../../../../src-main/engine/topics/path-hash'

const anyPath = fc.stringMatching(/^[a-c/é]{1,40}$/).map((text) => Buffer.from(text))

describe('PathHash', () => {
  it('hashes a path and the levels above in one pass as each by itself', () => {
    fc.assert(
      fc.property(anyPath, fc.nat(3), (path, start) => {
        const hash = new PathHash(randomHashKeys())
        const bytes = Buffer.concat([Buffer.alloc(start, 0x2f), path, Buffer.from('/more')])
        const ends = new Uint32Array(64)
        const hashes = new Int32Array(64)
        const levels = hash.ofLevels(bytes, start, start + path.length, ends, hashes)
        const words = [...hash.words.subarray(0, Math.ceil(path.length / 4))]
        const prefixes = path.toString().split('/').map((_, index, all) => Buffer.from(all.slice(0, index + 1).join('/')))
        expect([...ends.subarray(0, levels)]).toEqual(prefixes.map(({ length }) => length))
        expect([...hashes.subarray(0, levels)]).toEqual(prefixes.map((prefix) => hash.of(prefix, 0, prefix.length)))
        hash.of(path, 0, path.length)
        expect(words).toEqual([...hash.words.subarray(0, words.length)])
      }),
    )
  })

  it('is another one with other keys, so that nobody outside can choose topics that collide', () => {
    const path = Buffer.from('a/b')
    const hashes = Array.from({ length: 20 }, () => new PathHash(randomHashKeys()).of(path, 0, path.length))
    expect(new Set(hashes).size).toBeGreaterThan(18)
  })

  it('spreads topics that are much alike as chance does, in its low bits too', () => {
    const hash = new PathHash(randomHashKeys())
    const slots = new Set<number>()
    for (let index = 0; index < 65_536; index += 1) {
      const path = Buffer.from(`plant/line-${index % 16}/device-${index >> 4}`)
      slots.add(hash.of(path, 0, path.length) & 0xffff)
    }
    // By chance 1 − 1/e of all.
    expect(slots.size / 65_536).toBeCloseTo(1 - 1 / Math.E, 1)
  })

  it('has no difference of two words that cancels whatever the keys are', () => {
    const differences: readonly (readonly [number, number])[] = [
      [0x8000_0000, 0x8000_0000],
      [0x8000_0000, 0x0000_8000],
      [0x8000_0000, 0x8000_8000],
      [0x8000_8000, 0x8000_8000],
    ]
    for (const [first, second] of differences) {
      const collisions = Array.from({ length: 200 }, () => {
        const hash = new PathHash(randomHashKeys())
        const one = Buffer.from('aaaabbbb')
        const other = Buffer.from(one)
        other.writeUInt32LE((one.readUInt32LE(0) ^ first) >>> 0, 0)
        other.writeUInt32LE((one.readUInt32LE(4) ^ second) >>> 0, 4)
        return hash.of(one, 0, 8) === hash.of(other, 0, 8)
      })
      expect(collisions.filter(Boolean).length).toBeLessThan(3)
    }
  })
})
