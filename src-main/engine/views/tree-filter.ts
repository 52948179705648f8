import type { SpecOf } from '@shared/views/view-spec'
import { ROOT, type NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/flat-tree'
import type { Pause } from './pause'
import { AllNodes, ChosenNodes, type ShownNodes } from './shown-nodes'

/** Which topics a view of the tree shows. */
export class TreeFilter {
  #changedAfter: number | null = null

  constructor(
    private readonly tree: TopicTree,
    private readonly pause: Pause,
  ) {}

  /** What {@link choose} depends on: when it differs, so may the choice. */
  get state(): string {
    const { tree, pause } = this
    if (!this.#isChoosing) return ''
    const changed = this.#changedAfter === null ? '' : `${this.#changedAfter},${tree.subtreeLastSequence(ROOT)}`
    return [changed, pause.sequence ?? `${tree.topicsKnown},${tree.removedTopics}`].join(' ')
  }

  get #isChoosing(): boolean {
    return this.#changedAfter !== null || this.pause.sequence !== null
  }

  arrange({ changedAfter }: SpecOf<'tree'>): void {
    this.#changedAfter = changedAfter
  }

  choose(): ShownNodes {
    const { tree, pause } = this
    if (!this.#isChoosing) return new AllNodes(tree)
    return new ChosenNodes(tree, (node) => this.#wants(node), Math.min(tree.idLimit, pause.idLimit))
  }

  #wants(node: NodeId): boolean {
    const { tree, pause } = this
    // What became a topic after the pause had no message as of the last fold.
    if (!(pause.sequence === null ? tree.isTopic(node) : tree.ownMessages(node) > 0)) return false
    const after = this.#changedAfter
    return after === null || (tree.lastSequence(node) > after && tree.subtreeLastSequence(node) > after)
  }
}
