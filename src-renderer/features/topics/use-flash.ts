import { onScopeDispose, shallowRef, type Ref } from 'vue'

/** Once nothing has changed for so long, the light goes out: what changes all the time stays lit rather than flickering. */
const LIT_MS = 300

/**
 * The light of a row that has just changed: on at each {@link strike}, then fading, as the style of that class says.
 * While it is on it stands still, for in a flood all rows are lit, and what moves must be drawn sixty times a second.
 */
export function useFlash(): { readonly state: Readonly<Ref<'' | 'lit' | 'fading'>>; strike(): void } {
  const state = shallowRef<'' | 'lit' | 'fading'>('')
  let struckAtMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    const leftMs = struckAtMs + LIT_MS - performance.now()
    if (leftMs > 0) timer = setTimeout(look, leftMs)
    else state.value = 'fading'
  }

  function strike(): void {
    struckAtMs = performance.now()
    if (state.value === 'lit') return
    state.value = 'lit'
    timer = setTimeout(look, LIT_MS)
  }

  onScopeDispose(() => clearTimeout(timer))
  return { state, strike }
}
