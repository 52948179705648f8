import { onScopeDispose, shallowRef } from 'vue'
import { diffDecisions, type DecisionDiff } from '@shared/acl/decision-diff'
import type { PatternClient } from '@shared/acl/pattern'
import type { AccessPolicy } from '@shared/acl/question'

/** How long the page may be kept busy at a time: less than a frame. */
const SLICE_MS = 8

/** Compares two policies between frames; one comparison at a time, the newest. */
export function useDecisionDiff() {
  const result = shallowRef<DecisionDiff | null>(null)
  /** How much is done, of 1; null: nothing is being compared. */
  const progress = shallowRef<number | null>(null)
  let generation = 0

  function stop(): void {
    generation += 1
    progress.value = null
  }

  async function run(sides: readonly [AccessPolicy, AccessPolicy], clients: readonly PatternClient[], topics: readonly string[]): Promise<void> {
    stop()
    const mine = generation
    result.value = null
    progress.value = 0
    const steps = diffDecisions(sides, clients, topics)
    let untilMs = performance.now() + SLICE_MS
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        result.value = step.value
        progress.value = null
        return
      }
      if (performance.now() <= untilMs) continue
      progress.value = step.value
      await new Promise((resolve) => setTimeout(resolve))
      if (mine !== generation) return
      untilMs = performance.now() + SLICE_MS
    }
  }
  onScopeDispose(stop)

  return { result, progress, run, stop }
}
