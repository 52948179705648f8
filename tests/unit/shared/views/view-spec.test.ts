import { describe, expect, it } from 'vitest'
import { MAX_WINDOW_ROWS, viewSpecSchema } from '@shared/views/view-spec'

const tree = { kind: 'tree', firstRow: 0, rowCount: 50, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }
const accepted = (spec: unknown) => viewSpecSchema.safeParse(spec).success

describe('viewSpecSchema', () => {
  it.each([
    tree,
    { ...tree, sort: 'recency', filter: 'a/+/#', rowCount: MAX_WINDOW_ROWS, firstRow: 1_000_000 },
    { kind: 'topic', topic: '/', newest: null, firstRow: 0, rowCount: 0 },
    { kind: 'statistics' },
  ])('accepts %j', (spec) => {
    expect(accepted(spec)).toBe(true)
  })

  it.each([
    { ...tree, firstRow: -1 },
    { ...tree, rowCount: MAX_WINDOW_ROWS + 1 },
    { ...tree, rowCount: 0.5 },
    { ...tree, sort: 'size' },
    { ...tree, filter: 'x'.repeat(65_536) },
    { ...tree, topic: 'a' },
    { kind: 'topic', topic: 'a', newest: null, firstRow: 0, rowCount: MAX_WINDOW_ROWS + 1 },
    { kind: 'topic', topic: 'a' },
    { kind: 'chart' },
    {},
  ])('refuses %j', (spec) => {
    expect(accepted(spec)).toBe(false)
  })
})
