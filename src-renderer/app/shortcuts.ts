import type { AppInfo } from '@shared/ipc/app-info'

/** What can be done from the keyboard, the palette and menus alike. */
export type Command =
  | 'open-palette'
  | 'new-connection'
  | 'toggle-connection'
  | 'toggle-pause'
  | 'connection-details'
  | 'close-tab'
  | 'next-tab'
  | 'previous-tab'
  | 'jump-to-topic'
  | 'copy-topic'
  | 'toggle-favourite'
  | 'show-hidden'
  | 'toggle-changed'
  | 'mark-seen'
  | 'toggle-live-sort'
  | 'expand-all'
  | 'collapse-all'
  | 'focus-filter'
  | 'focus-publish'
  | 'republish'
  | 'toggle-publish'
  | 'toggle-history'
  | 'toggle-pin'
  | 'show-outbox'
  | 'show-retained'
  | 'toggle-packets'
  | 'toggle-table'
  | 'manage-decoders'
  | 'explore'
  | 'charts'
  | 'collections'
  | 'acl'
  | 'profiles'
  | 'certificates'
  | 'settings'

export interface Shortcut {
  readonly command: Command
  /** Keys joined by `+`; `Mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys: string
  /** Whether the code editor, where the key means something else, keeps it. */
  readonly leftToEditor?: boolean
}

/** Every shortcut, in one place: handled, shown in tooltips and listed from here. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: 'open-palette', keys: 'Mod+K' },
  { command: 'new-connection', keys: 'Mod+N' },
  { command: 'toggle-connection', keys: 'Mod+Shift+C' },
  { command: 'connection-details', keys: 'Mod+I' },
  { command: 'toggle-pause', keys: 'Mod+.', leftToEditor: true },
  { command: 'jump-to-topic', keys: 'Mod+P' },
  { command: 'toggle-changed', keys: 'Mod+Shift+U' },
  { command: 'mark-seen', keys: 'Mod+Shift+S' },
  { command: 'focus-filter', keys: 'Mod+F', leftToEditor: true },
  { command: 'focus-publish', keys: 'Mod+E' },
  { command: 'toggle-publish', keys: 'Mod+J' },
  { command: 'republish', keys: 'Mod+Shift+Enter' },
  { command: 'toggle-history', keys: 'Mod+Shift+H' },
  { command: 'toggle-pin', keys: 'Mod+Shift+D' },
  { command: 'toggle-packets', keys: 'Mod+Shift+L' },
  { command: 'toggle-table', keys: 'Mod+Shift+T' },
  { command: 'next-tab', keys: 'Ctrl+Tab' },
  { command: 'previous-tab', keys: 'Ctrl+Shift+Tab' },
  { command: 'close-tab', keys: 'Mod+W' },
  { command: 'explore', keys: 'Mod+Shift+E' },
  { command: 'charts', keys: 'Mod+Shift+G' },
  { command: 'collections', keys: 'Mod+Shift+K' },
  { command: 'acl', keys: 'Mod+Shift+A' },
  { command: 'profiles', keys: 'Mod+Shift+P' },
  { command: 'certificates', keys: 'Mod+Shift+X' },
  { command: 'settings', keys: 'Mod+,' },
]

/** Keys of the topic tree itself, for reading: they act while it has the keyboard. */
export const TREE_KEYS = [
  { action: 'copy', keys: 'Mod+C' },
  { action: 'favourite', keys: 'S' },
  { action: 'levels', keys: '1…5' },
  { action: 'expandBelow', keys: 'Shift+→' },
  { action: 'collapseBelow', keys: 'Shift+←' },
] as const

type Platform = AppInfo['platform']
type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Whether a key press is `keys`. */
export function isPressed(keys: string, event: KeyPress, platform: Platform): boolean {
  const parts = keys.split('+')
  const wants = (name: string) => parts.includes(name)
  const control = wants('Ctrl') || (wants('Mod') && platform !== 'mac')
  const meta = wants('Mod') && platform === 'mac'
  return (
    event.key.toLowerCase() === parts.at(-1)?.toLowerCase() &&
    event.ctrlKey === control &&
    event.metaKey === meta &&
    event.shiftKey === wants('Shift') &&
    event.altKey === wants('Alt')
  )
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' }

/** `keys` as the user's keyboard names them, separated by spaces. */
export function keysFor(keys: string, platform: Platform): string {
  return keys
    .split('+')
    .map((key) => (platform === 'mac' ? (MAC_SIGNS[key] ?? key) : key.replace('Mod', 'Ctrl')))
    .join(' ')
}

/** The keys of a command as the user's keyboard names them. */
export function shortcutOf(command: Command, platform: Platform): string {
  const shortcut = SHORTCUTS.find((candidate) => candidate.command === command)
  return shortcut === undefined ? '' : keysFor(shortcut.keys, platform)
}
