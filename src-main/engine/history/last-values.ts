import type { NodeId } from '../topics/node-id'

/** What the log asks of the tree while it lets segments go. */
export interface LastValues {
  isLast(topic: NodeId, sequence: number): boolean
  /** Whether the topic's last value is the record at that place (of the kept area). */
  liesAt(topic: NodeId, segment: number, offset: number): boolean
  /** The last value's packet now begins there; it no longer counts among the messages of the ring. */
  moved(topic: NodeId, segment: number, offset: number): void
  /** A message of the topic, not its last, was let go. */
  evicted(topic: NodeId): void
  /** The topic whose last message has this sequence number, or NO_NODE (a linear scan: for single look-ups). */
  withLast(sequence: number): NodeId
  lastSegment(topic: NodeId): number
  lastOffset(topic: NodeId): number
  /** 0 for a topic without a message. */
  lastSequence(topic: NodeId): number
  lastAtMs(topic: NodeId): number
}
