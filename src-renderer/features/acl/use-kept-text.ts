import { onBeforeUnmount, onMounted, watch } from 'vue'
import { useReport } from '../../i18n/report'
import { useAclFileStore } from './acl-file-store'
import { useAclStore } from './acl-store'

/** What a change waits for others before it is kept. */
const KEEP_AFTER_MS = 600

/** Has what is typed outlive the app, saved or not. */
export function useKeptText(): void {
  const store = useAclStore()
  const files = useAclFileStore()
  const report = useReport()
  let timer: number | undefined

  function keepNow(): void {
    if (timer === undefined) return
    window.clearTimeout(timer)
    timer = undefined
    void files.keep().catch(report)
  }

  watch([() => store.text, () => store.version], () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(keepNow, KEEP_AFTER_MS)
  })
  onMounted(() => window.addEventListener('beforeunload', keepNow))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', keepNow)
    keepNow()
  })
}
