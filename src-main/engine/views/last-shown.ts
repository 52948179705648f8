import type { MessageLog } from '../history/message-log'
import type { LoggedMessage } from '../history/read-message'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import type { Pause } from './pause'

/** The last message of a topic: while paused, the one of the pause. Null for none, or one that the log let go. */
export function lastShown(tree: TopicTree, log: MessageLog, pause: Pause, node: NodeId): LoggedMessage | null {
  const until = pause.sequence ?? Number.POSITIVE_INFINITY
  let sequence = tree.lastSequence(node)
  if (sequence <= until) return log.lastOf(node)
  // When nothing of that time is held any more there is no need to walk back to it.
  if (until < log.oldestSequence) return null
  while (sequence > until) sequence = log.olderOf(sequence)
  return log.read(sequence, node)
}
