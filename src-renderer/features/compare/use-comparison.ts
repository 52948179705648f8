import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { RequestArgs, RequestResult } from '@shared/ipc/contract'
import { request } from '../../bridge/client'
import { latestOnly } from '../../ui/latest-only'

export type ComparisonAsked = RequestArgs<'payloads.compare'>

/** A few comparisons a second are as many as anyone can read. */
const PAUSE_MS = 200

/** The comparison asked for, and again with each message that comes; the one before stays until the next is there. */
export function useComparison(asked: Readonly<Ref<ComparisonAsked | null>>): {
  /** `found` null: one of the two is not kept. */
  result: Readonly<Ref<{ readonly found: RequestResult<'payloads.compare'> } | null>>
  error: Readonly<Ref<unknown>>
} {
  const result = shallowRef<{ readonly found: RequestResult<'payloads.compare'> } | null>(null)
  const error = shallowRef<unknown>(null)
  const comparer = latestOnly(
    (args: ComparisonAsked) => request('payloads.compare', args),
    (_args, outcome) => {
      result.value = outcome.ok ? { found: outcome.result } : null
      error.value = outcome.ok ? null : outcome.error
    },
    PAUSE_MS,
  )
  const key = computed(() => JSON.stringify(asked.value))
  watch(
    key,
    () => {
      if (asked.value !== null) {
        comparer.ask(asked.value)
        return
      }
      comparer.forget()
      result.value = null
      error.value = null
    },
    { immediate: true },
  )
  onScopeDispose(() => comparer.forget())
  return { result, error }
}
