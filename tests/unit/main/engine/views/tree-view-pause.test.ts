import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TreeRow } from '@shared/views/view-frame'
import type { TreeSort } from '@shared/views/view-spec'
import { NO_NODE } from '../../../../../src-main/engine/topics/node-id'
import { TreeModel, type Layout, type ModelRow } from '../../support/tree-model'
import { TreeViewBench } from '../../support/tree-view-bench'

const anyTopic = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'))
  .filter((topic) => topic !== '')
const anyTopics = fc.array(anyTopic, { maxLength: 15 })
const anySort = fc.constantFrom<TreeSort>('name', 'messages', 'recency', 'size')
const anySearch = fc.constantFrom('', 'a', 'b/', 'nothing')
const anyAction = fc.oneof(
  { weight: 3, arbitrary: anyTopic.map((topic) => ({ kind: 'message' as const, topic })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expand' as const), topic: anyTopic, expanded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('arrange' as const), sort: anySort, search: anySearch }) },
)

/** What opening, closing, sorting and searching have led to. */
class Reader {
  readonly #open = new Set<string>()
  readonly #closed = new Set<string>()
  sort: TreeSort = 'name'
  search = ''

  constructor(private readonly allOpen: boolean) {}

  arrange(sort: TreeSort, search: string): void {
    if (search !== this.search) this.#closed.clear()
    this.sort = sort
    this.search = search
  }

  expand(topic: string, expanded: boolean): void {
    const set = this.allOpen || this.search !== '' ? this.#closed : this.#open
    if (expanded === (set === this.#open)) set.add(topic)
    else set.delete(topic)
  }

  layout(): Layout {
    const { sort, search } = this
    return {
      sort,
      filter: search === '' ? null : (topic) => topic.includes(search),
      isExpanded: (topic) => (this.allOpen || search !== '' ? !this.#closed.has(topic) : this.#open.has(topic)),
    }
  }
}

function valuesOf({ topic, name, level, position, siblings, expanded, messages, bytes, subtopics, lastSequence }: TreeRow): ModelRow {
  return { topic, name, level, position, siblings, expanded, messages, bytes, subtopics, lastSequence }
}

/** The previews of a bench's messages by topic, as of the last of them the model knows. */
function previewsOf({ topics }: TreeModel, rows: readonly ModelRow[]): string[] {
  return rows.map(({ topic }) => {
    const last = topics.lastIndexOf(topic)
    return last < 0 ? '' : `m${last + 1}`
  })
}

describe('a paused TreeView', () => {
  it('shows each row as it was at the pause, however much comes and however it is sorted and searched; then all that came', () => {
    fc.assert(
      fc.property(anyTopics, anySort, fc.array(anyAction, { maxLength: 20 }), fc.constantFrom(0, 1_000_000), (before, sort, after, budget) => {
        // Everything is open, so that every value was there to be remembered. A log without room keeps last values only.
        const bench = new TreeViewBench({ sort }, budget)
        bench.expandAll()
        bench.takeAll(...before)
        const model = new TreeModel(before)
        bench.setPaused(true)
        const atPause = model.copy()
        const reader = new Reader(true)
        reader.sort = sort
        const expectRows = (expected: TreeModel): void => {
          const { rows, matches } = bench.frame()
          const wanted = expected.rows(reader.layout())
          expect(rows.map(valuesOf)).toEqual(wanted)
          expect(rows.map(({ preview }) => preview)).toEqual(previewsOf(expected, wanted))
          expect(matches).toBe(expected.matches(reader.layout()))
        }
        for (const action of after) {
          switch (action.kind) {
            case 'message':
              bench.takeAll(action.topic)
              model.topics.push(action.topic)
              break
            case 'expand': {
              // Closed in what was found alone, so that the tree itself stays open.
              const row = atPause.rows({ ...reader.layout(), isExpanded: () => true }).find(({ topic }) => topic === action.topic)
              if (reader.search === '' || row?.expanded !== true) break
              bench.setExpanded(action.topic, action.expanded)
              reader.expand(action.topic, action.expanded)
              break
            }
            case 'arrange':
              if (reader.search !== action.search) bench.update({ search: '' })
              bench.update({ sort: action.sort, search: action.search })
              reader.arrange(action.sort, action.search)
          }
          expectRows(atPause)
        }
        bench.setPaused(false)
        expectRows(model)
      }),
      { numRuns: 150 },
    )
  })

  it('shows nothing that was born later in whatever is opened then, and all counts as they were', () => {
    fc.assert(
      fc.property(anyTopics, fc.array(anyAction, { maxLength: 20 }), (before, after) => {
        const bench = new TreeViewBench()
        bench.takeAll(...before)
        const model = new TreeModel(before)
        bench.setPaused(true)
        const atPause = model.copy()
        const reader = new Reader(false)
        for (const action of after) {
          if (action.kind === 'message') {
            bench.takeAll(action.topic)
            model.topics.push(action.topic)
          } else if (action.kind === 'expand' && bench.ingest.tree.findTopic(action.topic) !== NO_NODE) {
            bench.setExpanded(action.topic, action.expanded)
            reader.expand(action.topic, action.expanded)
          }
          expect(bench.frame().rows.map(valuesOf)).toEqual(atPause.rows(reader.layout()))
        }
        bench.setPaused(false)
        expect(bench.frame().rows.map(valuesOf)).toEqual(model.rows(reader.layout()))
      }),
      { numRuns: 150 },
    )
  })

  it('finds the values of the pause for a row first opened later, and nothing where the log let them go', () => {
    const bench = new TreeViewBench({}, 200_000)
    bench.takeAll('a/b', 'a/c')
    bench.setPaused(true)
    bench.takeAll('a/b', 'a/b', 'a/new')
    bench.setExpanded('a', true)
    const shown = () => bench.frame().rows.map(({ topic, messages, previewKind, preview }) => [topic, messages, previewKind, preview])
    expect(shown()).toEqual([['a', 2, 'none', ''], ['a/b', 1, 'text', 'm1'], ['a/c', 1, 'text', 'm2']])
    bench.setExpanded('a', false)
    for (let count = 0; count < 20; count += 1) bench.take('a/b', Buffer.alloc(30_000))
    bench.setExpanded('a', true)
    expect(shown()).toEqual([['a', 2, 'none', ''], ['a/b', 1, 'text', 'm1'], ['a/c', 1, 'text', 'm2']])
    bench.setPaused(false)
    bench.setPaused(true)
    bench.update({ rowCount: 1 })
    bench.setPaused(false)
    bench.setPaused(true)
    for (let count = 0; count < 20; count += 1) bench.take('a/c', Buffer.alloc(30_000, count))
    bench.update({ rowCount: 500 })
    expect(shown()[2]).toEqual(['a/c', 1, 'none', ''])
  })

  it('searches the last messages of the pause, not those that came since', () => {
    const bench = new TreeViewBench()
    bench.take('a', 'old', { retain: true })
    bench.take('b', 'old and longer')
    bench.setPaused(true)
    bench.take('a', 'new and much, much longer')
    bench.take('b', 'new', { retain: true })
    const found = (search: string) => {
      bench.update({ search })
      return bench.topics()
    }
    expect(found('payload:new')).toEqual([])
    expect(found('payload:old')).toEqual(['a', 'b'])
    expect(found('retained')).toEqual(['a'])
    expect(found('size>10')).toEqual(['b'])
    expect(found('size<10')).toEqual(['a'])
    expect(found('since:1h')).toEqual(['a', 'b'])
    bench.setPaused(false)
    expect(found('payload:new')).toEqual(['a', 'b'])
    expect(found('retained')).toEqual(['b'])
  })

  it('does not find what was born later, nor say where it stands', () => {
    const bench = new TreeViewBench()
    bench.expandAll()
    bench.takeAll('a')
    bench.setPaused(true)
    bench.takeAll('a/new')
    const rowOf = (topic: string) => bench.view.rowOf(bench.nodeOf(topic), performance.now())
    expect(rowOf('a/new')).toBeNull()
    expect(rowOf('a')).toBe(0)
    bench.setPaused(false)
    expect(rowOf('a/new')).toBe(1)
  })

  it('shows what had changed by the pause, and not what changed since', () => {
    const bench = new TreeViewBench()
    bench.takeAll('a', 'b', 'c')
    bench.update({ changedAfter: 1 })
    bench.setPaused(true)
    bench.takeAll('a', 'b', 'd')
    expect(bench.topics()).toEqual(['b', 'c'])
    bench.setPaused(false)
    expect(bench.topics()).toEqual(['a', 'b', 'c', 'd'])
  })
})
