import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { TimeSpan } from './use-chart-range'

/** How much one notch of a wheel (100 px) makes the time longer. */
const ZOOM_A_NOTCH = 1.25
const NOTCH_PIXELS = 100
/** A wheel that counts lines, or pages. */
const LINE_PIXELS = 33
/** Less than that is a click. */
const SMALLEST_DRAG_PIXELS = 4

interface Gestures {
  readonly show: (span: TimeSpan) => void
  readonly zoom: (factor: number, aroundMs: number) => void
  readonly pan: (share: number) => void
}

export interface PlotPointer {
  /** The moment under the pointer; null while it is elsewhere. */
  readonly atMs: Readonly<Ref<number | null>>
  /** What is being marked, in pixels. */
  readonly selection: ComputedRef<{ readonly left: number; readonly width: number } | null>
  readonly xOf: (ms: number) => number
  readonly onWheel: (event: WheelEvent) => void
  readonly onDown: (event: PointerEvent) => void
  readonly onMove: (event: PointerEvent) => void
  readonly onUp: (event: PointerEvent) => void
  readonly onLeave: () => void
}

/** The mouse over a plot: dragging marks a time to zoom into, or with Shift moves it; the wheel zooms, sideways it moves. */
export function usePlotPointer(
  plot: Readonly<Ref<HTMLElement | null>>,
  plotPixels: Readonly<Ref<number>>,
  left: () => number,
  time: () => TimeSpan,
  gestures: Gestures,
): PlotPointer {
  const atMs = shallowRef<number | null>(null)
  const drag = shallowRef<{ readonly kind: 'mark' | 'move'; readonly from: number; readonly to: number } | null>(null)
  const width = () => Math.max(1, plotPixels.value)

  const within = (x: number) => Math.min(left() + width(), Math.max(left(), x))
  const xIn = ({ clientX }: MouseEvent) => within(clientX - (plot.value?.getBoundingClientRect().left ?? 0))
  const msAt = (x: number) => time().fromMs + ((x - left()) / width()) * (time().toMs - time().fromMs)
  const xOf = (ms: number) => left() + ((ms - time().fromMs) / (time().toMs - time().fromMs)) * width()

  function onWheel(event: WheelEvent): void {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PIXELS
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (Math.abs(sideways) > Math.abs(event.deltaY) || (event.shiftKey && sideways !== 0)) gestures.pan((sideways * unit) / width())
    else if (event.deltaY !== 0) gestures.zoom(ZOOM_A_NOTCH ** ((event.deltaY * unit) / NOTCH_PIXELS), msAt(xIn(event)))
  }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    const x = xIn(event)
    drag.value = { kind: event.shiftKey ? 'move' : 'mark', from: x, to: x }
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
  }

  function onMove(event: PointerEvent): void {
    const x = xIn(event)
    atMs.value = msAt(x)
    const now = drag.value
    if (now === null) return
    if (now.kind === 'move') gestures.pan((now.to - x) / width())
    drag.value = { ...now, to: x }
  }

  function onUp(): void {
    const done = drag.value
    drag.value = null
    if (done?.kind !== 'mark' || Math.abs(done.to - done.from) < SMALLEST_DRAG_PIXELS) return
    gestures.show({ fromMs: msAt(Math.min(done.from, done.to)), toMs: msAt(Math.max(done.from, done.to)) })
  }

  function onLeave(): void {
    atMs.value = null
    drag.value = null
  }

  const selection = computed(() => {
    const now = drag.value
    return now?.kind === 'mark' ? { left: Math.min(now.from, now.to), width: Math.abs(now.to - now.from) } : null
  })
  return { atMs, selection, xOf, onWheel, onDown, onMove, onUp, onLeave }
}
