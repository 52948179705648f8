import type { MessageSummary } from '@shared/message/message'
import type { TopicFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { LoggedMessage } from '../history/message-log'
import { previewOf } from '../payload/preview'
import type { TopicTree } from '../topics/topic-tree'
import type { Pause } from './pause'
import type { View } from './view'

type Counts = Pick<TopicFrame, 'messages' | 'subtopics'>

/** The messages of one topic, newest first. While paused, those up to the pause. */
export class TopicView implements View {
  /** While paused: the counts of the pause (of a topic looked at later, those of that moment). */
  #frozen: Counts | null = null

  constructor(
    private readonly tree: TopicTree,
    private readonly pause: Pause,
    private spec: SpecOf<'topic'>,
  ) {
    this.pauseChanged()
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'topic') return false
    const isOther = spec.topic !== this.spec.topic
    this.spec = spec
    if (isOther) this.pauseChanged()
    return true
  }

  pauseChanged(): void {
    this.#frozen = this.pause.sequence === null ? null : this.#look().counts
  }

  frame(): TopicFrame {
    const { counts, newest, kept } = this.#look()
    const history: MessageSummary[] = []
    for (let at = newest; at !== null && history.length < this.spec.rowCount; at = at.older) {
      history.push(summaryOf(at))
    }
    return { kind: 'topic', topic: this.spec.topic, ...(this.#frozen ?? counts), kept, newer: 0, firstRow: 0, history }
  }

  /** The topic without what came after the pause. */
  #look(): { counts: Counts; newest: LoggedMessage | null; kept: number } {
    const node = this.tree.find(this.spec.topic)
    const until = this.pause.sequence ?? Number.POSITIVE_INFINITY
    let newest = node?.newest ?? null
    let since = 0
    for (; newest !== null && newest.sequence > until; newest = newest.older) since += 1
    return {
      counts: { messages: (node?.ownMessages ?? 0) - since, subtopics: node?.subtopics ?? 0 },
      newest,
      kept: (node?.kept ?? 0) - since,
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
