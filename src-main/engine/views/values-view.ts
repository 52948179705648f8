import type { TopicValue, ValuesFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { MessageLog } from '../history/message-log'
import type { TopicTree } from '../topics/topic-tree'
import { NO_NODE, type NodeId } from '../topics/node-id'
import type { Pause } from './pause'
import { ShownValues } from './shown-values'
import type { View } from './view'

/** The last values of some topics, side by side. While paused, those of the pause. */
export class ValuesView implements View {
  readonly #values: ShownValues

  constructor(
    private readonly tree: TopicTree,
    log: MessageLog,
    private readonly pause: Pause,
    private spec: SpecOf<'values'>,
  ) {
    this.#values = new ShownValues(tree, log, pause)
  }

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'values') return false
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    this.#values.pauseChanged()
    // What is on the screen is remembered before it is gone.
    if (this.pause.sequence !== null) this.frame()
  }

  frame(): ValuesFrame {
    return { kind: 'values', values: this.spec.topics.map((topic) => this.#valueOf(topic)) }
  }

  #valueOf(topic: string): TopicValue {
    const node = this.tree.findTopic(topic)
    if (!this.#isKnown(node)) {
      return { topic, known: false, previewKind: 'none', preview: '', retain: false, messages: 0, lastMessageAtMs: null, lastSequence: 0 }
    }
    const { sequence, atMs, ...value } = this.#values.of(node)
    return { topic, known: true, ...value, messages: this.tree.ownMessages(node), lastMessageAtMs: atMs, lastSequence: sequence }
  }

  #isKnown(node: NodeId): boolean {
    if (node === NO_NODE || node >= this.pause.idLimit) return false
    return this.pause.sequence === null ? this.tree.isTopic(node) : this.tree.ownMessages(node) > 0
  }
}
