import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useChartRange, type TimeSpan } from '../../../../../src-renderer/features/charts/use-chart-range'

const setUp = (shown: TimeSpan | null = { fromMs: 1_000, toMs: 2_000 }) => {
  const minutes = ref(5)
  return { minutes, control: useChartRange(minutes, ref(shown)) }
}

describe('useChartRange', () => {
  it('is live until the user zooms, moves or holds, and again when asked', () => {
    const { minutes, control } = setUp()
    minutes.value = 15
    expect(control.range.value).toEqual({ kind: 'live', minutes: 15 })
    control.zoom(1 / 2, 1_250)
    expect(control.range.value).toEqual({ kind: 'fixed', fromMs: 1_125, toMs: 1_625 })
    control.pan(0.5)
    expect(control.held.value).toEqual({ fromMs: 1_375, toMs: 1_875 })
    control.goLive()
    expect(control.range.value.kind).toBe('live')
    control.pause()
    expect(control.held.value).toEqual({ fromMs: 1_000, toMs: 2_000 })
  })

  it('zooms about the middle where no moment is named, and gets neither too short nor too long', () => {
    const { control } = setUp()
    control.zoom(2)
    expect(control.held.value).toEqual({ fromMs: 500, toMs: 2_500 })
    for (let count = 0; count < 50; count += 1) control.zoom(0.1)
    expect((control.held.value?.toMs ?? 0) - (control.held.value?.fromMs ?? 0)).toBeCloseTo(10)
    for (let count = 0; count < 50; count += 1) control.zoom(10)
    expect((control.held.value?.toMs ?? 0) - (control.held.value?.fromMs ?? 0)).toBe(7 * 86_400_000)
    expect(control.held.value?.fromMs).toBe(0)
  })

  it('does nothing before there is anything to see', () => {
    const { control } = setUp(null)
    control.zoom(2)
    control.pan(1)
    control.pause()
    expect(control.range.value.kind).toBe('live')
  })
})
