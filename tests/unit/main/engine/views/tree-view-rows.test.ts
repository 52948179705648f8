import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import type { TreeRow } from '@shared/views/view-frame'
import type { TreeSort } from '@shared/views/view-spec'
import { TreeModel, type Layout, type ModelRow } from '../../support/tree-model'
import { TreeViewBench } from '../../support/tree-view-bench'

const levels = fc.constantFrom('a', 'b', 'room-2', 'room-10', 'Room-2', '', '$SYS', '__proto__')
const anyTopic = fc.array(levels, { minLength: 1, maxLength: 4 }).map((names) => names.join('/')).filter((topic) => topic !== '')
const anySearch = fc.constantFrom('', 'a', 'A', 'oom-2', '$sys', 'nothing', '#', '+', 'a/#', '+/+', '+/b/#', '$SYS/#', '/#', '-a')
const anySort = fc.constantFrom<TreeSort>('name', 'messages', 'recency', 'size')
const anyHidden = fc.constantFrom<string[][]>([], ['a/#'], ['+/b', '$SYS/#'], ['#'])
const anyAction = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('message' as const), topic: anyTopic }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('expand' as const), pick: fc.nat(), expanded: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('arrange' as const), sort: anySort, search: anySearch }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide' as const), hidden: anyHidden }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('changed' as const), back: fc.option(fc.nat(5)) }) },
)

const isFilter = (search: string): boolean => /[+#]/.test(search)
const matches = (filter: string, topic: string): boolean => matchesFilter(compileFilter(filter), topic.split('/'))

function finds(search: string, topic: string): boolean {
  if (isFilter(search)) return matches(search, topic)
  if (search.startsWith('-')) return !finds(search.slice(1), topic)
  return topic.toLowerCase().includes(search.toLowerCase())
}

/** What a reader did to the view, beside the messages that came. */
class Reader {
  readonly open = new Set<string>()
  closed = new Set<string>()
  sort: TreeSort = 'name'
  search = ''
  hidden: string[] = []
  changedAfter: number | null = null

  expand(topic: string, expanded: boolean): void {
    const set = this.search === '' ? this.open : this.closed
    if (expanded === (set === this.open)) set.add(topic)
    else set.delete(topic)
  }

  layout({ topics }: TreeModel): Layout {
    const { search, hidden, changedAfter } = this
    const isHidden = (topic: string): boolean => hidden.some((filter) => matches(filter, topic))
    const isOld = (topic: string): boolean => changedAfter !== null && topics.lastIndexOf(topic) + 1 <= changedAfter
    return {
      sort: this.sort,
      filter:
        search === '' && hidden.length === 0 && changedAfter === null
          ? null
          : (topic) => (search === '' || finds(search, topic)) && !isHidden(topic) && !isOld(topic),
      isExpanded: (topic) => (search === '' ? this.open.has(topic) : !this.closed.has(topic)),
    }
  }

  hiddenTopics({ topics }: TreeModel): number {
    return [...new Set(topics)].filter((topic) => this.hidden.some((filter) => matches(filter, topic))).length
  }
}

function described({ topic, name, level, position, siblings, expanded, messages, bytes, subtopics, lastSequence }: TreeRow): ModelRow {
  return { topic, name, level, position, siblings, expanded, messages, bytes, subtopics, lastSequence }
}

describe('the rows of TreeView', () => {
  it('are those of a recursive walk over all messages, whatever is opened, sorted, searched and hidden', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 30 }), fc.nat(12), fc.nat(6), (actions, firstRow, rowCount) => {
        const bench = new TreeViewBench()
        const model = new TreeModel()
        const reader = new Reader()
        for (const action of actions) {
          switch (action.kind) {
            case 'message':
              bench.takeAll(action.topic)
              model.topics.push(action.topic)
              break
            case 'expand': {
              if (model.topics.length === 0) break
              const names = (model.topics[action.pick % model.topics.length] ?? '').split('/')
              const topic = names.slice(0, 1 + (action.pick % names.length)).join('/')
              // What shows nothing below cannot be closed.
              const row = model.rows({ ...reader.layout(model), isExpanded: () => true }).find((each) => each.topic === topic)
              if (reader.search !== '' && row?.expanded !== true) break
              bench.setExpanded(topic, action.expanded)
              reader.expand(topic, action.expanded)
              break
            }
            case 'arrange':
              if (reader.search !== action.search) reader.closed = new Set()
              reader.sort = action.sort
              reader.search = action.search
              bench.update({ sort: action.sort, search: action.search })
              break
            case 'hide':
              reader.hidden = action.hidden
              bench.update({ hidden: action.hidden })
              break
            case 'changed':
              reader.changedAfter = action.back === null ? null : Math.max(0, model.topics.length - action.back)
              bench.update({ changedAfter: reader.changedAfter })
          }
          const layout = reader.layout(model)
          const expected = model.rows(layout)
          bench.update({ firstRow: 0, rowCount: 500 })
          const frame = bench.frame()
          expect(frame.rows.map(described)).toEqual(expected)
          expect(frame).toMatchObject({
            totalRows: expected.length,
            matches: reader.search === '' ? null : model.matches(layout),
            searching: false,
            hiddenTopics: reader.hiddenTopics(model),
          })
          bench.update({ firstRow, rowCount })
          const from = Math.min(firstRow, Math.max(0, expected.length - rowCount))
          expect(bench.frame().rows.map(described)).toEqual(expected.slice(from, from + rowCount))
          for (const [row, { topic }] of expected.entries()) expect(bench.view.rowOf(bench.nodeOf(topic), performance.now())).toBe(row)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('stay right while topics are forgotten and come again', () => {
    const steps = fc.array(fc.record({ topic: anyTopic, isForgotten: fc.boolean() }), { maxLength: 40 })
    fc.assert(
      fc.property(steps, anySearch, (list, search) => {
        const bench = new TreeViewBench()
        bench.expandAll()
        bench.update({ search })
        const known = new Set<string>()
        for (const { topic, isForgotten } of list) {
          const { tree, log } = bench.ingest
          if (isForgotten && known.delete(topic)) {
            tree.remove(bench.nodeOf(topic))
            tree.reclaim(log.sequence + 1)
          } else {
            known.add(topic)
            bench.takeAll(topic)
          }
          const layout: Layout = { sort: 'name', filter: search === '' ? null : (each) => finds(search, each), isExpanded: () => true }
          const shape = (row: ModelRow) => [row.topic, row.position, row.siblings, row.expanded, row.subtopics]
          expect(bench.frame().rows.map(described).map(shape)).toEqual(new TreeModel([...known]).rows(layout).map(shape))
        }
      }),
      { numRuns: 200 },
    )
  })
})
