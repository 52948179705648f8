import { EMPTY_DRAFT, type Draft } from './draft'

/** A message that is being written, beside others. */
export interface PublishTab {
  readonly id: string
  /** As the user named it; null: after its topic. */
  readonly name: string | null
  readonly draft: Draft
}

/** Tabs in their order, and the one in front; there is always one. Immutable: each function gives new ones. */
export interface TabRow {
  readonly tabs: readonly PublishTab[]
  readonly activeId: string
  /** What was closed, last first, to be opened again where it stood. */
  readonly closed: readonly { readonly tab: PublishTab; readonly index: number }[]
}

/** Most closed tabs that can be opened again. */
const MOST_CLOSED = 10

export function newTab(draft: Draft = EMPTY_DRAFT, name: string | null = null): PublishTab {
  return { id: crypto.randomUUID(), name, draft }
}

export function rowWith(tab: PublishTab): TabRow {
  return { tabs: [tab], activeId: tab.id, closed: [] }
}

export function activeTab({ tabs, activeId }: TabRow): PublishTab {
  const tab = tabs.find(({ id }) => id === activeId) ?? tabs[0]
  if (tab === undefined) throw new RangeError('there is always a tab')
  return tab
}

/** Whether nothing has been written there. */
export function isBlank({ draft, name }: PublishTab): boolean {
  return name === null && draft.topic === '' && draft.text === '' && draft.original === null && draft.file === null
}

/** Puts a tab behind the one in front, and in front. */
export function withTab(row: TabRow, tab: PublishTab): TabRow {
  const place = row.tabs.findIndex(({ id }) => id === row.activeId) + 1
  return { ...row, tabs: [...row.tabs.slice(0, place), tab, ...row.tabs.slice(place)], activeId: tab.id }
}

/** Closes a tab; the last one leaves an empty one. */
export function withoutTab(row: TabRow, id: string): TabRow {
  const index = row.tabs.findIndex((tab) => tab.id === id)
  const tab = row.tabs[index]
  if (tab === undefined) return row
  const others = row.tabs.filter((other) => other !== tab)
  const tabs = others.length === 0 ? [newTab()] : others
  const next = tabs[Math.min(index, tabs.length - 1)]
  return {
    tabs,
    activeId: row.activeId === id && next !== undefined ? next.id : row.activeId,
    closed: isBlank(tab) ? row.closed : [{ tab, index }, ...row.closed].slice(0, MOST_CLOSED),
  }
}

/** Opens again what was closed last. */
export function reopened(row: TabRow): TabRow {
  const [last, ...closed] = row.closed
  if (last === undefined) return row
  const only = row.tabs[0]
  const tabs = row.tabs.length === 1 && only !== undefined && isBlank(only) ? [] : row.tabs
  return { tabs: [...tabs.slice(0, last.index), last.tab, ...tabs.slice(last.index)], activeId: last.tab.id, closed }
}

export function changed(row: TabRow, id: string, change: (tab: PublishTab) => PublishTab): TabRow {
  return { ...row, tabs: row.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) }
}

/** Moves a tab to a place among the others. */
export function moved(row: TabRow, id: string, toIndex: number): TabRow {
  const tab = row.tabs.find((other) => other.id === id)
  if (tab === undefined) return row
  const others = row.tabs.filter((other) => other !== tab)
  const place = Math.max(0, Math.min(toIndex, others.length))
  return { ...row, tabs: [...others.slice(0, place), tab, ...others.slice(place)] }
}
