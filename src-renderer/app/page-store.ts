import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The pages of the app; connections are tabs within `explore`. */
export type Page = 'explore' | 'charts' | 'collections' | 'acl' | 'profiles' | 'certificates' | 'settings'

/** Which page is shown, and what is open over it. */
export const usePageStore = defineStore('page', () => {
  const page = ref<Page>('explore')
  const paletteOpen = ref(false)
  const jumpOpen = ref(false)
  return { page, paletteOpen, jumpOpen }
})
