import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { useReport } from '../../i18n/report'
import { usePublishStore } from './publish-store'

/** What a change waits for others before it is kept. */
const KEEP_AFTER_MS = 400

/** Brings back the tabs of the connection in front, and has them kept as they change. */
export function useKeptTabs(connectionId: Readonly<Ref<string>>): void {
  const store = usePublishStore()
  const report = useReport()
  const timers = new Map<string, number>()

  function keepNow(id: string): void {
    window.clearTimeout(timers.get(id))
    timers.delete(id)
    void store.keep(id).catch(report)
  }
  function keepAll(): void {
    for (const id of [...timers.keys()]) keepNow(id)
  }

  watch(connectionId, (id) => void store.restore(id).catch(report), { immediate: true })
  watch(
    () => ({ id: connectionId.value, row: store.deskOf(connectionId.value).row }),
    ({ id }, { id: idBefore }) => {
      if (id !== idBefore || !store.deskOf(id).isRestored) return
      window.clearTimeout(timers.get(id))
      timers.set(id, window.setTimeout(() => keepNow(id), KEEP_AFTER_MS))
    },
    { deep: true },
  )
  onMounted(() => window.addEventListener('beforeunload', keepAll))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', keepAll)
    keepAll()
  })
}
