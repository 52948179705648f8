import { shallowRef, watch, type Ref } from 'vue'
import type { OutlineRow } from '@shared/payload/outline'
import { isSamePath } from '@shared/payload/field-path'
import { rowForKey } from '../../ui/row-list'
import type { RowWindow } from '../../ui/use-row-window'
import type { OutlineRows } from './use-outline'

/** The row of the tree that keys act on. */
export interface TreeCursor {
  readonly row: Readonly<Ref<number>>
  current(): OutlineRow | undefined
  moveTo(row: number): void
  /** Does what a key means in a WAI-ARIA tree; false when it means nothing there. */
  press(key: string): boolean
}

export function useTreeCursor(rows: OutlineRows, rowWindow: RowWindow, totalRows: Readonly<Ref<number>>): TreeCursor {
  const row = shallowRef(0)
  const current = (): OutlineRow | undefined => rows.rowAt(row.value)

  // What opens or comes above a row moves it on: the cursor goes along, where it still is in sight.
  let held: OutlineRow | undefined
  watch(rows.outline, (outline) => {
    const path = held?.path
    if (outline === null || !path) return
    const index = outline.rows.findIndex((other) => other.path !== null && isSamePath(other.path, path))
    if (index >= 0) row.value = outline.firstRow + index
    else row.value = Math.min(row.value, Math.max(0, outline.totalRows - 1))
  })

  function moveTo(target: number): void {
    row.value = Math.max(0, Math.min(totalRows.value - 1, target))
    held = current()
    rowWindow.scrollToRow(row.value)
  }

  /** The row that the current one lies in. */
  function parentRow(level: number): number | null {
    for (let above = row.value - 1; above >= 0; above -= 1) {
      const other = rows.rowAt(above)
      if (other === undefined) return null
      if (other.level < level) return above
    }
    return null
  }

  function goIn({ path, expanded }: OutlineRow): void {
    if (expanded === true) moveTo(row.value + 1)
    else if (expanded === false && path !== null) rows.toggle(path)
  }

  function goOut({ path, expanded, level }: OutlineRow): void {
    if (expanded === true && path !== null) rows.toggle(path)
    else moveTo(parentRow(level) ?? row.value)
  }

  function press(key: string): boolean {
    const target = rowForKey(key, row.value, rowWindow.pageRows.value, totalRows.value)
    if (target !== null) {
      moveTo(target)
      return true
    }
    const at = current()
    if (at === undefined) return false
    held = at
    switch (key) {
      case 'ArrowRight':
        goIn(at)
        return true
      case 'ArrowLeft':
        goOut(at)
        return true
      case 'Enter':
      case ' ':
        if (at.expanded !== null && at.path !== null) rows.toggle(at.path)
        return true
      default:
        return false
    }
  }

  return { row, current, moveTo, press }
}
