import { shallowRef, type Ref } from 'vue'

export interface CardDrag {
  /** The dragged card, by its index, or null. */
  readonly from: Readonly<Ref<number | null>>
  /** The card it would take the place of. */
  readonly over: Readonly<Ref<number | null>>
  readonly start: (index: number, event: DragEvent) => void
  readonly enter: (event: DragEvent, index: number) => void
  readonly drop: (event: DragEvent) => void
  readonly end: () => void
}

/** Dragging a card to the place of another. */
export function useCardDrag(moved: (fromIndex: number, toIndex: number) => void): CardDrag {
  const from = shallowRef<number | null>(null)
  const over = shallowRef<number | null>(null)

  function start(index: number, event: DragEvent): void {
    from.value = index
    const card = event.target instanceof Element ? event.target.closest('li') : null
    if (event.dataTransfer === null) return
    event.dataTransfer.effectAllowed = 'move'
    if (card !== null) event.dataTransfer.setDragImage(card, 16, 16)
  }

  function enter(event: DragEvent, index: number): void {
    if (from.value === null) return
    event.preventDefault()
    over.value = index
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    const [source, target] = [from.value, over.value]
    end()
    if (source !== null && target !== null && source !== target) moved(source, target)
  }

  function end(): void {
    from.value = null
    over.value = null
  }

  return { from, over, start, enter, drop, end }
}
