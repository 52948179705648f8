import type { Component } from 'vue'

/** One line of a list to choose from while typing. */
export interface QuickEntry {
  readonly id: string
  readonly label: string
  /** More to find it by, shown faintly: an address. */
  readonly detail?: string | undefined
  /** Something to know before it is chosen. */
  readonly remark?: string | undefined
  readonly icon: Component
  readonly shortcut?: string | undefined
}

/** Lines that belong together, under a title. */
export interface QuickGroup<Entry extends QuickEntry> {
  readonly id: string
  readonly label: string
  readonly entries: readonly Entry[]
}
