import { shallowRef, type Ref } from 'vue'

export interface RowDrag<Key, Target> {
  /** The dragged row, or null. */
  readonly from: Ref<Key | null>
  /** Where it would fall; null: nowhere it can go to. */
  readonly target: Ref<Target | null>
  readonly start: (key: Key, event: DragEvent) => void
  readonly over: (event: DragEvent) => void
  readonly drop: (event: DragEvent) => void
  readonly end: () => void
}

/**
 * Dragging the rows of a list to another place. What has `data-slot`, whatever it is, are the slots among which `locate` finds
 * where a row falls that is held at that height of the window.
 */
export function useRowDrag<Key, Target>(
  list: Readonly<Ref<HTMLElement | null>>,
  locate: (slots: readonly Element[], clientY: number, key: Key) => Target | null,
  moved: (key: Key, target: Target) => void,
): RowDrag<Key, Target> {
  const from = shallowRef<Key | null>(null)
  const target = shallowRef<Target | null>(null)

  function start(key: Key, event: DragEvent): void {
    from.value = key
    const row = event.target instanceof Element ? event.target.closest('[data-slot]') : null
    if (event.dataTransfer === null) return
    event.dataTransfer.effectAllowed = 'move'
    if (row !== null) event.dataTransfer.setDragImage(row, 12, 12)
  }

  function over(event: DragEvent): void {
    if (from.value === null) return
    target.value = locate([...(list.value?.querySelectorAll('[data-slot]') ?? [])], event.clientY, from.value)
    if (target.value !== null) event.preventDefault()
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    const source = from.value
    const place = target.value
    end()
    if (source !== null && place !== null) moved(source, place)
  }

  function end(): void {
    from.value = null
    target.value = null
  }

  return { from, target, start, over, drop, end }
}

/** The gap between slots at a height: after that many of them. */
export function gapAt(slots: readonly Element[], clientY: number): number {
  const below = slots.findIndex((slot) => {
    const { top, height } = slot.getBoundingClientRect()
    return clientY < top + height / 2
  })
  return below === -1 ? slots.length : below
}
