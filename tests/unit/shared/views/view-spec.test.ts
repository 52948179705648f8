import { describe, expect, it } from 'vitest'
import { MAX_HIDDEN_FILTERS, MAX_WATCHED_TOPICS, MAX_WINDOW_ROWS, viewSpecSchema } from '@shared/views/view-spec'

const tree = { kind: 'tree', firstRow: 0, rowCount: 50, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }
const accepted = (spec: unknown) => viewSpecSchema.safeParse(spec).success

describe('viewSpecSchema', () => {
  it.each([
    tree,
    { ...tree, sort: 'recency', search: 'a/+/#', hidden: ['$SYS/#'], changedAfter: 7, rowCount: MAX_WINDOW_ROWS, firstRow: 1_000_000 },
    { kind: 'topic', topic: '/', newest: null, firstRow: 0, rowCount: 0 },
    { kind: 'topic', topic: 'a', newest: 12, firstRow: 1_000_000, rowCount: 100 },
    { kind: 'values', topics: ['a', 'b'] },
    { kind: 'statistics' },
  ])('accepts %j', (spec) => {
    expect(accepted(spec)).toBe(true)
  })

  it.each([
    { ...tree, firstRow: -1 },
    { ...tree, rowCount: MAX_WINDOW_ROWS + 1 },
    { ...tree, rowCount: 0.5 },
    { ...tree, sort: 'weight' },
    { ...tree, search: 'x'.repeat(65_536) },
    { ...tree, hidden: ['a#'] },
    { ...tree, hidden: Array.from({ length: MAX_HIDDEN_FILTERS + 1 }, (_, index) => `h${index}`) },
    { kind: 'values', topics: Array.from({ length: MAX_WATCHED_TOPICS + 1 }, () => 'a') },
    { kind: 'topic', topic: 'a', newest: 0, firstRow: 0, rowCount: 1 },
    { ...tree, topic: 'a' },
    { kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: MAX_WINDOW_ROWS + 1 },
    { kind: 'topic', topic: 'a' },
    { kind: 'chart' },
    {},
  ])('refuses %j', (spec) => {
    expect(accepted(spec)).toBe(false)
  })
})
