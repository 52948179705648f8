import type { MessageSummary } from '@shared/message/message'
import type { TopicFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { LoggedMessage } from '../history/read-message'
import type { MessageLog } from '../history/message-log'
import { previewOf } from '../payload/preview'
import type { TopicTree } from '../topics/topic-tree'
import { NO_NODE, type NodeId } from '../topics/node-id'
import type { Pause } from './pause'
import { TopicHistory, type Mark } from './topic-history'
import type { View } from './view'

/** A window over the messages of one topic, newest first. While paused there are none after the pause. */
export class TopicView implements View {
  readonly #history: TopicHistory
  /** What the last frame listed: a message does not change, and most of them are in the next frame too. */
  #listed: readonly MessageSummary[] = []

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    private readonly pause: Pause,
    private spec: SpecOf<'topic'>,
  ) {
    this.#history = new TopicHistory(log)
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'topic') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // The counts stand still by themselves, and the messages are looked up up to the pause.
  }

  frame(): TopicFrame {
    const { tree, pause } = this
    const { topic } = this.spec
    const node = tree.findTopic(topic)
    if (node === NO_NODE || node >= pause.idLimit) {
      return { kind: 'topic', topic, messages: 0, subtopics: 0, kept: 0, newer: 0, firstRow: 0, history: [] }
    }
    return { kind: 'topic', topic, messages: tree.ownMessages(node), subtopics: tree.subtopics(node), ...this.#window(node) }
  }

  #window(node: NodeId): Pick<TopicFrame, 'kept' | 'newer' | 'firstRow' | 'history'> {
    this.#history.turnTo(node)
    const { newest, rowCount } = this.spec
    const top = this.#history.advance(this.tree.lastSequence(node))
    const shown = this.#history.upTo(this.pause.sequence ?? Number.POSITIVE_INFINITY)
    const first = newest === null || shown === null ? shown : this.#history.upTo(Math.min(newest, shown.sequence))
    const keptFrom = (mark: Mark | null): number => (mark === null ? 0 : Math.max(0, this.tree.kept(node) - (mark.place - top)))
    const kept = keptFrom(first)
    const firstRow = Math.min(this.spec.firstRow, Math.max(0, kept - rowCount))
    return { kept, newer: keptFrom(shown) - kept, firstRow, history: first === null ? [] : this.#list(node, first.place + firstRow, rowCount) }
  }

  #list(topic: NodeId, place: number, count: number): MessageSummary[] {
    const before = this.#listed
    const history: MessageSummary[] = []
    let sequence = count > 0 ? (this.#history.at(place)?.sequence ?? 0) : 0
    for (let at = 0; sequence !== 0 && history.length < count; sequence = this.log.olderOf(sequence)) {
      // Both lists go from new to old.
      while ((before[at]?.sequence ?? 0) > sequence) at += 1
      const known = before[at]
      const summary = known?.sequence === sequence ? known : this.#summaryAt(topic, sequence)
      if (summary !== null) history.push(summary)
    }
    this.#listed = history
    return history
  }

  #summaryAt(topic: NodeId, sequence: number): MessageSummary | null {
    const message = this.log.read(sequence, topic)
    return message === null ? null : summaryOf(message)
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
