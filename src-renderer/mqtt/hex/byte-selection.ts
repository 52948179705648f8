import { computed, shallowRef, type Ref } from 'vue'

export const BYTES_PER_ROW = 16

/** The bytes chosen in a dump: from where the selection began to where the cursor is. */
export interface ByteSelection {
  readonly cursor: Readonly<Ref<number>>
  readonly first: Readonly<Ref<number>>
  /** The last one chosen. */
  readonly last: Readonly<Ref<number>>
  moveTo(byte: number, isExtending: boolean): void
  select(first: number, length: number): void
}

export function useByteSelection(length: Readonly<Ref<number>>): ByteSelection {
  const anchor = shallowRef(0)
  const place = shallowRef(0)
  const within = (byte: number): number => Math.max(0, Math.min(length.value - 1, byte))
  return {
    cursor: computed(() => within(place.value)),
    first: computed(() => within(Math.min(anchor.value, place.value))),
    last: computed(() => within(Math.max(anchor.value, place.value))),
    moveTo(byte, isExtending) {
      place.value = within(byte)
      if (!isExtending) anchor.value = place.value
    },
    select(first, count) {
      anchor.value = within(first + count - 1)
      place.value = within(first)
    },
  }
}

/** The byte a key goes to; null for a key that goes nowhere. */
export function byteForKey({ key, ctrlKey, metaKey }: KeyboardEvent, cursor: number, length: number, pageRows: number): number | null {
  const isFar = ctrlKey || metaKey
  switch (key) {
    case 'ArrowLeft':
      return cursor - 1
    case 'ArrowRight':
      return cursor + 1
    case 'ArrowUp':
      return cursor - BYTES_PER_ROW < 0 ? cursor : cursor - BYTES_PER_ROW
    case 'ArrowDown':
      return Math.min(length - 1, cursor + BYTES_PER_ROW)
    case 'PageUp':
      return Math.max(cursor % BYTES_PER_ROW, cursor - pageRows * BYTES_PER_ROW)
    case 'PageDown':
      return cursor + pageRows * BYTES_PER_ROW
    case 'Home':
      return isFar ? 0 : cursor - (cursor % BYTES_PER_ROW)
    case 'End':
      return isFar ? length - 1 : cursor - (cursor % BYTES_PER_ROW) + BYTES_PER_ROW - 1
    default:
      return null
  }
}
