import type { Component } from 'vue'

/** One entry of a menu, or the line between two groups of entries. */
export type MenuItem =
  | {
      readonly label: string
      readonly icon?: Component | undefined
      /** Shown at the right, e.g. `Ctrl+W`; the menu itself does not listen for it. */
      readonly shortcut?: string | undefined
      readonly danger?: boolean | undefined
      readonly disabled?: boolean | undefined
      readonly onSelect: () => void
    }
  | 'separator'
