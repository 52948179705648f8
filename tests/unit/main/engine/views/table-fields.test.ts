import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { FieldValues } from '@shared/payload/field-value'
import { tableFrameSchema, type TableFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import type { FieldsRequest } from '../../../../../src-main/engine/engine-api'
import { FieldReader } from '../../../../../src-main/engine/fields/field-reader'
import { FieldSource } from '../../../../../src-main/engine/fields/field-source'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { TableView } from '../../../../../src-main/engine/views/table-view'
import { Received } from '../../support/received'

type Spec = SpecOf<'table'>

/** What a payload says in a format of our own: `~5` is 5, `~x` a text, `!…` cannot be read. Null: it cannot. */
function foreignValue(text: string): number | string | null {
  if (!text.startsWith('~')) return null
  const number = Number(text.slice(1))
  return Number.isNaN(number) ? text.slice(1) : number
}

/** A table whose fields are read by somebody who answers when told to. */
class Bench extends Received {
  readonly asked: FieldsRequest[] = []
  readonly #source = new FieldSource((request) => this.asked.push(request))
  readonly reader = new FieldReader(this.ingest.tree, this.#source)
  readonly view: TableView
  spec: Spec = { kind: 'table', topics: '#', search: '', fields: [['n']], sort: { by: 'time', descending: true }, until: null, firstRow: 0, rowCount: 500 }

  constructor(spec: Partial<Spec> = {}, before: readonly string[] = [], logBudgetBytes = 1_000_000) {
    super({ logBudgetBytes })
    for (const payload of before) this.take('a', payload)
    this.spec = { ...this.spec, ...spec }
    this.view = new TableView(this.ingest.tree, this.ingest.log, this.reader, NOT_PAUSED, this.spec)
  }

  update(change: Partial<Spec>): this {
    this.spec = { ...this.spec, ...change }
    this.view.update(this.spec)
    return this
  }

  work(): void {
    while (this.view.isBusy(Infinity)) this.view.step(performance.now() + 5)
  }

  /** Answers the request that has waited for longest, or the newest. */
  answer(fromEnd = false): boolean {
    const request = fromEnd ? this.asked.pop() : this.asked.shift()
    if (request === undefined) return false
    const fields = request.messages.map(({ payload }): FieldValues => {
      const value = foreignValue(Buffer.from(payload).toString().trim())
      return value === null ? null : request.paths.map((path) => (path[0] === 'n' ? value : null))
    })
    this.#source.take(request.requestId, fields)
    return true
  }

  frame(): TableFrame {
    return tableFrameSchema.parse(this.view.frame(Infinity))
  }

  /** The frame when all has been asked and answered. */
  settled(): TableFrame {
    do this.work()
    while (this.answer())
    this.frame()
    while (this.answer());
    return this.frame()
  }
}

const cells = ({ rows }: TableFrame) => rows.map(({ message }) => [message?.fields[0], message?.fieldsState])

afterEach(() => vi.useRealTimers())

describe('fields that are read elsewhere', () => {
  it('show a placeholder until they are known; what is plain JSON does not wait', () => {
    const bench = new Bench({}, ['~7', '{"n":1}', '!'])
    bench.work()
    expect(cells(bench.frame())).toEqual([[null, 'pending'], ['1', 'read'], [null, 'pending']])
    expect(bench.asked.map(({ messages }) => messages.length)).toEqual([2])
    bench.answer()
    expect(cells(bench.frame())).toEqual([[null, 'unreadable'], ['1', 'read'], ['7', 'read']])
    expect([bench.frame().rows.length, bench.asked]).toEqual([3, []])
  })

  it('are asked for in batches of few bytes, one at a time', () => {
    const large = ' '.repeat(100_000)
    const bench = new Bench({ search: 'n>0' }, Array.from({ length: 10 }, (_, n) => `~${n + 1}${large}`), 8_000_000)
    const batches: number[] = []
    for (bench.work(); bench.asked.length > 0; bench.work()) {
      expect(bench.asked).toHaveLength(1)
      batches.push(bench.asked[0]?.messages.length ?? 0)
      bench.answer()
    }
    expect(batches).toEqual([3, 3, 3, 1])
    expect(bench.settled().totalRows).toBe(10)
  })

  it('hold up neither what comes nor, once the filter changes, anything else', () => {
    const bench = new Bench({ search: 'n>0' }, ['~1'])
    bench.work()
    expect(bench.frame()).toMatchObject({ totalRows: 0, progress: 0.99 })
    bench.take('a', '{"n":2}')
    bench.work()
    expect(bench.frame().rows.map(({ sequence }) => sequence)).toEqual([2])
    bench.update({ search: '', fields: [] })
    bench.work()
    expect(bench.frame()).toMatchObject({ totalRows: 2, progress: null })
    while (bench.answer());
    expect(bench.frame()).toMatchObject({ totalRows: 2, looked: 2, unread: 0 })
  })

  it('are sorted by as far as they can be read, and what cannot is counted', () => {
    const bench = new Bench({ sort: { by: ['n'], descending: false } }, ['~7', '!', '{"n":1}', '~text', '{"m":1}', '~-3'])
    const { rows, unread } = bench.settled()
    expect(rows.map(({ sequence }) => sequence)).toEqual([6, 3, 1, 4, 5, 2])
    expect(unread).toBe(1)
  })

  it('count as not there when nobody answers within a minute', () => {
    vi.useFakeTimers()
    const bench = new Bench({ search: 'n>0' }, ['~1', '{"n":2}'])
    bench.work()
    expect(bench.frame().progress).not.toBeNull()
    vi.advanceTimersByTime(60_000)
    bench.work()
    expect(bench.frame()).toMatchObject({ totalRows: 1, looked: 2, unread: 1, progress: null })
    // Too late.
    while (bench.answer());
    expect(bench.frame()).toMatchObject({ totalRows: 1, looked: 2, unread: 1 })
  })

  it('are read anew when a rule changes; answers by the rule before are not taken', () => {
    const bench = new Bench({ search: 'n>0' }, ['{"n":1}', '~5'])
    bench.work()
    const before = bench.asked.splice(0)
    expect(before.flatMap(({ messages }) => messages.map(({ sequence }) => sequence))).toEqual([2])
    expect(bench.reader.rules.replace([{ filter: '#', version: '1' }])?.('a')).toBe(true)
    bench.view.readAnew()
    bench.work()
    // JSON too is read as the rule says.
    expect(bench.asked[0]?.messages.map(({ sequence }) => sequence)).toEqual([2, 1])
    bench.asked.push(...before)
    expect(bench.settled()).toMatchObject({ totalRows: 1, looked: 2, unread: 1 })
  })

  it('give, whatever comes and goes and in whatever order answers come, what a naive look gives', () => {
    const payload = fc.oneof(
      fc.integer({ min: -9, max: 9 }).map((n) => `~${n}`),
      fc.integer({ min: -9, max: 9 }).map((n) => JSON.stringify({ n })),
      fc.constantFrom('!', '~x', '{"m":1}', ''),
    )
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.record({ payload, large: fc.nat(20).map((n) => n === 0) }) },
      { weight: 4, arbitrary: fc.record({ fromEnd: fc.boolean() }) },
      { weight: 4, arbitrary: fc.constantFrom('work' as const, 'work' as const, 'check' as const) },
      { weight: 3, arbitrary: fc.constantFrom('hold' as const, 'hold earlier' as const, 'live' as const) },
      { weight: 3, arbitrary: fc.record({ search: fc.constantFrom('', 'n>0', '-n<3', 'payload:n n>0') }) },
      { weight: 2, arbitrary: fc.record({ sort: fc.constantFrom<Spec['sort']>({ by: 'time', descending: true }, { by: ['n'], descending: true }, { by: ['n'], descending: false }) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 80 }), (steps) => {
        const bench = new Bench({}, ['~1', '!'], 300_000)
        const payloads = ['~1', '!']
        const check = (): void => {
          const { search, sort, until } = bench.spec
          const { rows, totalRows, newer, unread } = bench.settled()
          const held = payloads.flatMap((text, index) => (bench.ingest.log.has(index + 1, bench.nodeOf('a')) ? [{ sequence: index + 1, text: text.trim() }] : []))
          const wanted = held.filter(({ text }) => passes(search, text))
          const expected = inOrder(wanted.filter(({ sequence }) => sequence <= (until ?? Infinity)), sort)
          // Rows that stand still keep the places of what is gone.
          const shown = rows.filter(({ sequence }) => held.some((each) => each.sequence === sequence))
          expect(shown.map(({ sequence }) => sequence)).toEqual(expected.map(({ sequence }) => sequence))
          expect(shown.map(({ message }) => [message?.fields[0] ?? null, message?.fieldsState])).toEqual(expected.map(({ text }) => cellOf(text)))
          if (until === null) expect([totalRows, newer]).toEqual([expected.length, 0])
          if (payloads.length !== held.length) return
          expect([totalRows, newer]).toEqual([expected.length, wanted.length - expected.length])
          if (search === 'n>0') expect(unread).toBe(held.filter(({ sequence, text }) => text === '!' && sequence <= (until ?? Infinity)).length)
        }
        for (const each of steps) {
          if (each === 'work') bench.work()
          else if (each === 'check') check()
          else if (each === 'hold') bench.update({ until: bench.frame().newest || null })
          else if (each === 'hold earlier') bench.update({ until: Math.max(1, bench.ingest.log.sequence - 5) })
          else if (each === 'live') bench.update({ until: null })
          else if ('payload' in each) {
            const text = each.payload === '' ? '' : each.payload + (each.large ? ' '.repeat(20_000) : '')
            payloads.push(text)
            bench.take('a', text)
          } else if ('fromEnd' in each) bench.answer(each.fromEnd)
          else bench.update(each)
        }
        check()
      }),
      { numRuns: 12 },
    )
  })
})

