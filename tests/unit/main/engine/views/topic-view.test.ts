import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { SpecOf } from '@shared/views/view-spec'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { TopicView } from '../../../../../src-main/engine/views/topic-view'
import { Received } from '../../support/received'

class TopicViewBench extends Received {
  readonly view: TopicView
  readonly #pause = { ...NOT_PAUSED }
  #spec: SpecOf<'topic'>

  constructor(spec: Partial<SpecOf<'topic'>> = {}, logBudgetBytes = 1_000_000) {
    super({ logBudgetBytes })
    this.#spec = { kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: 500, ...spec }
    this.view = new TopicView(this.ingest.tree, this.ingest.log, this.#pause, this.#spec)
  }

  update(change: Partial<SpecOf<'topic'>>): void {
    this.#spec = { ...this.#spec, ...change }
    expect(this.view.update(this.#spec)).toBe(true)
  }

  setPaused(paused: boolean): void {
    const { log, tree } = this.ingest
    tree.fold(Date.now())
    Object.assign(this.#pause, paused ? { sequence: log.sequence, idLimit: tree.idLimit, atMs: Date.now() } : NOT_PAUSED)
    this.view.pauseChanged()
  }

  frame() {
    if (this.#pause.sequence === null) this.ingest.tree.fold(Date.now())
    return this.view.frame()
  }

  sequences(): number[] {
    return this.frame().history.map(({ sequence }) => sequence)
  }
}

describe('TopicView', () => {
  it('shows the messages of exactly its topic, newest first', () => {
    const bench = new TopicViewBench()
    bench.takeAll('a', 'a/b', 'a', 'a/', '/a', 'b', 'a')
    expect(bench.sequences()).toEqual([7, 3, 1])
    expect(bench.frame()).toMatchObject({ kind: 'topic', topic: 'a', messages: 3, kept: 3, newer: 0, firstRow: 0, subtopics: 2 })
  })

  it('describes each message', () => {
    const bench = new TopicViewBench({ topic: 't' })
    bench.take('t', 'line one\nline two', { qos: 2, messageId: 1, retain: true, dup: true })
    expect(bench.frame().history).toEqual([
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

  it.each(['nothing', 'a'])('has nothing to show of %j, a topic without a message', (topic) => {
    const bench = new TopicViewBench({ topic })
    bench.takeAll('a/b')
    expect(bench.frame()).toEqual({ kind: 'topic', topic, messages: 0, kept: 0, newer: 0, firstRow: 0, subtopics: topic === 'a' ? 1 : 0, history: [] })
  })

  it('says how many are kept of how many there were', () => {
    const bench = new TopicViewBench({}, 200_000)
    for (let count = 0; count < 20; count += 1) bench.take('a', Buffer.alloc(30_000))
    const { messages, kept, history } = bench.frame()
    expect(messages).toBe(20)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(8)
    expect(history.map(({ sequence }) => sequence)).toEqual(Array.from({ length: kept }, (_, index) => 20 - index))
  })

  it('turns to another topic, and to no other kind', () => {
    const bench = new TopicViewBench()
    bench.takeAll('a', 'b')
    bench.update({ topic: 'b' })
    expect(bench.sequences()).toEqual([2])
    expect(bench.view.update({ kind: 'statistics' })).toBe(false)
    expect(bench.frame().topic).toBe('b')
  })

  it('forgets with the topic, and begins anew when it comes again', () => {
    const bench = new TopicViewBench()
    bench.takeAll('a', 'a', 'b')
    expect(bench.sequences()).toEqual([2, 1])
    bench.ingest.tree.remove(bench.nodeOf('a'))
    expect(bench.frame()).toMatchObject({ messages: 0, kept: 0, history: [] })
    bench.takeAll('a')
    expect(bench.sequences()).toEqual([4])
  })
})

describe('the window of TopicView', () => {
  it('is what a list of all messages would show, wherever it is put, while messages come and go', () => {
    const anyStep = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('messages' as const), count: fc.nat(900), onTopic: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('window' as const), firstRow: fc.nat(3_000), rowCount: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), back: fc.option(fc.nat(2_000)) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const), on: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('topic' as const), topic: fc.constantFrom('a', 'b') }) },
    )
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), fc.constantFrom(150_000, 10_000_000), (steps, budget) => {
        const bench = new TopicViewBench({ rowCount: 10 }, budget)
        const spec = { topic: 'a', newest: null as number | null, firstRow: 0, rowCount: 10 }
        const topics: string[] = []
        let until: number | null = null
        for (const step of steps) {
          switch (step.kind) {
            case 'messages': {
              const topic = step.onTopic ? 'a' : 'b'
              for (let count = 0; count < step.count; count += 1) {
                bench.take(topic, Buffer.alloc(60))
                topics.push(topic)
              }
              break
            }
            case 'window':
              Object.assign(spec, { firstRow: step.firstRow, rowCount: step.rowCount })
              break
            case 'pin': {
              const own = topics.flatMap((topic, index) => (topic === spec.topic && index < (until ?? Infinity) ? [index + 1] : []))
              spec.newest = step.back === null ? null : (own[own.length - 1 - (step.back % (own.length || 1))] ?? null)
              break
            }
            case 'pause':
              if ((until !== null) === step.on) break
              until = step.on ? topics.length : null
              bench.setPaused(step.on)
              break
            case 'topic':
              Object.assign(spec, { topic: step.topic, newest: null })
          }
          bench.update(spec)
          const { log } = bench.ingest
          const shown = topics
            .flatMap((topic, index) => (topic === spec.topic && index < (until ?? Infinity) && log.read(index + 1) !== null ? [index + 1] : []))
            .reverse()
          const rows = shown.filter((sequence) => spec.newest === null || sequence <= spec.newest)
          const firstRow = Math.min(spec.firstRow, Math.max(0, rows.length - spec.rowCount))
          const frame = bench.frame()
          expect(frame).toMatchObject({
            messages: topics.filter((topic, index) => topic === spec.topic && index < (until ?? Infinity)).length,
            kept: rows.length,
            newer: shown.length - rows.length,
            firstRow,
          })
          expect(frame.history.map(({ sequence }) => sequence)).toEqual(rows.slice(firstRow, firstRow + spec.rowCount))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('walks to a row far down but once', () => {
    const bench = new TopicViewBench({ rowCount: 5 }, 10_000_000)
    for (let count = 0; count < 20_000; count += 1) bench.take('a')
    const { log } = bench.ingest
    let steps = 0
    const olderOf = log.olderOf.bind(log)
    log.olderOf = (sequence) => {
      steps += 1
      return olderOf(sequence)
    }
    const stepsTo = (firstRow: number): number => {
      steps = 0
      bench.update({ firstRow })
      expect(bench.sequences()).toEqual([0, 1, 2, 3, 4].map((row) => 20_000 - firstRow - row))
      return steps
    }
    expect(stepsTo(15_000)).toBeGreaterThan(15_000)
    expect(stepsTo(15_001)).toBeLessThan(600)
    expect(stepsTo(7_500)).toBeLessThan(600)
    bench.update({ newest: 20_000, firstRow: 0 })
    for (let count = 0; count < 1_000; count += 1) bench.take('a')
    expect(bench.frame().newer).toBe(1_000)
    expect(stepsTo(15_002)).toBeLessThan(600)
  })
})

it('finds a value of long ago without a look at every other topic', () => {
  const bench = new TopicViewBench({}, 1)
  bench.take('a', 'old')
  for (let count = 0; count < 3_000; count += 1) bench.take('b', Buffer.alloc(1_000))
  expect(bench.ingest.log.oldestSequence).toBeGreaterThan(1_100)
  const withLast = vi.spyOn(bench.ingest.tree, 'withLast')
  expect(bench.frame()).toMatchObject({ kept: 1, history: [{ sequence: 1, preview: 'old' }] })
  expect(withLast).not.toHaveBeenCalled()
})

describe('a paused TopicView', () => {
  it('shows another topic as it was at the pause, too', () => {
    const bench = new TopicViewBench()
    bench.takeAll('b', 'b')
    bench.setPaused(true)
    bench.takeAll('b', 'new')
    bench.update({ topic: 'b' })
    expect(bench.sequences()).toEqual([2, 1])
    expect(bench.frame()).toMatchObject({ messages: 2, kept: 2, newer: 0 })
    bench.update({ topic: 'new' })
    expect(bench.frame()).toMatchObject({ messages: 0, kept: 0, history: [] })
    bench.setPaused(false)
    expect(bench.frame()).toMatchObject({ messages: 1, kept: 1 })
  })
})
