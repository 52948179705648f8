import type { StatisticsFrame } from '@shared/views/view-frame'
import type { ViewSpec } from '@shared/views/view-spec'
import type { Ingest } from '../ingest/ingest'
import type { Pause } from './pause'
import type { View } from './view'

/** The counters of a connection. They go on while the views are paused. */
export class StatisticsView implements View {
  constructor(
    private readonly ingest: Ingest,
    private readonly pause: Pause,
  ) {}

  update(spec: ViewSpec): boolean {
    return spec.kind === 'statistics'
  }

  pauseChanged(): void {
    // Counters are never frozen.
  }

  frame(): StatisticsFrame {
    const { ingest } = this
    return {
      kind: 'statistics',
      messagesReceived: ingest.messagesReceived,
      bytesReceived: ingest.bytesReceived,
      messagesPerSecond: ingest.messagesPerSecond,
      bytesPerSecond: ingest.bytesPerSecond,
      engineCpuPercent: ingest.processorPercent,
      topicsForgotten: ingest.topicsForgotten,
      topicsKnown: ingest.tree.topicsKnown,
      logBytes: ingest.log.bytes,
      logBudgetBytes: ingest.log.budgetBytes,
      evictedMessages: ingest.log.evicted,
      oldestMessageAtMs: ingest.log.oldestAtMs,
      refusedMessages: ingest.refused,
      messagesSincePause: this.pause.sequence === null ? 0 : ingest.messagesReceived - this.pause.sequence,
    }
  }
}
