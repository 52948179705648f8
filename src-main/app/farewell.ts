import { app, type BrowserWindow } from 'electron'

/** How long the goodbyes to the brokers may take. */
const GOODBYE_MS = 1_500

export interface Farewell {
  /** Whether the user wants to quit, now that they know what would be lost. */
  mayQuit(): Promise<boolean>
  goodbye(): Promise<unknown>
}

/** Holds quitting back, and the window open, until the user may quit and `goodbye` is done, or has had its time. */
export function sayGoodbyeBeforeQuit(window: BrowserWindow, { mayQuit, goodbye }: Farewell): void {
  let stage: 'open' | 'leaving' | 'left' = 'open'

  async function leave(): Promise<void> {
    if (!(await mayQuit())) {
      stage = 'open'
      return
    }
    const timeout = new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))
    await Promise.race([goodbye(), timeout]).catch(() => undefined)
    stage = 'left'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (stage === 'left') return
    event.preventDefault()
    if (stage === 'leaving') return
    stage = 'leaving'
    void leave()
  })
  window.on('close', (event) => {
    if (stage === 'left') return
    event.preventDefault()
    app.quit()
  })
}
