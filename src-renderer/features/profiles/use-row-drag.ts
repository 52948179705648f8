import { ref, shallowRef, type Ref } from 'vue'

export interface RowDrag<Key> {
  /** The dragged row, or null. */
  readonly from: Ref<Key | null>
  /** The gap it would fall into: after that many of the list's rows and headings. */
  readonly gap: Ref<number | null>
  readonly start: (key: Key, event: DragEvent) => void
  readonly over: (event: DragEvent) => void
  readonly drop: (event: DragEvent) => void
  readonly end: () => void
}

/**
 * Dragging the rows of a list to another place. What has `data-slot`, rows and headings alike, is what gaps lie between;
 * `moved` gets the key of the row and the gap.
 */
export function useRowDrag<Key>(list: Readonly<Ref<HTMLElement | null>>, moved: (key: Key, gap: number) => void): RowDrag<Key> {
  const from = shallowRef<Key | null>(null)
  const gap = ref<number | null>(null)

  function start(key: Key, event: DragEvent): void {
    from.value = key
    const row = event.target instanceof Element ? event.target.closest('[data-slot]') : null
    if (event.dataTransfer === null) return
    event.dataTransfer.effectAllowed = 'move'
    if (row !== null) event.dataTransfer.setDragImage(row, 12, 12)
  }

  function over(event: DragEvent): void {
    if (from.value === null) return
    event.preventDefault()
    const slots = [...(list.value?.querySelectorAll('[data-slot]') ?? [])]
    const below = slots.findIndex((slot) => {
      const { top, height } = slot.getBoundingClientRect()
      return event.clientY < top + height / 2
    })
    gap.value = below === -1 ? slots.length : below
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    const source = from.value
    const target = gap.value
    end()
    if (source !== null && target !== null) moved(source, target)
  }

  function end(): void {
    from.value = null
    gap.value = null
  }

  return { from, gap, start, over, drop, end }
}
