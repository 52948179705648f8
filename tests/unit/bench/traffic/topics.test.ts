import { describe, expect, it } from 'vitest'
import { topicNameFault } from '@shared/mqtt/topic'
import { MOST_TOPICS, payloadOf, topicName, topicOrder } from '../../../bench/traffic/topics'

describe('topicName', () => {
  it.each(['fleet', 'wide'] as const)('%s: legal names of one length, none twice', (shape) => {
    const indexes = [...Array.from({ length: 20_000 }, (_, index) => index), MOST_TOPICS - 1, MOST_TOPICS / 2]
    const names = indexes.map((index) => topicName(shape, index))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(names.map((name) => Buffer.byteLength(name))).size).toBe(1)
    expect(topicNameFault(names.at(-2) ?? '')).toBeNull()
  })

  it('spreads a fleet over five levels', () => {
    expect(topicName('fleet', 0)).toBe('plant/00/line-00/dev-00000/humidity')
    expect(topicName('fleet', MOST_TOPICS - 1)).toBe('plant/09/line-99/dev-99999/duration')
  })
})

describe('payloadOf', () => {
  it('is 110 bytes of JSON', () => {
    for (const index of [0, 1, 9_999, MOST_TOPICS - 1]) {
      expect(Buffer.byteLength(payloadOf(index))).toBe(110)
      expect(JSON.parse(payloadOf(index))).toMatchObject({ unit: 'celsius' })
    }
  })
})

describe('topicOrder', () => {
  it('has every topic once, in an order that is another one each round and the same each time', () => {
    const [first, second] = [topicOrder(10_000, 0), topicOrder(10_000, 1)]
    const ascending = Uint32Array.from({ length: 10_000 }, (_, index) => index)
    expect([...first].sort((a, b) => a - b)).toEqual([...ascending])
    expect([...second].sort((a, b) => a - b)).toEqual([...ascending])
    expect(first).not.toEqual(ascending)
    expect(first).not.toEqual(second)
    expect(topicOrder(10_000, 1)).toEqual(second)
  })
})
