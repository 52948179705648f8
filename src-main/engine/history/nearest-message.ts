import type { NodeId } from '../topics/node-id'
import type { MessageLog } from './message-log'
import type { LoggedMessage } from './read-message'

/** Where one topic has had more messages since than this, nobody looks further back. */
const MOST_STEPS = 10_000

/** The topic's last message up to a sequence number, or else the first one held after it; null: it has none. */
export function nearestOf(log: MessageLog, topic: NodeId, sequence: number): LoggedMessage | null {
  let nearest = log.lastOf(topic)
  for (let step = 0; nearest !== null && nearest.sequence > sequence && step < MOST_STEPS; step += 1) {
    const older = log.olderOf(nearest.sequence)
    const message = older === 0 ? null : log.read(older, topic)
    if (message === null) break
    nearest = message
  }
  return nearest
}
