import { onBeforeUnmount, onMounted, watch, type WatchSource } from 'vue'
import { useReport } from '../../i18n/report'

/** What a change waits for others before it is kept. */
const KEEP_AFTER_MS = 600

/** Has what is worked on outlive the app, saved or not: `keep` is called some time after each change. */
export function useKept(changes: readonly WatchSource[], keep: () => Promise<void>): void {
  const report = useReport()
  let timer: number | undefined

  function keepNow(): void {
    if (timer === undefined) return
    window.clearTimeout(timer)
    timer = undefined
    void keep().catch(report)
  }

  watch([...changes], () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(keepNow, KEEP_AFTER_MS)
  })
  onMounted(() => window.addEventListener('beforeunload', keepNow))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', keepNow)
    keepNow()
  })
}
