import type { NodeId } from '../topics/node-id'

/**
 * What the log asks of the topic tree, which knows where the last message of each topic lies. A *place* is a segment's id
 * and the offset where the packet begins. Called in the middle of the log's work: answers must not call the log.
 */
export interface LastValues {
  /** Whether the topic's last message has this sequence number; false for a topic that was forgotten. */
  isLast(topic: NodeId, sequence: number): boolean
  /** Whether the topic's last message lies at that place (of the kept area). */
  liesAt(topic: NodeId, segment: number, offset: number): boolean
  /** The last message's packet now begins there. Told once as it leaves the ring (it no longer counts among the ring's messages), and again as it moves within the kept area. */
  moved(topic: NodeId, segment: number, offset: number): void
  /** The last message was let go after all: it lies nowhere any more. */
  lost(topic: NodeId): void
  /** An older message of the topic left the ring. */
  evicted(topic: NodeId): void
  /** The topic whose last message has this sequence number, or NO_NODE. May look at every topic: for single look-ups. */
  withLast(sequence: number): NodeId
  /** Of the topic's last message; 0 when there is none. */
  lastSequence(topic: NodeId): number
  lastAtMs(topic: NodeId): number
  lastSegment(topic: NodeId): number
  lastOffset(topic: NodeId): number
}
