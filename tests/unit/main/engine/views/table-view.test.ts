import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import type { SpecOf } from '@shared/views/view-spec'
import { tableFrameSchema, type TableFrame } from '@shared/views/view-frame'
import { FieldReader } from '../../../../../src-main/engine/fields/field-reader'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { TableView } from '../../../../../src-main/engine/views/table-view'
import { Received } from '../../support/received'

type Spec = SpecOf<'table'>

class TableBench extends Received {
  readonly view: TableView
  readonly #pause = { ...NOT_PAUSED }
  #spec: Spec

  constructor(spec: Partial<Spec> = {}, { logBudgetBytes = 1_000_000, most = 1_000_000, before = [] as [string, string][] } = {}) {
    super({ logBudgetBytes })
    for (const [topic, payload] of before) this.take(topic, payload)
    this.#spec = {
      ...{ kind: 'table', topics: '#', search: '', fields: [], sort: { by: 'time', descending: true }, until: null, firstRow: 0, rowCount: 500 },
      ...spec,
    }
    this.view = new TableView(this.ingest.tree, this.ingest.log, new FieldReader(this.ingest.tree), this.#pause, this.#spec, most)
  }

  update(change: Partial<Spec>): this {
    this.#spec = { ...this.#spec, ...change }
    expect(this.view.update(this.#spec)).toBe(true)
    return this
  }

  setPaused(paused: boolean): void {
    Object.assign(this.#pause, paused ? { sequence: this.ingest.log.sequence, idLimit: this.ingest.tree.idLimit, atMs: Date.now() } : NOT_PAUSED)
    this.view.pauseChanged()
  }

  /** The frame once all work is done, long after the one before. */
  frame(): TableFrame {
    while (this.view.isBusy(Infinity)) this.view.step(performance.now() + 5)
    return tableFrameSchema.parse(this.view.frame(Infinity))
  }

  sequences(): number[] {
    return this.frame().rows.map(({ sequence }) => sequence)
  }
}

const json = (value: unknown): string => JSON.stringify(value)

describe('TableView', () => {
  it('shows the messages of a whole subtree, newest first, those before it was opened and those after', () => {
    const bench = new TableBench({ topics: 'a/#' }, { before: [['a', '1'], ['b', '2'], ['a/b/c', '3'], ['ab', '4']] })
    expect(bench.sequences()).toEqual([3, 1])
    bench.take('a/b', '5')
    bench.take('b', '6')
    expect(bench.frame()).toMatchObject({ totalRows: 3, looked: 3, newest: 5, newer: 0, isCut: false, progress: null })
    expect(bench.sequences()).toEqual([5, 3, 1])
  })

  it('describes each message, with the fields asked for', () => {
    const fields = [['t'], ['list', 1], ['o'], ['not there']]
    const bench = new TableBench({ topics: 'a', fields })
    bench.take('a', json({ t: 21.5, list: [1, 'two'], o: { x: 1 } }), { qos: 1, messageId: 1, retain: true })
    bench.take('a', '{"t": 12345678901234567890}')
    bench.take('a', 'no JSON')
    const [text, large, first] = bench.frame().rows
    expect(first?.message).toMatchObject({ topic: 'a', qos: 1, retain: true, payloadBytes: 39, fields: ['21.5', 'two', '{"x":1}', null] })
    expect(large?.message?.fields).toEqual(['12345678901234567890', null, null, null])
    expect(text?.message?.fields).toEqual([null, null, null, null])
  })

  it('tells of payloads that cannot be looked into', () => {
    const bench = new TableBench({ fields: [['t']] }, { before: [['json', json({ other: 1 })], ['text', 'no JSON'], ['empty', ''], ['number', '12']] })
    bench.take('cbor', Buffer.from('a1617401', 'hex'))
    bench.take('long', json({ t: 'x'.repeat(1 << 20) }))
    const read = bench.frame().rows.map(({ message }) => [message?.topic, message?.fieldsState])
    expect(read).toEqual([['long', 'unreadable'], ['cbor', 'unreadable'], ['number', 'read'], ['empty', 'read'], ['text', 'unreadable'], ['json', 'read']])
    expect(bench.frame().unread).toBe(0)
    expect(bench.update({ search: 't>0' }).frame()).toMatchObject({ totalRows: 0, unread: 3 })
    expect(bench.update({ search: 'topic:json t>0' }).frame()).toMatchObject({ totalRows: 0, unread: 0 })
  })

  it('filters by text in topic or payload, by fields, and by what a message is', () => {
    const bench = new TableBench({}, { before: [['pump/1', json({ state: 'On', n: 5 })], ['pump/2', json({ state: 'off', n: -7 })], ['x', 'PUMP is down'], ['y', '12']] })
    const found = (search: string): number[] => bench.update({ search }).sequences()
    expect(found('pump')).toEqual([3, 2, 1])
    expect(found('-pump')).toEqual([4])
    expect(found('n > 4')).toEqual([1])
    expect(found('n<=5 state != on')).toEqual([2])
    expect(found('state = on')).toEqual([1])
    expect(found('["n"]>=-7')).toEqual([2, 1])
    expect(found('pump/+ -n>0')).toEqual([2])
    expect(found('payload:down')).toEqual([3])
    expect(found('/^pump.[0-9]$/')).toEqual([2, 1])
    expect(found('size<3')).toEqual([4])
    expect(found('since:1h')).toEqual([4, 3, 2, 1])
    expect(found('retained')).toEqual([])
  })

  it('sorts by any column; numbers, then texts, then rows that have neither', () => {
    const payloads = [{ v: 10 }, { v: '9' }, { v: 'b' }, { other: 1 }, { v: 'a' }, { v: -1.5 }, { v: true }]
    const bench = new TableBench({}, { before: payloads.map((payload, at): [string, string] => [`t${at % 2}`, json(payload)]) })
    const sorted = (by: Spec['sort']['by'], descending: boolean): number[] => bench.update({ sort: { by, descending } }).sequences()
    expect(sorted(['v'], false)).toEqual([6, 2, 1, 5, 3, 7, 4])
    expect(sorted(['v'], true)).toEqual([1, 2, 6, 7, 3, 5, 4])
    expect(sorted('topic', false)).toEqual([7, 5, 3, 1, 6, 4, 2])
    expect(sorted('size', false)).toEqual([1, 5, 3, 2, 7, 6, 4])
    expect(sorted('time', false)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('stands still at a message, counts what comes, and goes on from there', () => {
    const bench = new TableBench({ topics: 'a' }, { before: [['a', '1'], ['a', '2'], ['a', '3']] })
    expect(bench.sequences()).toEqual([3, 2, 1])
    bench.update({ until: 2, search: '' })
    bench.take('a', '4')
    bench.take('b', '5')
    expect(bench.frame()).toMatchObject({ totalRows: 2, newer: 2, newest: 4, looked: 2 })
    expect(bench.update({ until: 4 }).sequences()).toEqual([4, 3, 2, 1])
    expect(bench.update({ until: null }).frame()).toMatchObject({ totalRows: 4, newer: 0, looked: 4 })
  })

  it('freezes with the views of the connection', () => {
    const bench = new TableBench({ topics: 'a' }, { before: [['a', '1']] })
    bench.setPaused(true)
    bench.take('a', '2')
    expect(bench.frame()).toMatchObject({ totalRows: 1, newer: 1 })
    bench.setPaused(false)
    expect(bench.sequences()).toEqual([2, 1])
  })

  it('looks at no more than the newest messages, and says so', () => {
    const before = Array.from({ length: 10 }, (_, at): [string, string] => ['a', String(at)])
    const bench = new TableBench({}, { before, most: 4 })
    expect(bench.frame()).toMatchObject({ totalRows: 4, looked: 4, isCut: true })
    bench.take('a', 'x')
    expect(bench.sequences()).toEqual([11, 10, 9, 8])
  })

  it('keeps the places of messages that the log lets go while it stands still', () => {
    const bench = new TableBench({ topics: 'a' }, { logBudgetBytes: 300_000, before: [['a', 'first'], ['a', 'second']] })
    bench.update({ until: 2 })
    bench.frame()
    for (let at = 0; at < 100; at += 1) bench.take('a', 'x'.repeat(10_000))
    const { rows, totalRows } = bench.frame()
    expect(totalRows).toBe(2)
    expect(rows).toEqual([{ sequence: 2, message: null }, { sequence: 1, message: null }])
    bench.update({ until: null })
    expect(bench.frame().rows.every(({ message }) => message !== null)).toBe(true)
  })

  it('is, whatever comes and goes, what a naive look at all held messages gives', () => {
    const topic = fc.constantFrom('a', 'a/b', 'a/b/c', 'b', 'b/c', 'kept/1', 'kept/2')
    const payload = fc.oneof(fc.integer({ min: -9, max: 9 }).map((n) => json({ n })), fc.constantFrom('on', 'off', '12', '', json({ n: 'x' })))
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.record({ topic, payload, large: fc.boolean() }) },
      { weight: 3, arbitrary: fc.record({ topics: fc.constantFrom('#', 'a/#', '+/c', 'kept/+', 'a') }) },
      { weight: 3, arbitrary: fc.record({ search: fc.constantFrom('', 'on', 'n>0', '-n<3', 'payload:n') }) },
      { weight: 3, arbitrary: fc.record({ sort: fc.record({ by: fc.constantFrom('time' as const, 'topic' as const, 'size' as const), descending: fc.boolean() }) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const bench = new TableBench({}, { logBudgetBytes: 300_000, before: [['kept/1', 'on'], ['kept/2', '12']] })
        const spec: { topics: string; search: string; sort: Spec['sort'] } = { topics: '#', search: '', sort: { by: 'time', descending: true } }
        for (const each of steps) {
          if ('payload' in each) {
            bench.take(each.topic, each.large ? each.payload + ' '.repeat(20_000) : each.payload)
            continue
          }
          Object.assign(spec, each)
          bench.update(each)
          expect(bench.sequences()).toEqual(naive(bench, spec))
        }
        expect(bench.sequences()).toEqual(naive(bench, spec))
      }),
      { numRuns: 25 },
    )
  })
})

/** All held messages, looked at one by one. */
function naive({ ingest: { log, tree } }: Received, spec: { topics: string; search: string; sort: Spec['sort'] }): number[] {
  const rows: { sequence: number; topic: string; text: string; size: number }[] = []
  for (let sequence = 1; sequence <= log.sequence; sequence += 1) {
    const message = log.read(sequence)
    if (message === null) continue
    const topic = tree.topicOf(message.topic)
    const text = Buffer.from(message.payload).toString()
    if (matchesFilter(compileFilter(spec.topics), topic.split('/')) && passes(spec.search, topic, text)) {
      rows.push({ sequence, topic, text, size: text.length })
    }
  }
  const { by, descending } = spec.sort
  const sign = descending ? -1 : 1
  rows.sort((a, b) => {
    const order = by === 'time' ? a.sequence - b.sequence : by === 'size' ? a.size - b.size : a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0
    return order === 0 ? b.sequence - a.sequence : order * sign
  })
  return rows.map(({ sequence }) => sequence)
}

function passes(search: string, topic: string, text: string): boolean {
  const n = numberIn(text)
  switch (search) {
    case 'on':
      return topic.includes('on') || text.includes('on')
    case 'n>0':
      return n !== null && (typeof n === 'number' ? n > 0 : n > '0')
    case '-n<3':
      return n === null || !(typeof n === 'number' ? n < 3 : n < '3')
    case 'payload:n':
      return text.includes('n')
    default:
      return true
  }
}

function numberIn(text: string): number | string | null {
  return text.startsWith('{') ? (JSON.parse(text) as { n: number | string }).n : null
}
