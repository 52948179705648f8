import { nextTick, shallowRef, watch, type Ref } from 'vue'
import type { TreeRow } from '@shared/views/view-frame'
import { request } from '../../bridge/client'
import type { RowWindow } from '../../ui/use-row-window'
import { isBelow } from './tree-rows'
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

/** Moving about in a tree of which only the rows in sight are known. */
export interface TreeNavigation {
  /** The row the keyboard acts on: the selected topic's, which keeps its identity when rows move. */
  activeRow(): { row: TreeRow; index: number } | null
  moveBy(rows: number): void
  moveTo(index: number): void
  moveToTopic(topic: string): Promise<boolean>
  setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void
}

/** Selection follows the keyboard; a row that has not been fetched yet is selected as soon as it is there. */
export function useTreeNavigation(parts: TreeNavigationParts): TreeNavigation {
  const { rows, rowWindow, selectedTopic } = parts
  /** Where the selected topic was seen last; a guess while its row is not fetched. */
  const lastIndex = shallowRef(0)
  const pendingIndex = shallowRef<number | null>(null)

  function settle(): void {
    if (selectedTopic.value !== null) lastIndex.value = rows.indexOf(selectedTopic.value) ?? lastIndex.value
    if (pendingIndex.value === null) return
    const row = rows.rowAt(pendingIndex.value)
    if (row === undefined) return
    lastIndex.value = pendingIndex.value
    pendingIndex.value = null
    parts.select(row.topic)
  }
  watch([rows.frame, selectedTopic], settle)
  watch(parts.connectionId, () => {
    pendingIndex.value = null
    lastIndex.value = 0
  })

  function activeRow(): { row: TreeRow; index: number } | null {
    const topic = selectedTopic.value
    const index = topic === null ? null : rows.indexOf(topic)
    const row = index === null ? undefined : rows.rowAt(index)
    return row === undefined || index === null ? null : { row, index }
  }

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
      // The rows that came into being on the way down are known with the next frame; the list is made tall enough then.
      if (row >= rows.totalRows.value) await nextFrame(rows)
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
    const active = activeRow()
    if (active !== null) return moveTo(active.index + count)
    const topic = selectedTopic.value
    if (topic === null) return moveTo(rowWindow.visible.value.first)
    // The selected row was scrolled far away: go back to it first.
    if (!(await moveToTopic(topic))) moveTo(rowWindow.visible.value.first)
  }

  function setExpanded(topic: string | null, expanded: boolean, recursive: boolean): void {
    const selected = selectedTopic.value
    if (!expanded && selected !== null) {
      // What is selected would vanish: its visible ancestor takes over.
      if (topic !== null && isBelow(selected, topic)) parts.select(topic)
      if (topic === null && selected.includes('/')) parts.select(selected.slice(0, selected.indexOf('/')))
    }
    request('topics.set-expanded', { connectionId: parts.connectionId.value, topic, expanded, recursive }).catch(
      parts.report,
    )
  }

  return {
    activeRow,
    moveBy: (count) => void moveBy(count),
    moveTo,
    moveToTopic,
    setExpanded,
  }
}

/** The next frame of the tree, or a second passed. */
function nextFrame(rows: TreeRows): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    const stop = watch(rows.frame, finish)
    const timer = setTimeout(finish, 1_000)
  })
}
