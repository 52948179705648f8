import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { App } from './app'

// Where a secret might have got to.

/** The names of all files below a folder in whose bytes a text stands. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name)
}

/** Every string the page holds, as its engine writes them down. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('')
}

/** What the app's processes write to the terminal from now on. */
export function listenToLogs(app: App): string[] {
  const said: string[] = []
  const { stdout, stderr } = app.electron.process()
  for (const stream of [stdout, stderr]) stream?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  return said
}
