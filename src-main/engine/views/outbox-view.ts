import type { OutboxFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { Publisher } from '../publish/publisher'
import type { View } from './view'

/** The publishes that have not come to an end: a window of them, and their number. They go on while the views are paused. */
export class OutboxView implements View {
  constructor(
    private readonly publisher: Publisher,
    private spec: SpecOf<'outbox'>,
  ) {}

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'outbox') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // What is sent is never frozen.
  }

  frame(): OutboxFrame {
    const { firstRow, rowCount } = this.spec
    return { kind: 'outbox', firstRow, counts: this.publisher.counts, entries: this.publisher.list(firstRow, rowCount) }
  }
}
