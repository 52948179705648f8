import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TreeRow } from '@shared/views/view-frame'
import type { TreeSort } from '@shared/views/view-spec'
import { TreeModel, type Layout, type ModelRow } from '../../support/tree-model'
import { TreeViewBench } from '../../support/tree-view-bench'

const anyTopic = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'))
  .filter((topic) => topic !== '')
const anyTopics = fc.array(anyTopic, { maxLength: 15 })
const anySort = fc.constantFrom<TreeSort>('name', 'messages', 'recency')
const anyFilter = fc.constantFrom('', 'a', 'b/', 'nothing')
const anyAction = fc.oneof(
  { weight: 3, arbitrary: anyTopic.map((topic) => ({ kind: 'message' as const, topic })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expand' as const), topic: anyTopic, expanded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('arrange' as const), sort: anySort, filter: anyFilter }) },
)

/** What opening, closing, sorting and filtering have led to. */
class Reader {
  readonly #open = new Set<string>()
  readonly #closed = new Set<string>()
  sort: TreeSort = 'name'
  filter = ''

  constructor(private readonly allOpen: boolean) {}

  arrange(sort: TreeSort, filter: string): void {
    if (filter !== this.filter) this.#closed.clear()
    this.sort = sort
    this.filter = filter
  }

  expand(topic: string, expanded: boolean): void {
    const set = this.allOpen || this.filter !== '' ? this.#closed : this.#open
    if (expanded === (set === this.#open)) set.add(topic)
    else set.delete(topic)
  }

  layout(): Layout {
    const { sort, filter } = this
    return {
      sort,
      filter: filter === '' ? null : (topic) => topic.includes(filter),
      isExpanded: (topic) => (this.allOpen || filter !== '' ? !this.#closed.has(topic) : this.#open.has(topic)),
    }
  }
}

function valuesOf({ topic, name, level, position, siblings, expanded, messages, subtopics, lastSequence }: TreeRow): ModelRow {
  return { topic, name, level, position, siblings, expanded, messages, subtopics, lastSequence }
}

function placesOf({ topic, position, siblings, expanded }: ModelRow) {
  return { topic, position, siblings, expanded }
}

/** The previews of a bench's messages by topic, as of the last of them the model knows. */
function previewsOf({ topics }: TreeModel, rows: readonly ModelRow[]): string[] {
  return rows.map(({ topic }) => {
    const last = topics.lastIndexOf(topic)
    return last < 0 ? '' : `m${last + 1}`
  })
}

describe('a paused TreeView', () => {
  it('shows each row as it was at the pause, however much comes and however it is sorted; then all that came', () => {
    fc.assert(
      fc.property(anyTopics, anySort, fc.array(anyAction, { maxLength: 20 }), fc.constantFrom(0, 1_000_000), (before, sort, after, budget) => {
        // Everything is open, so that every row was there to be frozen. A log without room keeps last values only.
        const bench = new TreeViewBench({ sort }, budget)
        bench.expandAll()
        bench.take(...before)
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
              bench.take(action.topic)
              model.topics.push(action.topic)
              break
            case 'expand':
              // Closed in the filtered rows alone, so that the tree itself stays open.
              if (reader.filter === '' || bench.ingest.tree.find(action.topic) === undefined) break
              bench.view.setExpandedWhileFiltering(bench.nodeOf(action.topic), action.expanded, false)
              reader.expand(action.topic, action.expanded)
              break
            case 'arrange':
              if (reader.filter !== action.filter) bench.update({ search: '' })
              bench.update({ sort: action.sort, search: action.filter })
              reader.arrange(action.sort, action.filter)
          }
          expectRows(atPause)
        }
        bench.setPaused(false)
        expectRows(model)
      }),
      { numRuns: 300 },
    )
  })

  it('shows nothing that was born later in whatever is opened then', () => {
    fc.assert(
      fc.property(anyTopics, fc.array(anyAction, { maxLength: 20 }), (before, after) => {
        const bench = new TreeViewBench()
        bench.take(...before)
        const model = new TreeModel(before)
        bench.setPaused(true)
        const atPause = model.copy()
        const reader = new Reader(false)
        for (const action of after) {
          if (action.kind === 'message') {
            bench.take(action.topic)
            model.topics.push(action.topic)
          } else if (action.kind === 'expand' && bench.ingest.tree.find(action.topic) !== undefined) {
            bench.ingest.tree.setExpanded(bench.nodeOf(action.topic), action.expanded, false)
            reader.expand(action.topic, action.expanded)
          }
          expect(bench.frame().rows.map(valuesOf).map(placesOf)).toEqual(atPause.rows(reader.layout()).map(placesOf))
        }
        bench.setPaused(false)
        expect(bench.frame().rows.map(valuesOf)).toEqual(model.rows(reader.layout()))
      }),
      { numRuns: 300 },
    )
  })

  it('gives a row first opened later the values of that moment, and keeps them', () => {
    const bench = new TreeViewBench()
    bench.take('a/b')
    bench.setPaused(true)
    bench.take('a/b')
    bench.ingest.tree.setExpanded(bench.nodeOf('a'), true, false)
    const shown = () => bench.frame().rows.map(({ topic, messages, preview }) => [topic, messages, preview])
    expect(shown()).toEqual([['a', 1, ''], ['a/b', 2, 'm2']])
    bench.take('a/b')
    expect(shown()).toEqual([['a', 1, ''], ['a/b', 2, 'm2']])
  })

  it('does not find what was born later, nor say where it stands', () => {
    const bench = new TreeViewBench()
    bench.expandAll()
    bench.take('a')
    bench.setPaused(true)
    bench.take('a/new')
    expect(bench.view.rowOf(bench.nodeOf('a/new'))).toBeNull()
    expect(bench.view.rowOf(bench.nodeOf('a'))).toBe(0)
    bench.setPaused(false)
    expect(bench.view.rowOf(bench.nodeOf('a/new'))).toBe(1)
  })
})
