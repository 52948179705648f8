import type { TreeRow } from '@shared/views/view-frame'
import { rateText } from './tree-columns'

function isSameRow(one: TreeRow, other: TreeRow): boolean {
  return (
    one.lastSequence === other.lastSequence &&
    one.messages === other.messages &&
    one.bytes === other.bytes &&
    rateText(one.messagesPerSecond) === rateText(other.messagesPerSecond) &&
    one.subtopics === other.subtopics &&
    one.expanded === other.expanded &&
    one.position === other.position &&
    one.siblings === other.siblings &&
    one.preview === other.preview &&
    one.previewKind === other.previewKind &&
    one.retain === other.retain &&
    one.lastMessageAtMs === other.lastMessageAtMs
  )
}

/** The rows of `next`, with the very objects of `before` where nothing changed, so that only changed rows are drawn again. */
export function keepUnchanged(before: readonly TreeRow[], next: readonly TreeRow[]): TreeRow[] {
  const known = new Map(before.map((row) => [row.topic, row]))
  return next.map((row) => {
    const same = known.get(row.topic)
    return same !== undefined && isSameRow(same, row) ? same : row
  })
}

/** The topic one level above a row's, or null for a top level. */
export function parentTopic(row: Pick<TreeRow, 'topic' | 'name' | 'level'>): string | null {
  return row.level <= 1 ? null : row.topic.slice(0, row.topic.length - row.name.length - 1)
}

/** The rows by which what stood first in sight has moved down, or null when it is not among the new rows. */
export function rowsMoved(topic: string, index: number, firstRow: number, rows: readonly TreeRow[]): number | null {
  const now = rows.findIndex((row) => row.topic === topic)
  return now < 0 ? null : firstRow + now - index
}
