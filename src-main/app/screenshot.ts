import { writeFile } from 'node:fs/promises'
import { app, type BrowserWindow } from 'electron'

const TIMEOUT_MS = 60_000
const POLL_MS = 100
const LIVE_ROWS = 4
/** After the tree is there: for the first values to arrive and fonts and editor to be drawn. */
const SETTLE_MS = 1_500

/**
 * Waits until the window shows a live topic tree, then saves a picture of it as PNG.
 * @throws Error when the tree does not come to life within a minute.
 */
async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS
  const liveRows = (): Promise<unknown> =>
    window.webContents.executeJavaScript('document.querySelectorAll("[role=tree] [role=treeitem]").length')
  while (Number(await liveRows()) < LIVE_ROWS) {
    if (Date.now() > deadline) throw new Error('The topic tree did not come to life within 60 seconds')
    await pause(POLL_MS)
  }
  await pause(SETTLE_MS)
  for (;;) {
    const picture = await window.webContents.capturePage()
    // Under load the compositor may have nothing yet, and gives an empty picture rather than an error.
    if (!picture.isEmpty()) return writeFile(file, picture.toPNG())
    if (Date.now() > deadline) throw new Error('The window could not be captured within 60 seconds')
    await pause(POLL_MS)
  }
}

/** Saves the picture and ends the app: with exit code 0, or 1 and the reason on standard error. */
export async function saveScreenshotAndQuit(window: BrowserWindow, file: string): Promise<void> {
  try {
    await saveScreenshot(window, file)
    process.stdout.write(`Saved ${file}\n`)
    app.quit()
  } catch (error) {
    process.stderr.write(`No screenshot: ${error instanceof Error ? error.message : String(error)}\n`)
    app.exit(1)
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs))
}
