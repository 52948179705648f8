import type { SendsFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { SendLog } from '../runs/send-log'
import type { View } from './view'

/** A window over the send log, newest first. It goes on while the views are paused. */
export class SendsView implements View {
  constructor(
    private readonly log: SendLog,
    private spec: SpecOf<'sends'>,
  ) {}

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'sends') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // What is sent is never frozen.
  }

  frame(): SendsFrame {
    const { kept, failed, letGo } = this.log
    const { firstRow, rowCount, failedOnly } = this.spec
    return { kind: 'sends', ...this.log.window(failedOnly, firstRow, rowCount), kept, failed, letGo }
  }
}
