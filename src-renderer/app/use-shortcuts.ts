import { onScopeDispose } from 'vue'
import type { AppInfo } from '@shared/ipc/app-info'
import { useConnectionsStore } from '../features/connections/store'
import type { Commands } from './use-commands'
import { isPressed, SHORTCUTS } from './shortcuts'

const inside = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null

/** Listens for the shortcuts everywhere. An open dialog has the keyboard to itself. */
export function useShortcuts(platform: AppInfo['platform'], commands: Commands): void {
  const connections = useConnectionsStore()

  function nthTab(event: KeyboardEvent): string | undefined {
    const digit = /^[1-9]$/.exec(event.key)?.[0]
    if (digit === undefined || !isPressed(`Mod+${digit}`, event, platform)) return undefined
    return connections.connections[Number(digit) - 1]?.id
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return
    // Other views of long texts have the editor's keys.
    const inEditor = inside(event.target, '.monaco-editor, [data-editor-keys]')
    const shortcut = SHORTCUTS.find(({ keys }) => isPressed(keys, event, platform))
    const tab = nthTab(event)
    if (tab !== undefined) commands.selectTab(tab)
    else if (shortcut === undefined || (inEditor && shortcut.leftToEditor === true)) return
    else if (commands.isAvailable(shortcut.command)) commands.run(shortcut.command)
    event.preventDefault()
    event.stopPropagation()
  }

  // Before the editor, which knows many of these keys too.
  window.addEventListener('keydown', onKey, { capture: true })
  onScopeDispose(() => window.removeEventListener('keydown', onKey, { capture: true }))
}
