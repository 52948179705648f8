/** How long the page may be kept busy at a time: less than a frame. */
const SLICE_MS = 8
/** Steps between looks at the clock. */
const STEPS = 64

/**
 * Does `step` for each number from 0 to before `count`, in slices between which the page draws and listens. Tells `progress` how
 * many are done. False when `isWanted` said no, which ends it.
 */
export async function inSlices(count: number, step: (index: number) => void, isWanted: () => boolean, progress: (done: number) => void): Promise<boolean> {
  let untilMs = performance.now() + SLICE_MS
  for (let index = 0; index < count; index += 1) {
    if (index % STEPS === 0 && performance.now() > untilMs) {
      progress(index)
      await new Promise((resolve) => setTimeout(resolve))
      if (!isWanted()) return false
      untilMs = performance.now() + SLICE_MS
    }
    step(index)
  }
  return true
}
