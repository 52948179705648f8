import { computed, nextTick, shallowRef, watch, type Ref } from 'vue'
import type { TreeRow } from '@shared/views/view-frame'
import { request } from '../../bridge/client'
import type { RowWindow } from '../../ui/use-row-window'
import type { TreeRows } from './use-tree-rows'

/** What the navigation acts on. */
export interface TreeNavigationParts {
  readonly connectionId: Readonly<Ref<string>>
  readonly rows: TreeRows
  readonly rowWindow: RowWindow
  readonly selectedTopic: Readonly<Ref<string | null>>
  readonly select: (topic: string) => void
  readonly report: (error: unknown) => void
}

/** A row with its place. */
export interface ActiveRow {
  readonly row: TreeRow
  readonly index: number
}

/** The row of a topic, or of the nearest level above it that is closed. */
function nearestRow(rows: TreeRows, topic: string): ActiveRow | null {
  for (let end = topic.length; end >= 0; end = topic.lastIndexOf('/', end - 1)) {
    const at = topic.slice(0, end)
    const index = rows.indexOf(at)
    const row = index === null ? undefined : rows.rowAt(index)
    if (row !== undefined && index !== null) return end === topic.length || row.expanded === false ? { row, index } : null
    if (end === 0) return null
  }
  return null
}

/** Moving about in a tree of which only the rows in sight are known. */
export interface TreeNavigation {
  /**
   * The row the keyboard acts on: the selected topic's, or that of the closed level it is hidden in;
   * null when it is scrolled far away.
   */
  readonly active: Readonly<Ref<ActiveRow | null>>
  moveBy(rows: number): void
  moveTo(index: number): void
  moveToTopic(topic: string): Promise<boolean>
  setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void
  /** Shows so many levels below a topic, or of the whole tree (null). */
  expandToDepth(topic: string | null, depth: number): void
}

/** Selection follows the keyboard; a row that has not been fetched yet is selected as soon as it is there. */
export function useTreeNavigation(parts: TreeNavigationParts): TreeNavigation {
  const { rows, rowWindow, selectedTopic } = parts
  const pendingIndex = shallowRef<number | null>(null)

  const active = computed(() => (selectedTopic.value === null ? null : nearestRow(rows, selectedTopic.value)))

  function settle(): void {
    if (pendingIndex.value === null) return
    const row = rows.rowAt(pendingIndex.value)
    if (row === undefined) return
    pendingIndex.value = null
    parts.select(row.topic)
  }
  watch([rows.frame, selectedTopic], settle)
  watch(parts.connectionId, () => {
    pendingIndex.value = null
  })

  function moveTo(index: number): void {
    if (rows.totalRows.value === 0) return
    const place = Math.max(0, Math.min(index, rows.totalRows.value - 1))
    pendingIndex.value = place
    rowWindow.scrollToRow(place)
    settle()
  }

  async function moveToTopic(topic: string): Promise<boolean> {
    const viewId = rows.viewId.value
    if (viewId === null) return false
    try {
      const { row } = await request('topics.reveal', { viewId, topic })
      if (row === null) return false
      parts.select(topic)
      // The rows that came into being on the way down are known with a later frame; the list is made tall enough then.
      await rowKnown(rows, row)
      await nextTick()
      rowWindow.scrollToRow(row, rows.indexOf(topic) === null ? 'center' : 'nearest')
      return true
    } catch (reason) {
      parts.report(reason)
      return false
    }
  }

  async function moveBy(count: number): Promise<void> {
    if (pendingIndex.value !== null) return moveTo(pendingIndex.value + count)
    if (active.value !== null) return moveTo(active.value.index + count)
    const topic = selectedTopic.value
    if (topic === null) return moveTo(rowWindow.visible.value.first)
    // The selected row was scrolled far away: go back to it first.
    if (!(await moveToTopic(topic))) moveTo(rowWindow.visible.value.first)
  }

  function setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void {
    request('topics.set-expanded', { connectionId: parts.connectionId.value, topic, expanded, recursive }).catch(
      parts.report,
    )
  }

  function expandToDepth(topic: string | null, depth: number): void {
    request('topics.expand-to-depth', { connectionId: parts.connectionId.value, topic, depth }).catch(parts.report)
  }

  return {
    active,
    moveBy: (count) => void moveBy(count),
    moveTo,
    moveToTopic,
    setExpanded,
    expandToDepth,
  }
}

/** A frame with so many rows, or a second passed: the next frame may have been under way already. */
function rowKnown({ totalRows }: TreeRows, row: number): Promise<void> {
  if (row < totalRows.value) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    const stop = watch(totalRows, (total) => {
      if (row < total) finish()
    })
    const timer = setTimeout(finish, 1_000)
  })
}
