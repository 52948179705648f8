import { app } from 'electron'
import { PAGE_ORIGIN } from './page-protocol'

/** Where the page is: with electron-vite's development server there, else under our own scheme. */
export function pageUrl(): string {
  const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  return developmentUrl ?? `${PAGE_ORIGIN}/index.html`
}

/** Whether a URL is of our page. `origin` alone does not do: that of a scheme unknown to Node is "null" for all. */
export function isPageUrl(url: string): boolean {
  const [given, ours] = [new URL(url), new URL(pageUrl())]
  return given.protocol === ours.protocol && given.host === ours.host
}
