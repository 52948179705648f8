import { createI18n } from 'vue-i18n'

/**
 * The message catalogue. Each room brings its own `messages.ts`, `{ <room>: { key: text } }`; English is the first language.
 * Vite gathers them here, so that a new room needs no edit.
 */
const rooms = import.meta.glob<{ messages: Record<string, unknown> }>('../**/messages.ts', { eager: true })

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en: Object.assign({}, ...Object.values(rooms).map((room) => room.messages)) },
})
