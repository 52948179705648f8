import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

/** Whether anybody can see the window: false while it is minimised or covered, when nothing need be fetched for it. */
export function usePageVisible(): Readonly<Ref<boolean>> {
  const visible = shallowRef(!document.hidden)
  const update = () => (visible.value = !document.hidden)
  document.addEventListener('visibilitychange', update)
  onScopeDispose(() => document.removeEventListener('visibilitychange', update))
  return readonly(visible)
}
