// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import type { FieldPath } from '@shared/payload/field-path'
import { DEFAULT_TABLE_SETTINGS } from '@shared/table/table-settings'
import { NEWEST_FIRST } from '@shared/table/table-sort'
import type { TableFrame, TableRow } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { columnsOf, withPinned } from '../../../../../src-renderer/features/table/columns'
import TableGrid from '../../../../../src-renderer/features/table/TableGrid.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const view = vi.hoisted(() => ({ target: null as Ref<{ spec: SpecOf<'table'> } | null> | null, frame: null as ShallowRef<TableFrame | null> | null }))
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: Ref<{ spec: SpecOf<'table'> } | null>) => {
    const frame = shallowRef<TableFrame | null>(null)
    Object.assign(view, { target, frame })
    return { frame, viewId: shallowRef(1), error: shallowRef(null) }
  },
}))

function row(sequence: number, fields: (string | null)[] = ['21.5'], fieldsState: NonNullable<TableRow['message']>['fieldsState'] = 'read'): TableRow {
  const summary = { sequence, receivedAtMs: Date.now(), qos: 1 as const, retain: sequence === 2, dup: false, payloadBytes: 1_234, preview: '{"v":21.5}' }
  return { sequence, message: { ...summary, topic: 'a/b', fields, fieldsState } }
}

function frameOf(rows: TableRow[], more: Partial<TableFrame> = {}): TableFrame {
  return { kind: 'table', firstRow: 0, totalRows: rows.length, rows, newest: rows[0]?.sequence ?? 0, looked: rows.length, isCut: false, unread: 0, newer: 0, progress: null, ...more }
}

async function mountGrid(rows: TableRow[]) {
  const fields: FieldPath[] = [['v']]
  const settings = withPinned(DEFAULT_TABLE_SETTINGS, ['v'], 'a/#')
  const grid = mount(TableGrid, {
    props: { subject: { connectionId: 'c', topics: 'a/#', search: '', fields, sort: NEWEST_FIRST }, columns: columnsOf(settings, 'a/#') },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  Object.defineProperty(grid.get('.row-scroller').element, 'clientHeight', { value: 520 })
  window.dispatchEvent(new Event('resize'))
  await flushPromises()
  if (view.frame) view.frame.value = frameOf(rows)
  await flushPromises()
  return grid
}

const spec = () => view.target?.value?.spec

describe('the grid of a table', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })

  it('shows a row for each message, with its fields, and says how many there are', async () => {
    const grid = await mountGrid([row(3), { sequence: 2, message: null }, row(1, [null]), row(0, [null], 'unreadable'), row(4, [null], 'pending')])
    expect(grid.get('[role=grid]').attributes('aria-rowcount')).toBe('6')
    const cells = grid.findAll('[data-index]').map((line) => line.findAll('[role=gridcell]').map((cell) => cell.text()))
    expect(cells[0]?.slice(1)).toEqual(['a/b', '21.5', '1', '', '1,234', '{"v":21.5}'])
    expect(cells[1]).toEqual(['No longer in the message log'])
    expect(cells[2]?.[2]).toBe('')
    expect(cells[3]?.[2]).toBe('not readable')
    expect(cells[4]?.[2]).toBe('…')
  })

  it('stands still when a row is chosen, and opens it by the keyboard', async () => {
    const grid = await mountGrid([row(3), row(2), row(1)])
    expect(spec()?.until).toBeNull()
    await grid.get('[role=grid]').trigger('keydown', { key: 'ArrowDown' })
    expect(spec()?.until).toBe(3)
    await grid.get('[role=grid]').trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    expect(grid.findAll('[aria-selected=true]')).toHaveLength(2)
    await grid.get('[role=grid]').trigger('keydown', { key: 'Enter' })
    expect(grid.emitted('open')).toEqual([['a/b', 2]])
    await grid.get('[role=grid]').trigger('keydown', { key: 'a', ctrlKey: true })
    expect(grid.findAll('[aria-selected=true]')).toHaveLength(3)
    await grid.get('[role=grid]').trigger('keydown', { key: 'c', ctrlKey: true })
    expect(grid.emitted('copy')).toEqual([['{"v":21.5}']])
    await grid.get('[role=grid]').trigger('keydown', { key: 'Escape' })
    expect(grid.findAll('[aria-selected=true]')).toHaveLength(0)
  })

  it('sorts by any column, the other way at the second time, and says by which', async () => {
    const grid = await mountGrid([row(1)])
    const head = (name: string) => grid.findAll('[role=columnheader] button').find((button) => button.text() === name)
    await head('v')?.trigger('click')
    await head('Time')?.trigger('click')
    expect(grid.emitted('sort')).toEqual([[{ by: ['v'], descending: false }], [{ by: 'time', descending: false }]])
    expect(grid.findAll('[aria-sort=descending]').map((column) => column.text())).toEqual(['Time'])
    const sorted = { connectionId: 'c', topics: 'a/#', search: '', fields: [['v']], sort: { by: ['v'], descending: false } }
    await grid.setProps({ subject: sorted })
    expect(spec()).toMatchObject({ sort: { by: ['v'], descending: false }, until: 1 })
  })

  it('takes widths from the keyboard', async () => {
    const grid = await mountGrid([row(1)])
    const [handle] = grid.findAll('[role=separator]')
    await handle?.trigger('keydown', { key: 'ArrowRight' })
    await handle?.trigger('keydown', { key: 'Enter' })
    expect(grid.emitted('resize')).toEqual([['time', 166], ['time', null]])
  })
})
