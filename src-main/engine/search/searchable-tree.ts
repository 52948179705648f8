import type { NodeId } from '../topics/node-id'
import type { NodeColumns } from '../topics/node-table'
import type { PathArena } from '../topics/path-arena'

/** What a search asks of the topic tree. The root is node 0; numbers are those of exactly this topic. */
export interface SearchableTree {
  /** All nodes are below it. */
  readonly idLimit: number
  /** Whether the node is alive and has had a message. */
  isTopic(node: NodeId): boolean
  /** Parents and paths of all nodes; the paths lie in {@link arena}. Valid until nodes or paths are added or moved. */
  readonly columns: Readonly<NodeColumns>
  readonly arena: Pick<PathArena, 'chunkOf' | 'startOf'>
  /** Where the node's path is; the same object each time. */
  pathIn(node: NodeId): { readonly bytes: Uint8Array; readonly start: number; readonly end: number }
  topicOf(node: NodeId): string
  lastAtMs(node: NodeId): number
  lastRetained(node: NodeId): boolean
  /** Bytes of the last message's topic and payload. */
  lastBytes(node: NodeId): number
  ownMessages(node: NodeId): number
  /** Messages a second on this topic and all below. */
  rate(node: NodeId, nowMs: number): number
}

/** Where the last payload of a topic lies: one cursor for all, so that a million of them cost no object. */
export interface ValueBytes {
  /** Points the cursor at the payload of the topic's last message; false when there is none. */
  locate(topic: NodeId): boolean
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}
