import { computed, onScopeDispose, reactive, type Ref } from 'vue'

/** How long after a key the rows stand still. */
const KEY_HOLD_MS = 2_000

/** Why rows that are sorted by a number stay where they are. */
export interface OrderHold {
  readonly held: Readonly<Ref<boolean>>
  /** The pointer is, or is no longer, over the rows. */
  pointer(isOver: boolean): void
  /** The menu of a row is open, or no longer. */
  menu(isOpen: boolean): void
  /** The keyboard moved among the rows, or left them. */
  keyboard(isThere: boolean): void
}

/** Rows do not run away under the pointer or from the keyboard: holds their order while either is among them. */
export function useOrderHold(): OrderHold {
  const reasons = reactive(new Set<'pointer' | 'menu' | 'keyboard'>())
  let timer: ReturnType<typeof setTimeout> | undefined

  function set(reason: 'pointer' | 'menu' | 'keyboard', holds: boolean): void {
    if (holds) reasons.add(reason)
    else reasons.delete(reason)
  }

  onScopeDispose(() => clearTimeout(timer))
  return {
    held: computed(() => reasons.size > 0),
    pointer: (isOver) => set('pointer', isOver),
    menu: (isOpen) => set('menu', isOpen),
    keyboard(isThere) {
      clearTimeout(timer)
      set('keyboard', isThere)
      if (isThere) timer = setTimeout(() => set('keyboard', false), KEY_HOLD_MS)
    },
  }
}
