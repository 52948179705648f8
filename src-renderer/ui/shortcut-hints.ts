import { inject, provide, type InjectionKey } from 'vue'

/** Actions whose buttons show a shortcut that the app decides on. */
export type HintedAction =
  | 'connection-details'
  | 'toggle-pause'
  | 'toggle-changed'
  | 'mark-seen'
  | 'focus-filter'
  | 'toggle-publish'
  | 'toggle-history'
  | 'toggle-pin'
  | 'republish'

type ShortcutHints = (action: HintedAction) => string

const key: InjectionKey<ShortcutHints> = Symbol('shortcut hints')

/** Tells all components below how the shortcuts are named on this computer's keyboard. */
export function provideShortcutHints(hints: ShortcutHints): void {
  provide(key, hints)
}

/** The keys of an action, or undefined where nobody listens for them (a component alone in a test). */
export function useShortcutHint(action: HintedAction): string | undefined {
  return inject(key, undefined)?.(action)
}
