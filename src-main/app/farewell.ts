import { app } from 'electron'

/** How long the goodbyes to the brokers may take. */
const GOODBYE_MS = 1_500

/** Holds quitting back until `goodbye` is done, or has had its time. */
export function sayGoodbyeBeforeQuit(goodbye: () => Promise<unknown>): void {
  let done = false
  app.on('before-quit', (event) => {
    if (done) return
    event.preventDefault()
    const timeout = new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))
    void Promise.race([goodbye(), timeout]).finally(() => {
      done = true
      app.quit()
    })
  })
}
