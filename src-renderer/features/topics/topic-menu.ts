import { Archive, Binary, ChevronsDownUp, ChevronsUpDown, Copy, Eraser, EyeOff, Send, Star, StarOff, Table2 } from '@lucide/vue'
import { topicFilterFault, topicNameFault } from '@shared/mqtt/topic'
import type { TreeRow } from '@shared/views/view-frame'
import type { MenuItem } from '../../ui/menu-item'
import { MODIFIER_KEY } from '../../ui/modifier-key'
import { DEPTHS } from './tree-keys'

/** What the menu of a row, or of the empty space below the rows, can do. */
export interface TopicMenuActions {
  setExpanded(topic: string | null, expanded: boolean): void
  expandToDepth(topic: string | null, levels: number): void
  copy(topic: string): void
  publishHere(topic: string): void
  /** The retained messages at and below a topic; null: all. */
  listRetained(topic: string | null): void
  clearRetained(topic: string): void
  /** Of the messages on these topics. */
  showTable(filter: string): void
  /** Makes a rule for how payloads are read. */
  decode(filter: string): void
  toggleFavourite(topic: string): void
  hide(filter: string): void
  showHidden(): void
}

type Translate = (key: string, values?: Record<string, unknown>, count?: number) => string

/** The entries for a row; null for what is beside the rows. */
export function topicMenu(row: TreeRow | null, isFavourite: boolean, actions: TopicMenuActions, t: Translate): MenuItem[] {
  if (row === null) {
    return [
      ...expansion(null, actions, t),
      'separator',
      { label: t('topics.menu.historyOfAll'), icon: Table2, onSelect: () => actions.showTable('#') },
      { label: t('topics.menu.allRetained'), icon: Archive, onSelect: () => actions.listRetained(null) },
      { label: t('topics.menu.hidden'), icon: EyeOff, onSelect: () => actions.showHidden() },
    ]
  }
  const { topic } = row
  const favourite: MenuItem = {
    label: t(isFavourite ? 'topics.menu.removeFavourite' : 'topics.menu.addFavourite'),
    icon: isFavourite ? StarOff : Star,
    shortcut: 'S',
    onSelect: () => actions.toggleFavourite(topic),
  }
  return [
    { label: t('topics.menu.copy'), icon: Copy, shortcut: `${MODIFIER_KEY} C`, onSelect: () => actions.copy(topic) },
    { label: t('topics.menu.publishHere'), icon: Send, onSelect: () => actions.publishHere(topic) },
    ...(topicNameFault(topic) === null ? [favourite] : []),
    ...histories(row, actions, t),
    'separator',
    ...(row.expanded === null ? [] : [...expansion(topic, actions, t), 'separator' as const]),
    ...decoding(row, actions, t),
    ...hiding(row, actions, t),
    'separator',
    { label: t('topics.menu.listRetained'), icon: Archive, onSelect: () => actions.listRetained(topic) },
    {
      label: t('topics.menu.clearRetained'),
      icon: Eraser,
      danger: true,
      onSelect: () => actions.clearRetained(topic),
    },
  ]
}

function expansion(topic: string | null, actions: TopicMenuActions, t: Translate): MenuItem[] {
  return [
    {
      label: t(topic === null ? 'topics.expandAll' : 'topics.menu.expandBelow'),
      icon: ChevronsUpDown,
      shortcut: topic === null ? undefined : 'Shift →',
      onSelect: () => actions.setExpanded(topic, true),
    },
    {
      label: t(topic === null ? 'topics.collapseAll' : 'topics.menu.collapseBelow'),
      icon: ChevronsDownUp,
      shortcut: topic === null ? undefined : 'Shift ←',
      onSelect: () => actions.setExpanded(topic, false),
    },
    {
      label: t(topic === null ? 'topics.expand' : 'topics.menu.expandLevels'),
      icon: ChevronsUpDown,
      items: DEPTHS.map((levels) => ({
        label: t('topics.levels', { n: levels }, levels),
        onSelect: () => actions.expandToDepth(topic, levels),
      })),
    },
  ]
}

function histories({ topic, expanded, previewKind }: TreeRow, actions: TopicMenuActions, t: Translate): MenuItem[] {
  const entries = [
    { key: 'history', filter: topic, isOffered: previewKind !== 'none' || expanded === null },
    { key: 'historyBelow', filter: `${topic}/#`, isOffered: expanded !== null },
  ] as const
  return entries
    .filter(({ filter, isOffered }) => isOffered && topicFilterFault(filter) === null)
    .map(({ key, filter }) => ({ label: t(`topics.menu.${key}`), icon: Table2, onSelect: () => actions.showTable(filter) }))
}

function decoding({ topic, expanded }: TreeRow, actions: TopicMenuActions, t: Translate): MenuItem[] {
  // `a/#` matches `a` itself, too.
  const [key, filter] = expanded === null ? (['decode', topic] as const) : (['decodeBelow', `${topic}/#`] as const)
  return topicFilterFault(filter) === null ? [{ label: t(`topics.menu.${key}`), icon: Binary, onSelect: () => actions.decode(filter) }] : []
}

function hiding({ topic, expanded, previewKind }: TreeRow, actions: TopicMenuActions, t: Translate): MenuItem[] {
  const entries = [
    // Alone it makes a difference only where the topic itself has had a message.
    { key: 'hide', filter: topic, isOffered: previewKind !== 'none' || expanded === null },
    { key: 'hideBelow', filter: `${topic}/#`, isOffered: expanded !== null },
  ] as const
  return entries
    .filter(({ filter, isOffered }) => isOffered && topicFilterFault(filter) === null)
    .map(({ key, filter }) => ({ label: t(`topics.menu.${key}`), icon: EyeOff, onSelect: () => actions.hide(filter) }))
}
