import type { Component } from 'vue'

/** What every entry of a menu says. */
interface Worded {
  readonly label: string
  readonly icon?: Component | undefined
  /** Shown at the right, e.g. `Ctrl+W`; the menu itself does not listen for it. */
  readonly shortcut?: string | undefined
  readonly danger?: boolean | undefined
  readonly disabled?: boolean | undefined
}

/** An entry that does something. */
export interface MenuAction extends Worded {
  /** Whether it is what is chosen now; entries that cannot be have none. The check mark takes the place of the icon. */
  readonly checked?: boolean | undefined
  readonly onSelect: () => void
}

/** An entry that opens a menu of its own. */
export interface SubMenu extends Worded {
  readonly items: readonly MenuItem[]
}

/** One entry of a menu, or the line between two groups of entries. */
export type MenuItem = MenuAction | SubMenu | 'separator'
