import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'
import type { Finding } from '@shared/acl/lint/finding'
import type { BrokerVersion } from '@shared/acl/question'
import LintWorker from './lint-worker?worker'

interface Linted {
  readonly id: number
  readonly findings: readonly Finding[]
}

/** Findings of a text, worked out beside the page. While one text is read the next waits, and only the newest of them. */
export function useFindings(text: Readonly<Ref<string>>, version: Readonly<Ref<BrokerVersion>>) {
  const findings = shallowRef<readonly Finding[]>([])
  /** Whether the findings are of the present text. */
  const isSettled = shallowRef(true)
  const worker = new LintWorker()
  let asked = 0
  let answered = 0

  function ask(): void {
    if (asked !== answered) return
    asked += 1
    worker.postMessage({ id: asked, text: text.value, version: version.value })
    wanted = false
  }
  let wanted = false

  worker.addEventListener('message', ({ data }: MessageEvent<Linted>) => {
    answered = data.id
    if (wanted) {
      ask()
      return
    }
    findings.value = data.findings
    isSettled.value = true
  })
  watch(
    [text, version],
    () => {
      isSettled.value = false
      wanted = true
      ask()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => worker.terminate())
  return { findings, isSettled }
}
