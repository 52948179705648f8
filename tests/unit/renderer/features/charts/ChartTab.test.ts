// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { SeriesFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import ChartTab from '../../../../../src-renderer/features/charts/ChartTab.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { FakeViews } from '../../support/fake-views'

const bench = vi.hoisted(() => ({ views: null as FakeViews | null, request: vi.fn() }))
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({ useView: (target: never) => bench.views?.useView(target) }))
vi.mock('../../../../../src-renderer/bridge/client', () => ({ request: bench.request, listen: () => () => undefined }))
// What is drawn has no size here.
vi.mock('../../../../../src-renderer/features/charts/ChartPlot.vue', () => ({
  default: defineComponent({
    emits: ['resize', 'show', 'zoom', 'pan', 'live'],
    mounted() {
      this.$emit('resize', 300)
    },
    render() {
      return h('div', { class: 'plot', onClick: () => this.$emit('show', { fromMs: 5, toMs: 9 }) }, this.$slots['default']?.())
    },
  }),
}))

function payload(value: unknown): RenderedPayload {
  const body = { kind: 'text', language: 'json', text: JSON.stringify(value) } as const
  return { compressions: [], format: 'json', decidedBy: 'content', body, fault: null, shownBytes: 1, unwrappedBytes: 1, totalBytes: 1 }
}

function frameOf(spec: SpecOf<'series'>, more: Partial<SeriesFrame['series'][number]> = {}): SeriesFrame {
  const drawn = { known: true, points: new Uint8Array(), count: 2, min: 1, mean: 1.5, max: 2, last: 2, lastAtMs: 4, missing: 0, medianIntervalMs: 1_000, letGo: 0, ...more }
  return { kind: 'series', fromMs: 0, toMs: 10, reading: false, series: spec.series.map((series) => ({ ...series, ...drawn })) }
}

const specs = () => (bench.views?.specs ?? []).filter((spec): spec is SpecOf<'series'> => spec.kind === 'series')
const show = (more?: Parameters<typeof frameOf>[1]) => bench.views?.show((spec: ViewSpec) => (spec.kind === 'series' ? frameOf(spec, more) : null))

function setUp(value: unknown) {
  const wrapper = mount(
    { render: () => h(TooltipProvider, () => h(ChartTab, { connectionId: 'c', topic: 'plant/press', payload: payload(value) })) },
    { global: { plugins: [i18n] } },
  )
  const chip = (name: string) => wrapper.findAll('.chip').find((button) => button.text().startsWith(name))
  return { wrapper, chip, table: () => wrapper.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text())) }
}

beforeEach(() => {
  setActivePinia(createPinia())
  bench.views = new FakeViews()
  bench.request.mockReset()
})

describe('the tab Chart', () => {
  it('asks for what was chosen, and shows it in a table too', async () => {
    const { wrapper, chip, table } = setUp({ value: 2, unit: 'bar', on: true })
    expect(wrapper.text()).toContain('Choose a number to chart')
    expect(specs()).toEqual([])
    await chip('value')?.trigger('click')
    await flushPromises()
    expect(specs()).toEqual([
      { kind: 'series', series: [{ topic: 'plant/press', path: ['value'], aggregation: 'all' }], range: { kind: 'live', minutes: 5 }, pixels: 300 },
    ])
    expect(chip('value')?.attributes('aria-pressed')).toBe('true')
    await show({ missing: 3 })
    expect(table()).toEqual([['valueevery 1.0 s · 3 messages without a number here', '2 bar', '1', '1.5', '2', '2', '']])
    await chip('on')?.trigger('click')
    expect(specs()[0]?.series).toHaveLength(2)
    await chip('value')?.trigger('click')
    expect(specs()[0]?.series).toMatchObject([{ path: ['on'] }])
  })

  it('charts the only number there is', async () => {
    setUp(21.5)
    await flushPromises()
    expect(specs()[0]?.series).toMatchObject([{ path: [] }])
  })

  it('says what to do where there is no number', () => {
    expect(setUp({ name: 'x' }).wrapper.text()).toContain('No number in this message')
  })

  it('says why there is no line', async () => {
    const { wrapper } = setUp(1)
    await flushPromises()
    await show({ count: 0, last: null, min: null, mean: null, max: null, missing: 4 })
    expect(wrapper.get('[role=status]').text()).toContain('4 messages came in this time, none with a number')
    await show({ count: 0, last: null, min: null, mean: null, max: null, known: false })
    expect(wrapper.get('[role=status]').text()).toContain('Waiting for the first message')
  })

  it('holds what was zoomed into until one goes back to live', async () => {
    const { wrapper } = setUp(1)
    await flushPromises()
    await show()
    await wrapper.get('.plot').trigger('click')
    expect(specs()[0]?.range).toMatchObject({ kind: 'fixed' })
    await wrapper.findAll('button').find((button) => button.text() === 'Back to live')?.trigger('click')
    expect(specs()[0]?.range).toEqual({ kind: 'live', minutes: 5 })
  })

  it('pins a copy to the dashboard', async () => {
    const { wrapper } = setUp(1)
    await flushPromises()
    bench.request.mockImplementation((channel: string) => Promise.resolve(channel === 'charts.read-dashboard' ? { charts: [] } : undefined))
    await wrapper.get('[aria-label="Pin to dashboard"]').trigger('click')
    await flushPromises()
    expect(bench.request).toHaveBeenLastCalledWith('charts.update-dashboard', {
      connectionId: 'c',
      dashboard: { charts: [expect.objectContaining({ series: [{ topic: 'plant/press', path: [], aggregation: 'all', unit: '' }] })] },
    })
  })
})
