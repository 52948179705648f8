import { dialog, type BrowserWindow } from 'electron'
import type { RunUnderWay } from '@shared/collections/run'

/** Most runs that are told one by one. */
const MOST_NAMED = 5

/** A run that would end with the app, and the tab it belongs to. */
export interface LostRun extends RunUnderWay {
  readonly connection: string
}

/**
 * Whether to quit though runs are under way. Asked by the system's own dialog: the window can then be closed even where
 * its page hangs.
 */
export async function mayEndRuns(window: BrowserWindow, runs: readonly LostRun[]): Promise<boolean> {
  if (runs.length === 0) return true
  const { response } = await dialog.showMessageBox(window, { type: 'warning', ...quitQuestion(runs), defaultId: 1, cancelId: 1, noLink: true })
  return response === 0
}

/** The words of the question. */
export function quitQuestion(runs: readonly LostRun[]): { message: string; detail: string; buttons: string[] } {
  const lines = runs.slice(0, MOST_NAMED).map(({ name, connection, sent, total }) => {
    const left = total === null ? `until it is stopped, ${sent} sent so far` : `${total - sent} of ${total} left to send`
    return `“${name}” on ${connection}: ${left}`
  })
  const more = runs.length > MOST_NAMED ? [`And ${runs.length - MOST_NAMED} more.`] : []
  return {
    message: runs.length === 1 ? 'Quit while a run is under way?' : `Quit while ${runs.length} runs are under way?`,
    detail: [...lines, ...more, runs.length === 1 ? 'Quitting ends it.' : 'Quitting ends them.'].join('\n'),
    buttons: ['Quit and end', 'Keep running'],
  }
}
