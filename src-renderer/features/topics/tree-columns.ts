import type { TreeColumn } from '@shared/settings/settings'
import type { TreeRow } from '@shared/views/view-frame'
import type { TreeSort } from '@shared/views/view-spec'
import { formatBytes, formatCount, formatRate } from '../../ui/format'

/** The columns beside the topic, from left to right, and the order each sorts by. */
export const TREE_COLUMNS: readonly { readonly column: TreeColumn; readonly sort: TreeSort }[] = [
  { column: 'rate', sort: 'rate' },
  { column: 'messages', sort: 'messages' },
  { column: 'size', sort: 'size' },
  { column: 'age', sort: 'recency' },
]

/** The columns to show of those wanted, in their order. */
export function shownColumns(wanted: readonly TreeColumn[]): TreeColumn[] {
  return TREE_COLUMNS.map(({ column }) => column).filter((column) => wanted.includes(column))
}

/** Messages a second as the tree shows them; nothing where there are none to speak of. */
export function rateText(messagesPerSecond: number): string {
  return messagesPerSecond < 0.05 ? '' : `${formatRate(messagesPerSecond)}/s`
}

/** What a row says in a column; `age` is in words. */
export function columnText(column: TreeColumn, row: TreeRow, age: string): string {
  switch (column) {
    case 'rate':
      return rateText(row.messagesPerSecond)
    case 'messages':
      return formatCount(row.messages)
    case 'size':
      return formatBytes(row.bytes)
    case 'age':
      return age
  }
}
