import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import type { TreeSort } from '@shared/views/view-spec'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import type { TopicNode } from '../../../../../src-main/engine/topics/topic-node'
import { VisibleRows, type Perspective, type VisibleRow } from '../../../../../src-main/engine/views/visible-rows'
import { incoming, takeAll } from '../../support/incoming'
import { TreeModel } from '../../support/tree-model'

const levels = fc.constantFrom('a', 'b', 'room-2', 'room-10', 'Room-2', '', '$SYS', '__proto__')
const anyTopic = fc.array(levels, { minLength: 1, maxLength: 4 }).map((names) => names.join('/')).filter((topic) => topic !== '')
const anyFilter = fc.constantFrom('', 'a', 'A', 'oom-2', '/', '$sys', 'nothing', '#', '+', 'a/#', '+/+', '+/b/#', '$SYS/#', '/#')
const anySort = fc.constantFrom<TreeSort>('name', 'messages', 'recency')
const anyAction = fc.oneof(
  { weight: 3, arbitrary: anyTopic.map((topic) => ({ kind: 'message' as const, topic })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expand' as const), pick: fc.nat(), expanded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('arrange' as const), sort: anySort, filter: anyFilter }) },
)

function matcherOf(filter: string): ((topic: string) => boolean) | null {
  if (filter === '') return null
  if (!/[+#]/.test(filter)) return (topic) => topic.toLowerCase().includes(filter.toLowerCase())
  return (topic) => matchesFilter(compileFilter(filter), topic.split('/'))
}

function described({ node, expanded, position, siblings }: VisibleRow) {
  const { topic, name, level, messages, subtopics, lastSequence } = node
  return { topic, name, level, position, siblings, expanded, messages, subtopics, lastSequence }
}

const ALL = Number.POSITIVE_INFINITY
const live: Perspective = { admits: () => true, numbersOf: (node) => node }

function setUp(...topics: string[]) {
  const ingest = new Ingest(1_000_000, [])
  const rows = new VisibleRows(ingest.tree)
  ingest.tree.onNewTopic = (node) => rows.consider(node)
  takeAll(ingest, topics)
  const nodeOf = (topic: string): TopicNode => {
    const node = ingest.tree.find(topic)
    if (node === undefined) throw new Error(`${topic} is not there`)
    return node
  }
  return {
    ingest,
    rows,
    nodeOf,
    shown: (): string[] => {
      rows.refresh()
      return rows.at(0, live).map(({ node }) => node.topic)
    },
  }
}

describe('VisibleRows', () => {
  it('shows what a recursive walk over all messages shows', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 30 }), (actions) => {
        const { ingest, rows, nodeOf } = setUp()
        const model = new TreeModel()
        let [sort, filter] = ['name' as TreeSort, '']
        const open = new Set<string>()
        let closed = new Set<string>()
        for (const action of actions) {
          switch (action.kind) {
            case 'message':
              ingest.take(incoming(action.topic))
              model.topics.push(action.topic)
              break
            case 'expand': {
              if (model.topics.length === 0) break
              const names = (model.topics[action.pick % model.topics.length] ?? '').split('/')
              const topic = names.slice(0, 1 + (action.pick % names.length)).join('/')
              if (filter === '') {
                ingest.tree.setExpanded(nodeOf(topic), action.expanded, false)
                if (action.expanded) open.add(topic)
                else open.delete(topic)
              } else {
                rows.setExpandedWhileFiltering(nodeOf(topic), action.expanded, false)
                if (action.expanded) closed.delete(topic)
                else closed.add(topic)
              }
              break
            }
            case 'arrange':
              if (filter !== action.filter) closed = new Set()
              sort = action.sort
              filter = action.filter
              rows.arrange(sort, filter, ALL)
          }
          rows.refresh()
          const layout = {
            sort,
            filter: matcherOf(filter),
            isExpanded: (topic: string) => (filter === '' ? open.has(topic) : !closed.has(topic)),
          }
          expect(rows.at(0, live).map(described)).toEqual(model.rows(layout))
          expect(rows.matchCount).toBe(model.matches(layout))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('sorts names as people do, with the topics of the broker last', () => {
    const { shown } = setUp('room-10', '$SYS', 'room-2', 'room-02', 'Room-2', 'a', 'Z', '$', 'é', 'f')
    expect(shown()).toEqual(['a', 'é', 'f', 'room-02', 'room-2', 'Room-2', 'room-10', 'Z', '$', '$SYS'])
  })

  it('puts `$` last on the top level only', () => {
    const { ingest, shown } = setUp('x/b', 'x/$a')
    ingest.tree.setExpanded(ingest.tree.root, true, true)
    expect(shown()).toEqual(['x', 'x/$a', 'x/b'])
  })

  it('shows all, and says why, when a text with wildcards is no topic filter', () => {
    const { rows, shown } = setUp('a', 'b')
    for (const [filter, fault] of [['a#', 'hash-not-alone'], ['#/a', 'hash-not-last'], ['+a', 'plus-not-alone']] as const) {
      rows.arrange('name', filter, ALL)
      expect(rows.filterFault).toBe(fault)
      expect(rows.matchCount).toBeNull()
      expect(rows.filtering).toBe(false)
      expect(shown()).toEqual(['a', 'b'])
    }
    rows.arrange('name', 'a', ALL)
    expect(rows.filterFault).toBeNull()
    expect(shown()).toEqual(['a'])
  })

  it('opens and closes filtered rows without touching the tree itself', () => {
    const { rows, ingest, nodeOf, shown } = setUp('a/b/c', 'a/x', 'd/b')
    rows.arrange('name', 'b', ALL)
    expect(shown()).toEqual(['a', 'a/b', 'a/b/c', 'd', 'd/b'])
    rows.setExpandedWhileFiltering(nodeOf('a'), false, true)
    expect(shown()).toEqual(['a', 'd', 'd/b'])
    rows.setExpandedWhileFiltering(nodeOf('a'), true, false)
    expect(shown()).toEqual(['a', 'a/b', 'd', 'd/b'])
    expect([...ingest.tree.topics()].some(({ expanded, parent }) => expanded || parent?.expanded === (parent?.level !== 0))).toBe(false)
    rows.arrange('name', '', ALL)
    expect(shown()).toEqual(['a', 'd'])
  })

  it.each([
    ['the top levels', false, ['a', 'd']],
    ['all below too', true, ['a', 'd']],
  ])('closes everything at once while filtering: %s', (_what, recursive, expected) => {
    const { rows, ingest, shown } = setUp('a/b/c', 'd/b')
    rows.arrange('name', 'b', ALL)
    rows.setExpandedWhileFiltering(ingest.tree.root, false, recursive)
    expect(shown()).toEqual(expected)
    rows.setExpandedWhileFiltering(ingest.tree.root, true, false)
    expect(shown()).toEqual(recursive ? ['a', 'a/b', 'd', 'd/b'] : ['a', 'a/b', 'a/b/c', 'd', 'd/b'])
  })

  it('opens what it finds later, also below what was closed at once', () => {
    const { rows, ingest, shown } = setUp('a/x', 'b/other')
    rows.arrange('name', 'x', ALL)
    rows.setExpandedWhileFiltering(ingest.tree.root, false, true)
    takeAll(ingest, ['b/x'])
    expect(shown()).toEqual(['a', 'b', 'b/x'])
  })

  it('does not overflow the stack on the deepest topic there can be', () => {
    const { rows, ingest } = setUp('x/'.repeat(30_000).slice(0, -1))
    const levelsShown = (): number[] => {
      rows.refresh()
      return rows.at(0, live).map(({ node }) => node.level)
    }
    ingest.tree.setExpanded(ingest.tree.root, true, true)
    expect(levelsShown()).toEqual(Array.from({ length: 30_000 }, (_, index) => index + 1))
    rows.arrange('recency', 'x', ALL)
    expect(levelsShown()).toHaveLength(30_000)
    rows.setExpandedWhileFiltering(ingest.tree.root, false, true)
    expect(levelsShown()).toEqual([1])
  })

  it('lets the filter see as many topics as it is told, in the order they came', () => {
    const { rows, shown } = setUp('a1', 'b', 'a2', 'a3')
    rows.arrange('name', 'a', 3)
    expect(shown()).toEqual(['a1', 'a2'])
    expect(rows.matchCount).toBe(2)
    rows.reconsider(ALL)
    expect(shown()).toEqual(['a1', 'a2', 'a3'])
  })
})

describe('when rows are laid out', () => {
  it('by name: as soon as the tree changed, and not when it did not', () => {
    const { rows, ingest } = setUp('b')
    const before = rows.at(0, live)
    ingest.take(incoming('b'))
    expect(rows.at(1_000_000, live)).toBe(before)
    ingest.take(incoming('a'))
    expect(rows.at(2_000_000, live).map(({ node }) => node.topic)).toEqual(['a', 'b'])
  })

  it('by number or time: rows change places once a second at the most', () => {
    const { rows, ingest } = setUp('a', 'b', 'b')
    rows.arrange('recency', '', ALL)
    const order = (nowMs: number): string[] => rows.at(nowMs, live).map(({ node }) => node.topic)
    expect(order(5_000)).toEqual(['b', 'a'])
    ingest.take(incoming('a'))
    expect(order(5_999)).toEqual(['b', 'a'])
    expect(order(7_000)).toEqual(['a', 'b'])
  })

  it('at once when sort or filter change', () => {
    const { rows } = setUp('a', 'b', 'b')
    const order = (): string[] => rows.at(5_000, live).map(({ node }) => node.topic)
    rows.arrange('messages', '', ALL)
    expect(order()).toEqual(['b', 'a'])
    rows.arrange('name', '', ALL)
    expect(order()).toEqual(['a', 'b'])
    rows.arrange('name', 'B', ALL)
    expect(order()).toEqual(['b'])
  })
})
