import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type App } from '../../e2e/support/app'
import { connectWithSession } from '../../e2e/support/soak'
import type { SentCounts } from '../../support/soak/soak-sender'
import { waitUntil } from '../../support/wait-until'
import { startProgram, type Peer } from '../processes/calls'
import type { SoakBlasterApi } from '../processes/soak-blaster-api'
import { watchSmoothness, type Smoothness } from './app-probes'
import { memoryOf, type ProcessMemory } from './app-usage'

export interface SoakOptions {
  readonly minutes: number
  readonly perSecond: number
}

/** How things stood at the end of some seconds, and how smooth they were. */
export interface SoakSample extends Smoothness {
  readonly atSeconds: number
  readonly sent: number
  /** What the app's own counters say. */
  readonly received: number
  readonly logBytes: number
  readonly evicted: number
  readonly topics: number
  readonly forgotten: number
  readonly memory: readonly ProcessMemory[]
  /** From a click on a row to its being selected, the test driver's part included. */
  readonly clickMs: number
}

export interface SoakRun {
  readonly electron: string
  readonly samples: readonly SoakSample[]
  readonly sent: SentCounts
  /** Messages that the app counts in the end. */
  readonly received: number
  /** What the page complained of. */
  readonly errors: readonly string[]
}

const SAMPLE_SECONDS = 10
const SECONDS_A_CUT = 60
/** A hundred topics a second come, and as many go, at 20,000 messages a second. */
const PLAN = { topics: 50_000, messagesABirth: 200 }
const WINDOW = [1_440, 900] as const
const LAST_LIMIT_MS = 20_000
const CALL_LIMIT_MS = 60_000

type Blaster = Peer<SoakBlasterApi>

/** Runs the real app under the traffic of a soak. `tell` gets each sample at once. */
export async function soakApp({ minutes, perSecond }: SoakOptions, tell: (sample: SoakSample) => void): Promise<SoakRun> {
  const userData = mkdtempSync(join(tmpdir(), 'pubscope-soak-'))
  const blaster = startProgram<SoakBlasterApi>('soak-blaster')
  try {
    const port = await blaster.call('listen', PLAN)
    const app = await launch(userData)
    try {
      await app.electron.evaluate(({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), WINDOW)
      await connectWithSession(app, port)
      const electron = await app.electron.evaluate(() => process.versions.electron ?? '')
      await blaster.call('run', perSecond)
      await (await app.reveal('plant/device/line-0/device-0/state')).click()
      const samples: SoakSample[] = []
      for (let seconds = SAMPLE_SECONDS; seconds <= minutes * 60; seconds += SAMPLE_SECONDS) {
        const sample = await sampleOf(app, blaster, seconds)
        samples.push(sample)
        tell(sample)
      }
      const sent = await blaster.call('finish', undefined, CALL_LIMIT_MS)
      return { electron, samples, sent, received: await receivedInTheEnd(app, sent.messages), errors: app.errors }
    } finally {
      await app.close()
    }
  } finally {
    await blaster.stop()
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The seconds before `atSeconds`, at whose beginning the connection is cut when a minute is over. */
async function sampleOf(app: App, blaster: Blaster, atSeconds: number): Promise<SoakSample> {
  const over = new Promise((resolve) => setTimeout(resolve, SAMPLE_SECONDS * 1_000))
  const stop = await watchSmoothness(app.electron, app.page)
  const before = atSeconds - SAMPLE_SECONDS
  if (before > 0 && before % SECONDS_A_CUT === 0) {
    await blaster.call('cut', (before / SECONDS_A_CUT) % 2 === 1 ? 'tear' : 'reset', CALL_LIMIT_MS)
  }
  const clickMs = await timeToSelect(app, atSeconds % (2 * SAMPLE_SECONDS) === 0 ? 'plant/device/line-0' : 'plant/device/line-0/device-0')
  await over
  const smoothness = await stop()
  const [{ messages: sent }, numbers, memory] = await Promise.all([blaster.call('counts', undefined), numbersOf(app), memoryOf(app.electron)])
  const number = (id: string): number => numbers[id] ?? 0
  return {
    atSeconds,
    sent,
    received: number('messages-received'),
    logBytes: number('log'),
    evicted: number('evicted'),
    topics: number('topics-known'),
    forgotten: number('forgotten'),
    memory,
    clickMs,
    ...smoothness,
  }
}

async function timeToSelect(app: App, topic: string): Promise<number> {
  const startedAtMs = performance.now()
  const row = app.topic(topic)
  await row.click()
  await waitUntil(async () => (await row.getAttribute('aria-selected')) === 'true', { timeoutMs: LAST_LIMIT_MS, what: `${topic} to be selected` })
  return performance.now() - startedAtMs
}

/** The numbers of the status bar, those in sight and those there is no room for. Some show only once they are not zero. */
function numbersOf({ page }: App): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('[data-testid][data-value]')]
    return Object.fromEntries(shown.map(({ dataset }) => [dataset['testid'] ?? '', Number(dataset['value'])]))
  })
}

/** What the counter shows once nothing more is to come. */
async function receivedInTheEnd(app: App, sent: number): Promise<number> {
  const received = async (): Promise<number> => (await numbersOf(app))['messages-received'] ?? 0
  // When it never gets there, how far it got is what the verdict tells.
  await waitUntil(async () => (await received()) >= sent, { timeoutMs: LAST_LIMIT_MS, what: 'all messages' }).catch(() => undefined)
  return received()
}
