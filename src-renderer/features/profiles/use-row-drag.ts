import { ref, type Ref } from 'vue'

export interface RowDrag {
  /** The dragged row, or null. */
  readonly from: Ref<number | null>
  /** The gap it would fall into: before row `gap`. */
  readonly gap: Ref<number | null>
  readonly start: (index: number, event: DragEvent) => void
  readonly over: (event: DragEvent) => void
  readonly drop: (event: DragEvent) => void
  readonly end: () => void
}

/** Dragging the rows (`li`) of a list to another place; `moved` gets the index among the other rows. */
export function useRowDrag(list: Readonly<Ref<HTMLElement | null>>, moved: (from: number, to: number) => void): RowDrag {
  const from = ref<number | null>(null)
  const gap = ref<number | null>(null)

  function start(index: number, event: DragEvent): void {
    from.value = index
    const row = event.target instanceof Element ? event.target.closest('li') : null
    if (event.dataTransfer === null) return
    event.dataTransfer.effectAllowed = 'move'
    if (row !== null) event.dataTransfer.setDragImage(row, 12, 12)
  }

  function over(event: DragEvent): void {
    if (from.value === null) return
    event.preventDefault()
    const rows = [...(list.value?.querySelectorAll('li') ?? [])]
    const below = rows.findIndex((row) => {
      const { top, height } = row.getBoundingClientRect()
      return event.clientY < top + height / 2
    })
    gap.value = below === -1 ? rows.length : below
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    const source = from.value
    const target = gap.value
    end()
    if (source === null || target === null) return
    const to = target > source ? target - 1 : target
    if (to !== source) moved(source, to)
  }

  function end(): void {
    from.value = null
    gap.value = null
  }

  return { from, gap, start, over, drop, end }
}
