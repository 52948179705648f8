import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import { MAX_LIVE_MINUTES, type ChartRange } from '@shared/charts/series'

/** From when to when, in milliseconds since 1970. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

const SHORTEST_MS = 10
const LONGEST_MS = MAX_LIVE_MINUTES * 60_000

export interface RangeControl {
  /** What is asked of the engine. */
  readonly range: ComputedRef<ChartRange>
  /** What is held, or null while the chart is live. */
  readonly held: Readonly<Ref<TimeSpan | null>>
  readonly show: (span: TimeSpan) => void
  /** Makes the time shown longer by a factor, or shorter; the moment `aroundMs` stays where it is. */
  readonly zoom: (factor: number, aroundMs?: number) => void
  /** Moves by a share of the time shown; positive is later. */
  readonly pan: (share: number) => void
  /** Holds what is shown now. */
  readonly pause: () => void
  readonly goLive: () => void
}

/** What time a chart shows: the last minutes, until the user zooms, moves or pauses. `shown` is what the newest frame shows. */
export function useChartRange(minutes: Readonly<Ref<number>>, shown: Readonly<Ref<TimeSpan | null>>): RangeControl {
  const held = shallowRef<TimeSpan | null>(null)
  const now = () => held.value ?? shown.value

  function show({ fromMs, toMs }: TimeSpan): void {
    const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, toMs - fromMs))
    const middle = (fromMs + toMs) / 2
    const from = Math.max(0, middle - length / 2)
    held.value = { fromMs: from, toMs: from + length }
  }

  function zoom(factor: number, aroundMs?: number): void {
    const span = now()
    if (span === null) return
    const around = aroundMs ?? (span.fromMs + span.toMs) / 2
    show({ fromMs: around - (around - span.fromMs) * factor, toMs: around + (span.toMs - around) * factor })
  }

  function pan(share: number): void {
    const span = now()
    if (span === null) return
    const by = (span.toMs - span.fromMs) * share
    show({ fromMs: span.fromMs + by, toMs: span.toMs + by })
  }

  return {
    range: computed(() => (held.value === null ? { kind: 'live', minutes: minutes.value } : { kind: 'fixed', ...held.value })),
    held,
    show,
    zoom,
    pan,
    pause: () => (held.value = now()),
    goLive: () => (held.value = null),
  }
}
