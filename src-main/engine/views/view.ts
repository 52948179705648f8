import type { ViewFrame } from '@shared/views/view-frame'
import type { ViewSpec } from '@shared/views/view-spec'

/** One thing the page looks at. */
export interface View {
  /** Takes a new spec; false when it is of another kind. */
  update(spec: ViewSpec): boolean
  /** What there is to see at `nowMs`, by a clock that never goes back. */
  frame(nowMs: number): ViewFrame
  /** Told when the views freeze or thaw. */
  pauseChanged(): void
}
