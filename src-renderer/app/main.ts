import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/fact-table.css'
import '../ui/field.css'
import '../ui/form-grid.css'
import '../ui/menu.css'
import '../ui/popover.css'
import '../ui/row-list.css'
import '../ui/side-list.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { i18n } from '../i18n/i18n'
import App from './App.vue'

// Both fonts lie in the package: having them before the first paint costs milliseconds and spares every text a jump.
const FONTS = ['13px "Inter Variable"', '600 13px "Inter Variable"', '13px "JetBrains Mono Variable"']

void Promise.allSettled(FONTS.map((font) => document.fonts.load(font))).then(() => {
  createApp(App).use(createPinia()).use(i18n).mount('#app')
})
