import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishTabsSchema } from '@shared/publish/publish-tabs'
import { draftOf, EMPTY_DRAFT } from '../../../../../src-renderer/features/publish/draft'
import { draftOfKept, keptTabsOf } from '../../../../../src-renderer/features/publish/kept-tabs'
import { activeTab, changed, moved, newTab, reopened, rowWith, withoutTab, withTab, type TabRow } from '../../../../../src-renderer/features/publish/publish-tab'

const named = (name: string) => newTab({ ...EMPTY_DRAFT, topic: name }, name)
const names = ({ tabs }: TabRow) => tabs.map(({ name }) => name)
const [a, b, c] = [named('a'), named('b'), named('c')]
const abc = [b, c].reduce(withTab, rowWith(a))

describe('tabs', () => {
  it('open behind the one in front', () => {
    expect(names(abc)).toEqual(['a', 'b', 'c'])
    expect(names(withTab({ ...abc, activeId: a.id }, named('d')))).toEqual(['a', 'd', 'b', 'c'])
  })

  it('close, and open again where they stood', () => {
    const closed = withoutTab({ ...abc, activeId: b.id }, b.id)
    expect(names(closed)).toEqual(['a', 'c'])
    expect(activeTab(closed).name).toBe('c')
    const again = reopened(closed)
    expect(names(again)).toEqual(['a', 'b', 'c'])
    expect(activeTab(again).name).toBe('b')
    expect(reopened(again)).toBe(again)
  })

  it('leave an empty one when the last is closed, which goes when that is opened again', () => {
    const none = withoutTab(rowWith(a), a.id)
    expect(names(none)).toEqual([null])
    expect(names(reopened(none))).toEqual(['a'])
  })

  it('are moved and renamed', () => {
    expect(names(moved(abc, c.id, 0))).toEqual(['c', 'a', 'b'])
    expect(names(moved(abc, a.id, 99))).toEqual(['b', 'c', 'a'])
    expect(names(moved(abc, a.id, -1))).toEqual(['a', 'b', 'c'])
    expect(names(changed(abc, b.id, (tab) => ({ ...tab, name: 'z' })))).toEqual(['a', 'z', 'c'])
  })

  it('are never none, and never lose one, whatever is done with them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('add', 'close', 'reopen', 'move'), fc.nat(9)), { maxLength: 40 }), (steps) => {
        let row = rowWith(named('x'))
        for (const [step, n] of steps) {
          const id = row.tabs[n % row.tabs.length]?.id ?? ''
          if (step === 'add') row = withTab(row, named('n'))
          if (step === 'close') row = withoutTab(row, id)
          if (step === 'reopen') row = reopened(row)
          if (step === 'move') row = moved(row, id, n)
        }
        expect(row.tabs.some(({ id }) => id === row.activeId)).toBe(true)
        expect(new Set(row.tabs.map(({ id }) => id)).size).toBe(row.tabs.length)
      }),
    )
  })
})

describe('tabs that are kept', () => {
  it('come back as they were, and fit the schema of their file', () => {
    const loaded = draftOf({ topic: 't', payload: Uint8Array.of(0, 255), qos: 2, retain: true })
    const written = { ...EMPTY_DRAFT, topic: 'w', text: '{"a":1}', encoding: { kind: 'cbor' as const } }
    const row = withTab(rowWith(newTab(loaded, 'L')), newTab(written))
    const kept = publishTabsSchema.parse(JSON.parse(JSON.stringify(keptTabsOf(row.tabs, row.activeId))))
    expect(kept.activeIndex).toBe(1)
    expect(kept.tabs.map(({ name }) => name)).toEqual(['L', null])
    expect(kept.tabs.map(({ draft }) => draftOfKept(draft))).toEqual([loaded, written])
  })

  it('lose a payload that is too long, and the place of a file, and nothing else', () => {
    const long = { ...EMPTY_DRAFT, topic: 't', text: 'x'.repeat(1_000_000) }
    const withFile = { ...EMPTY_DRAFT, file: { fileId: 'f', name: 'a.bin', bytes: 3 } }
    const [first, second] = keptTabsOf([newTab(long), newTab(withFile)], '').tabs.map(({ draft }) => draftOfKept(draft))
    expect(first).toEqual({ ...long, text: '' })
    expect(second).toEqual({ ...withFile, file: { fileId: null, name: 'a.bin', bytes: null } })
  })
})
