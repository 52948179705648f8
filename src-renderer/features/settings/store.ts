import {
  DEFAULT_SETTINGS,
  type ExploreSettings,
  type Layout,
  type PublishSettings,
  type Settings,
  type SettingsPatch,
  type Theme,
  type TreeSettings,
} from '@shared/settings/settings'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watchEffect } from 'vue'
import { request } from '../../bridge/client'

/** How long a dragged pane has to rest before its size is stored. */
const LAYOUT_DELAY_MS = 300

/** The user's settings, and the theme that follows from them. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<Settings>(DEFAULT_SETTINGS)
  const systemPrefersLight = ref(false)
  let layoutTimer: ReturnType<typeof setTimeout> | undefined
  /** What is not stored yet. */
  let unsaved: Pick<SettingsPatch, 'layout' | 'tree'> = {}

  /** The theme the page wears now. */
  const resolvedTheme = computed<'light' | 'dark'>(() => {
    if (settings.value.theme !== 'system') return settings.value.theme
    return systemPrefersLight.value ? 'light' : 'dark'
  })

  /** Reads the settings and starts to dress the page. Call once, before the first paint. */
  async function start(): Promise<void> {
    const query = window.matchMedia('(prefers-color-scheme: light)')
    systemPrefersLight.value = query.matches
    query.addEventListener('change', ({ matches }) => {
      systemPrefersLight.value = matches
    })
    watchEffect(() => {
      document.documentElement.dataset['theme'] = resolvedTheme.value
    })
    settings.value = await request('settings.read')
  }

  /** Changes the theme at once and stores it. */
  async function setTheme(theme: Theme): Promise<void> {
    settings.value = { ...settings.value, theme }
    await request('settings.update', { theme })
  }

  /** Changes how all engines keep messages, at once, and stores it. */
  async function setExplore(patch: Partial<ExploreSettings>): Promise<void> {
    const { explore } = settings.value
    settings.value = { ...settings.value, explore: { ...explore, ...patch } }
    await request('settings.update', { explore: patch })
  }

  /** Changes what helps while a message is written, at once, and stores it. */
  async function setPublish(publish: PublishSettings): Promise<void> {
    settings.value = { ...settings.value, publish }
    await request('settings.update', { publish })
  }

  /** Changes the panes at once, and stores what changed when they rest. */
  function setLayout(patch: Partial<Layout>): void {
    settings.value = { ...settings.value, layout: { ...settings.value.layout, ...patch } }
    unsaved.layout = { ...unsaved.layout, ...patch }
    storeSoon()
  }

  /** Changes how the topic tree looks, as {@link setLayout} does with the panes. */
  function setTree(patch: Partial<TreeSettings>): void {
    settings.value = { ...settings.value, tree: { ...settings.value.tree, ...patch } }
    unsaved.tree = { ...unsaved.tree, ...patch }
    storeSoon()
  }

  function storeSoon(): void {
    clearTimeout(layoutTimer)
    layoutTimer = setTimeout(() => {
      const changed = unsaved
      unsaved = {}
      // Losing a pane's size is not worth a message.
      void request('settings.update', changed).catch(() => undefined)
    }, LAYOUT_DELAY_MS)
  }

  return { settings, resolvedTheme, start, setTheme, setExplore, setPublish, setLayout, setTree }
})
