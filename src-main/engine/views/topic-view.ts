import type { MessageSummary } from '@shared/message/message'
import type { TopicFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { LoggedMessage } from '../history/message-log'
import { previewOf } from '../payload/preview'
import type { TopicTree } from '../topics/topic-tree'
import type { Pause } from './pause'
import type { View } from './view'

/** The messages of one topic, newest first. While paused, those up to the pause. */
export class TopicView implements View {
  constructor(
    private readonly tree: TopicTree,
    private readonly pause: Pause,
    private spec: SpecOf<'topic'>,
  ) {}

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'topic') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // Nothing is held: the log itself is read up to the pause.
  }

  frame(): TopicFrame {
    const node = this.tree.find(this.spec.topic)
    const until = this.pause.sequence ?? Number.POSITIVE_INFINITY
    let message: LoggedMessage | null = node?.newest ?? null
    let since = 0
    for (; message !== null && message.sequence > until; message = message.older) since += 1
    const history: MessageSummary[] = []
    for (let at = message; at !== null && history.length < this.spec.historyCount; at = at.older) {
      history.push(summaryOf(at))
    }
    return {
      kind: 'topic',
      topic: this.spec.topic,
      messages: (node?.ownMessages ?? 0) - since,
      kept: (node?.kept ?? 0) - since,
      subtopics: node?.subtopics ?? 0,
      history,
    }
  }
}

/** A message without topic and payload. */
export function summaryOf(message: LoggedMessage): MessageSummary {
  const { sequence, receivedAtMs, qos, retain, dup, payload } = message
  return {
    sequence,
    receivedAtMs,
    qos,
    retain,
    dup,
    payloadBytes: payload.byteLength,
    preview: previewOf(payload).text,
  }
}
