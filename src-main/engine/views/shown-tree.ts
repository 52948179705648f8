import type { LoggedMessage } from '../history/read-message'
import type { SearchableTree } from '../search/searchable-tree'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'

/** The tree as a search sees it that begins while views are paused: with the last messages of the pause. Counts stand still by themselves. */
export class ShownTree implements SearchableTree {
  constructor(
    private readonly tree: TopicTree,
    private readonly lastOf: (topic: NodeId) => LoggedMessage | null,
  ) {}

  get idLimit(): number {
    return this.tree.idLimit
  }

  isTopic(node: NodeId): boolean {
    return this.tree.isTopic(node)
  }

  get columns(): SearchableTree['columns'] {
    return this.tree.columns
  }

  get arena(): SearchableTree['arena'] {
    return this.tree.arena
  }

  pathIn(node: NodeId): ReturnType<SearchableTree['pathIn']> {
    return this.tree.pathIn(node)
  }

  topicOf(node: NodeId): string {
    return this.tree.topicOf(node)
  }

  lastAtMs(node: NodeId): number {
    return this.lastOf(node)?.receivedAtMs ?? 0
  }

  lastRetained(node: NodeId): boolean {
    return this.lastOf(node)?.retain === true
  }

  lastBytes(node: NodeId): number {
    const { start, end } = this.tree.pathIn(node)
    return end - start + (this.lastOf(node)?.payload.byteLength ?? 0)
  }

  ownMessages(node: NodeId): number {
    return this.tree.ownMessages(node)
  }

  rate(node: NodeId, nowMs: number): number {
    return this.tree.rate(node, nowMs)
  }
}
