// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { DecisionTable } from '@shared/acl/decision-table'
import { readPolicy } from '@shared/acl/policy-document'
import MatrixGrid from '../../../../../src-renderer/features/acl/MatrixGrid.vue'
import type { CellPlace } from '../../../../../src-renderer/features/acl/cell-place'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const USERS = 50
const TOPICS = 5_000

async function mountGrid() {
  const lines = Array.from({ length: USERS }, (_, n) => `user u${n}\ntopic read a/#\ntopic write a/${n}`)
  const { policy } = readPolicy(lines.join('\n'), '2.0')
  const decide = vi.spyOn(policy, 'decide')
  const clients = policy.users.map((username) => ({ username, clientId: '' }))
  const topics = Array.from({ length: TOPICS }, (_, n) => `a/${n}`)
  const grid = mount(MatrixGrid, {
    props: {
      table: new DecisionTable(policy, clients, topics),
      rows: topics.map((_, place) => place),
      topicHead: 'Topic',
      descending: false,
      remarks: () => ({ changed: false, disagrees: false }),
      asked: null,
      active: null as CellPlace | null,
      anchor: null as CellPlace | null,
      'onUpdate:active': (active: CellPlace | null) => grid.setProps({ active }),
      'onUpdate:anchor': (anchor: CellPlace | null) => grid.setProps({ anchor }),
    },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  const scroller = grid.get('.row-scroller').element
  Object.defineProperty(scroller, 'clientHeight', { value: 520 })
  Object.defineProperty(scroller, 'clientWidth', { value: 900 })
  window.dispatchEvent(new Event('resize'))
  await flushPromises()
  const press = async (key: string, more: object = {}) => {
    await grid.get('[role=grid]').trigger('keydown', { key, ...more })
    await flushPromises()
  }
  return { grid, decide, press }
}

describe('the grid of the matrix', () => {
  it('draws and decides what is in sight, and says how much there is', async () => {
    const { grid, decide } = await mountGrid()
    expect(grid.get('[role=grid]').attributes()).toMatchObject({ 'aria-rowcount': `${TOPICS + 1}`, 'aria-colcount': `${USERS + 1}` })
    expect(grid.findAll('[role=gridcell]').length).toBeLessThan(400)
    expect(decide.mock.calls.length).toBeLessThan(800)
    const [first, second] = grid.findAll('[role=gridcell] [role=img]')
    expect([first?.attributes('aria-label'), first?.text()]).toEqual(['read and write', 'rw'])
    expect([second?.attributes('aria-label'), second?.text()]).toEqual(['read', 'r·'])
  })

  it('is walked by the keyboard, chooses with Shift, and asks with Enter', async () => {
    const { grid, press } = await mountGrid()
    await press('ArrowRight')
    expect(grid.props('active')).toEqual({ row: 0, column: 0 })
    await press('End')
    expect(grid.props('active')).toEqual({ row: 0, column: USERS - 1 })
    await press('End', { ctrlKey: true })
    expect(grid.props('active')).toEqual({ row: TOPICS - 1, column: USERS - 1 })
    await press('ArrowUp', { shiftKey: true })
    expect(grid.props('anchor')).toEqual({ row: TOPICS - 1, column: USERS - 1 })
    await press('Enter')
    expect(grid.emitted('open')).toEqual([[{ row: TOPICS - 2, column: USERS - 1 }]])
    await press('Home', { ctrlKey: true })
    await press('PageDown')
    expect(grid.props('active')).toMatchObject({ column: 0 })
    expect((grid.props('active') as CellPlace).row).toBeGreaterThan(5)
  })
})
