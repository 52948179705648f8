import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { suggestTopics } from '../../../../../src-main/engine/search/suggest-topics'
import { TopicTreeBench } from '../../support/topic-tree-bench'

function suggested(text: string, topics: readonly string[], limit = 10): string[] {
  return suggestTopics(TopicTreeBench.of(...topics).tree, text, limit).map(({ topic }) => topic)
}

// However busy the machine is, there is time.
beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('suggestTopics', () => {
  const house = ['house/kitchen/temperature', 'house/kitchen/humidity', 'house/bedroom/temperature', 'garage/attempts', '$SYS/broker/uptime']

  it.each([
    ['temp', ['house/kitchen/temperature', 'house/bedroom/temperature', 'garage/attempts']],
    ['KIT temp', ['house/kitchen/temperature']],
    ['kit/hum', ['house/kitchen/humidity']],
    ['hum kit', []],
    ['house', ['house', 'house/bedroom', 'house/kitchen', 'house/kitchen/humidity', 'house/bedroom/temperature', 'house/kitchen/temperature']],
    ['  ', []],
    ['', []],
    ['$sys up', ['$SYS/broker/uptime']],
    ['nothing', []],
  ])('takes %j for topics with these parts, in this order', (text, expected) => {
    const found = suggested(text, house)
    expect(new Set(found)).toEqual(new Set(expected))
    expect(found[0]).toBe(found.length === 0 ? undefined : expected[0])
  })

  it('finds a word whose signs were not typed, within its level', () => {
    const topics = ['plant/line-3/cell_42', 'plant/line-31', 'line/3', 'li-ne-3']
    expect(suggested('line3', topics)).toEqual(['li-ne-3', 'plant/line-3', 'plant/line-31', 'plant/line-3/cell_42'])
    expect(suggested('line3 cell42', topics)).toEqual(['plant/line-3/cell_42'])
  })

  it('prefers the beginnings of levels, then of words, then short topics', () => {
    const topics = ['a/long/way/pump', 'apump', 'x-pump', 'b/pump', 'spump/pump']
    expect(suggested('pump', topics)).toEqual(['b/pump', 'spump/pump', 'a/long/way/pump', 'x-pump', 'apump', 'spump'])
  })

  it('gives the best, no more than asked for, and says how many messages each has had', () => {
    const bench = TopicTreeBench.of(...Array.from({ length: 5_000 }, (_, index) => `t/${5_000 - index}`), 't/1')
    bench.tree.fold(1_000)
    expect(suggestTopics(bench.tree, 't', 3)).toEqual([
      { topic: 't', messages: 5_001 },
      { topic: 't/9', messages: 1 },
      { topic: 't/8', messages: 1 },
    ])
    expect(suggestTopics(bench.tree, 't 1', 1)).toEqual([{ topic: 't/1', messages: 2 }])
  })

  it('finds what is not ASCII, and no forgotten topic', () => {
    const bench = TopicTreeBench.of('küche/温度', 'gone')
    bench.tree.remove(bench.node('gone'))
    expect(suggestTopics(bench.tree, 'küche 温', 5).map(({ topic }) => topic)).toEqual(['küche/温度'])
    expect(suggestTopics(bench.tree, 'gone', 5)).toEqual([])
  })

  it('ends in time, with what it has found so far', () => {
    const { tree } = TopicTreeBench.of(...Array.from({ length: 20_000 }, (_, index) => `t/${index}`))
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 30))
    expect(suggestTopics(tree, 't/8', 5)).toHaveLength(5)
    expect(suggestTopics(tree, '19999', 5)).toEqual([])
  })

  it('ends in time however long the topics are', () => {
    const { tree } = TopicTreeBench.of(...Array.from({ length: 40 }, (_, index) => `${'a'.repeat(60_000)}${index}`))
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10))
    expect(suggestTopics(tree, 'aaa39', 5)).toEqual([])
  })
})
