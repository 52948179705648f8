import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { TopicView } from '../../../../../src-main/engine/views/topic-view'
import { incoming } from '../../support/incoming'

function setUp(topic: string, historyCount = 500, logBudgetBytes = 1_000_000) {
  const ingest = new Ingest(logBudgetBytes, [])
  const pause = { ...NOT_PAUSED }
  const view = new TopicView(ingest.tree, pause, { kind: 'topic', topic, historyCount })
  return {
    ingest,
    view,
    take: (...topics: string[]) => {
      for (const each of topics) ingest.take(incoming(each, `m${ingest.log.sequence + 1}`))
    },
    setPaused: (paused: boolean) => {
      const { log, tree } = ingest
      Object.assign(pause, paused ? { sequence: log.sequence, topicsKnown: tree.topicsKnown } : NOT_PAUSED)
      view.pauseChanged()
    },
    sequences: () => view.frame().history.map(({ sequence }) => sequence),
  }
}

describe('TopicView', () => {
  it('shows the messages of exactly its topic, newest first', () => {
    const { view, take, sequences } = setUp('a')
    take('a', 'a/b', 'a', 'a/', '/a', 'b', 'a')
    expect(sequences()).toEqual([7, 3, 1])
    expect(view.frame()).toMatchObject({ kind: 'topic', topic: 'a', messages: 3, kept: 3, subtopics: 2 })
  })

  it('describes each message', () => {
    const { ingest, view } = setUp('t')
    ingest.take(incoming('t', 'line one\nline two', { qos: 2, retain: true, dup: true }))
    expect(view.frame().history).toEqual([
      {
        sequence: 1,
        receivedAtMs: expect.closeTo(Date.now(), -4) as number,
        qos: 2,
        retain: true,
        dup: true,
        payloadBytes: 17,
        preview: 'line one line two',
      },
    ])
  })

  it('lists as many as were asked for, and counts all', () => {
    const { view, take, sequences } = setUp('a', 2)
    take('a', 'a', 'a')
    expect(sequences()).toEqual([3, 2])
    expect(view.frame()).toMatchObject({ messages: 3, kept: 3 })
    view.update({ kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 0 })
    expect(sequences()).toEqual([])
  })

  it.each(['nothing', 'a'])('has nothing to show of %j, a topic without a message', (topic) => {
    const { view, take } = setUp(topic)
    take('a/b')
    expect(view.frame()).toEqual({
      kind: 'topic',
      topic,
      messages: 0,
      kept: 0,
      subtopics: topic === 'a' ? 1 : 0,
      history: [],
    })
  })

  it('says how many are kept of how many there were', () => {
    const { view, take, sequences } = setUp('a', 500, 600)
    take('a', 'a', 'a', 'a', 'a')
    expect(view.frame()).toMatchObject({ messages: 5, kept: 2 })
    expect(sequences()).toEqual([5, 4])
  })

  it('turns to another topic, and to no other kind', () => {
    const { view, take, sequences } = setUp('a')
    take('a', 'b')
    expect(view.update({ kind: 'topic', topic: 'b', newest: null, firstRow: 0, rowCount: 500 })).toBe(true)
    expect(sequences()).toEqual([2])
    expect(view.update({ kind: 'statistics' })).toBe(false)
    expect(view.frame().topic).toBe('b')
  })
})

describe('a paused TopicView', () => {
  const topics = fc.array(fc.constantFrom('a', 'a/b', 'c'), { maxLength: 20 })

  it('shows what the log still holds of the time before, with the counts of then; and all after', () => {
    fc.assert(
      fc.property(topics, topics, fc.constantFrom(0, 700, 2_000, 1_000_000), (before, after, budget) => {
        const bench = setUp('a', 500, budget)
        const at = (list: readonly string[], until: number) => ({
          messages: list.slice(0, until).filter((topic) => topic === 'a').length,
          subtopics: list.slice(0, until).includes('a/b') ? 1 : 0,
        })
        const held = (until: number) => {
          const sequences = bench.ingest.log.sequence === 0 ? [] : all.map((_topic, index) => index + 1)
          return sequences
            .filter((sequence) => sequence <= until && all[sequence - 1] === 'a' && bench.ingest.log.find(sequence) !== undefined)
            .reverse()
        }
        const all = [...before, ...after]
        bench.take(...before)
        bench.setPaused(true)
        for (const topic of after) {
          bench.take(topic)
          expect(bench.view.frame()).toMatchObject({ ...at(all, before.length), kept: held(before.length).length })
          expect(bench.sequences()).toEqual(held(before.length))
        }
        bench.setPaused(false)
        expect(bench.view.frame()).toMatchObject({ ...at(all, all.length), kept: held(all.length).length })
        expect(bench.sequences()).toEqual(held(all.length))
      }),
      { numRuns: 300 },
    )
  })

  it('shows another topic as it was at the pause, too', () => {
    const { view, take, setPaused, sequences } = setUp('a')
    take('b', 'b')
    setPaused(true)
    take('b', 'new')
    view.update({ kind: 'topic', topic: 'b', newest: null, firstRow: 0, rowCount: 500 })
    expect(sequences()).toEqual([2, 1])
    expect(view.frame()).toMatchObject({ messages: 2, kept: 2 })
    view.update({ kind: 'topic', topic: 'new', newest: null, firstRow: 0, rowCount: 500 })
    expect(view.frame()).toMatchObject({ messages: 0, kept: 0, history: [] })
    setPaused(false)
    expect(view.frame()).toMatchObject({ messages: 1, kept: 1 })
  })
})
