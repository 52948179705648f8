import type { Settings } from '@shared/settings/settings'
import type { Handlers } from '../ipc/handlers'
import type { SettingsStore } from './settings-store'

export function settingsHandlers(
  store: SettingsStore,
  changed: (settings: Settings) => void,
): Pick<Handlers, 'settings.read' | 'settings.update'> {
  return {
    'settings.read': () => store.settings,
    'settings.update': (patch) => {
      const settings = store.update(patch)
      changed(settings)
      return settings
    },
  }
}
