import { parentTopic } from './tree-rows'
import type { TreeNavigation } from './use-tree-navigation'

/** What a key needs to know besides the navigation. */
export interface TreeKeysContext {
  readonly pageRows: number
  readonly totalRows: number
  readonly copyTopic: (topic: string) => void
  readonly openMenu: () => void
  readonly toggleFavourite: (topic: string) => void
  /** Shows so many levels of the whole tree. */
  readonly expandToDepth: (levels: number) => void
}

/** How many levels there is a key for. */
export const DEPTHS = [1, 2, 3, 4, 5] as const

/** Does what `event` means in a WAI-ARIA tree; false when it means nothing there. */
export function handleTreeKey(event: KeyboardEvent, navigation: TreeNavigation, context: TreeKeysContext): boolean {
  const active = navigation.active.value
  if (event.altKey || event.ctrlKey || event.metaKey) {
    const isCopy = event.key === 'c' && !event.altKey && (event.ctrlKey || event.metaKey)
    if (!isCopy || active === null) return false
    context.copyTopic(active.row.topic)
    return true
  }
  switch (event.key) {
    case 'ArrowDown':
      navigation.moveBy(1)
      return true
    case 'ArrowUp':
      navigation.moveBy(-1)
      return true
    case 'PageDown':
      navigation.moveBy(context.pageRows)
      return true
    case 'PageUp':
      navigation.moveBy(-context.pageRows)
      return true
    case 'Home':
      navigation.moveTo(0)
      return true
    case 'End':
      navigation.moveTo(context.totalRows - 1)
      return true
    case 'ContextMenu':
    case 'F10':
      if (event.key === 'F10' && !event.shiftKey) return false
      context.openMenu()
      return true
  }
  const levels = DEPTHS.find((depth) => event.key === String(depth))
  if (levels !== undefined) {
    context.expandToDepth(levels)
    return true
  }
  if (active === null) return false
  const { row, index } = active
  switch (event.key) {
    case 's':
    case 'S':
      context.toggleFavourite(row.topic)
      return true
    case 'ArrowRight':
      if (event.shiftKey) navigation.setExpanded(row.topic, true, true)
      else if (row.expanded === false) navigation.setExpanded(row.topic, true, false)
      else if (row.expanded === true) navigation.moveTo(index + 1)
      return true
    case 'ArrowLeft': {
      if (event.shiftKey) navigation.setExpanded(row.topic, false, true)
      else if (row.expanded === true) navigation.setExpanded(row.topic, false, false)
      else {
        const parent = parentTopic(row)
        if (parent !== null) void navigation.moveToTopic(parent)
      }
      return true
    }
    case 'Enter':
    case ' ':
      if (row.expanded !== null) navigation.setExpanded(row.topic, !row.expanded, false)
      return true
  }
  return false
}
