import { describe, expect, it } from 'vitest'
import type { RetainedOrder } from '@shared/retained/retained'
import { RetainedList } from '../../../../../src-main/engine/retained/retained-list'
import { isWhole } from '../../../../../src-main/engine/retained/retained-message'
import { message } from '../../support/retained-message'

const BY_TOPIC: RetainedOrder = { text: '', sort: 'topic', descending: false }

function listOf(...topics: string[]): RetainedList {
  const list = new RetainedList()
  for (const topic of topics) list.add(message(topic, topic))
  return list
}

const topicsIn = (list: RetainedList, order: Partial<RetainedOrder>) => list.inOrder({ ...BY_TOPIC, ...order }).map(({ topic }) => topic)

describe('the order', () => {
  it('is by topic, size or QoS, either way, ties by topic', () => {
    const list = new RetainedList()
    list.add(message('b', 'long one', { qos: 0 }))
    list.add(message('c', 'x', { qos: 2 }))
    list.add(message('a', 'y', { qos: null }))
    expect(topicsIn(list, {})).toEqual(['a', 'b', 'c'])
    expect(topicsIn(list, { descending: true })).toEqual(['c', 'b', 'a'])
    expect(topicsIn(list, { sort: 'size' })).toEqual(['a', 'c', 'b'])
    expect(topicsIn(list, { sort: 'qos', descending: true })).toEqual(['c', 'b', 'a'])
  })

  it('leaves out what does not contain the text, in any case', () => {
    expect(topicsIn(listOf('Site/A', 'site/b', 'other'), { text: 'SITE/' })).toEqual(['Site/A', 'site/b'])
  })

  it('is of a list that is full of long topics and properties, too', () => {
    const list = new RetainedList(undefined, undefined, 100)
    list.add(message('t'.repeat(50)))
    expect(list.isFull).toBe(false)
    list.add(message('a', 'x', { properties: new Uint8Array(60) }))
    expect(list.isFull).toBe(true)
    list.add(message('b'))
    expect(list.count).toBe(2)
    list.add(message('a'))
    expect(list.isFull).toBe(false)
  })

  it('takes in what comes later', () => {
    const list = listOf('b')
    expect(topicsIn(list, {})).toEqual(['b'])
    list.add(message('a'))
    expect(topicsIn(list, {})).toEqual(['a', 'b'])
  })
})

describe('the selection', () => {
  it('is made of rows as they stand in an order', () => {
    const list = listOf('a', 'bb', 'ccc', 'x')
    list.select({ order: { ...BY_TOPIC, sort: 'size', descending: true }, first: 0, last: 1, selected: true, keepOthers: true })
    expect(list.chosen({ kind: 'selected' }).map(({ topic }) => topic)).toEqual(['bb', 'ccc'])
    expect([list.selected, list.selectedBytes]).toEqual([2, 5])
    list.select({ order: BY_TOPIC, first: 1, last: 1, selected: false, keepOthers: true })
    expect(list.chosen({ kind: 'selected' }).map(({ topic }) => topic)).toEqual(['ccc'])
    list.select({ order: BY_TOPIC, first: 0, last: 0, selected: true, keepOthers: false })
    expect([list.selected, list.selectedBytes]).toEqual([1, 1])
  })

  it('is not what a text lets through', () => {
    expect(listOf('a/1', 'b/1').chosen({ kind: 'shown', text: 'b' }).map(({ topic }) => topic)).toEqual(['b/1'])
  })
})

describe('the limits', () => {
  it('takes no more topics, but the newer message of one it has', () => {
    const list = new RetainedList(2)
    for (const topic of ['a', 'b', 'c']) list.add(message(topic))
    list.add(message('a', 'newer'))
    expect(list.isFull).toBe(true)
    expect(topicsIn(list, {})).toEqual(['a', 'b'])
    expect(Buffer.from(list.find('a')?.payload ?? []).toString()).toBe('newer')
  })

  it('keeps only the start of payloads beyond the budget, and still says their size', () => {
    const list = new RetainedList(10, 1_000)
    list.add(message('a', 'x'.repeat(900)))
    list.add(message('b', 'y'.repeat(900)))
    const [a, b] = list.inOrder(BY_TOPIC)
    expect([a && isWhole(a), b && isWhole(b)]).toEqual([true, false])
    expect(b?.payload.byteLength).toBeLessThan(200)
    expect(list.bytes).toBe(1_800)
    // Its place is free again once it is small.
    list.add(message('a', 'x'))
    list.add(message('b', 'y'.repeat(900)))
    expect(list.inOrder(BY_TOPIC).every(isWhole)).toBe(true)
  })
})
