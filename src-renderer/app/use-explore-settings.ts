import { computed, type WritableComputedRef } from 'vue'
import type { Settings } from '@shared/settings/settings'
import { useSettingsStore } from '../features/settings/store'
import { useReport } from '../i18n/report'

type Layout = Settings['layout']

/** How the user arranged the page Explore, kept with the settings. */
export function useExploreSettings() {
  const settings = useSettingsStore()
  const report = useReport()
  const part = <Key extends keyof Layout>(key: Key): WritableComputedRef<Layout[Key]> =>
    computed({
      get: () => settings.settings.layout[key],
      set: (value) => settings.setLayout({ [key]: value }),
    })
  return {
    treePercent: part('treePercent'),
    inspectorPercent: part('inspectorPercent'),
    publishCollapsed: part('publishCollapsed'),
    historyPercent: part('historyPercent'),
    historyCollapsed: part('historyCollapsed'),
    /** Whether a word is said on payloads that others will find hard to use. */
    designNotes: computed({
      get: () => settings.settings.publish.designNotes,
      set: (on) => void settings.setPublish({ designNotes: on }).catch(report),
    }),
  }
}