function valueOf(text: string): number | string | null {
  return text.startsWith('{') ? ((JSON.parse(text) as { n?: number }).n ?? null) : foreignValue(text)
}

function cellOf(text: string): [string | null, string] {
  const value = valueOf(text)
  return [value === null ? null : String(value), text.startsWith('!') ? 'unreadable' : 'read']
}

function passes(search: string, text: string): boolean {
  const value = valueOf(text)
  switch (search) {
    case 'n>0':
      return value !== null && (typeof value === 'number' ? value > 0 : value > '0')
    case '-n<3':
      return value === null || !(typeof value === 'number' ? value < 3 : value < '3')
    case 'payload:n n>0':
      return text.includes('n') && passes('n>0', text)
    default:
      return true
  }
}

function inOrder<Row extends { sequence: number; text: string }>(rows: readonly Row[], { by, descending }: Spec['sort']): Row[] {
  const newestFirst = [...rows].sort((a, b) => b.sequence - a.sequence)
  if (by === 'time') return newestFirst
  const rank = (value: number | string | null): number => (value === null ? 2 : typeof value === 'string' ? 1 : 0)
  return newestFirst.sort((a, b) => {
    const [left, right] = [valueOf(a.text), valueOf(b.text)]
    if (rank(left) !== rank(right)) return rank(left) - rank(right)
    if (typeof left === 'number' && typeof right === 'number') return descending ? right - left : left - right
    return 0
  })
}
