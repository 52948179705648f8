import type { FrameOf } from '@shared/views/view-frame'
import type { ReceiverApi } from './receiver-api'

/** The default of the product. */
export const LOG_BUDGET_BYTES = 256 * 1024 * 1024

export interface EngineReceiverApi extends ReceiverApi {
  statistics(): FrameOf<'statistics'>
  /** From the new text in the search box to the frame that has all it found. */
  search(text: string): Promise<{ ms: number; matches: number }>
  /** From opening a level to the frame whose tree has at least so many rows, in ms. */
  expand(request: { readonly topic: string; readonly rows: number }): Promise<number>
}
