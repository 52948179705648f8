import { readFileSync, rmSync } from 'node:fs'
import { expect, type App } from './app'

/** Of the trace event format, what is used here; `tdur` is thread time in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** How long the longest task of the page ran while `act` did, in ms of its thread's own time: however busy the machine is. */
export async function longestTask(app: App, act: () => Promise<void>): Promise<number> {
  await app.electron.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel'] }))
  await act()
  const path = await app.electron.evaluate(({ contentTracing }) => contentTracing.stopRecording())
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as { traceEvents: TraceEvent[] }
  rmSync(path)
  const threads = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`))
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid}/${tid}`))
  // Those that the recording began or ended in have no length.
  const lengths = tasks.flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1_000]))
  expect(lengths.length).toBeGreaterThan(100)
  expect(tasks.length - lengths.length).toBeLessThanOrEqual(2 * threads.size)
  return Math.max(...lengths)
}
