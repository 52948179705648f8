import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch, type App } from '../../e2e/support/app'
import { machineMs } from '../processes/calls'
import { atLeast, atMost, noTarget, type Figure } from '../report/figure'
import { ratios, summarize } from '../report/statistics'
import { topicName } from '../traffic/topics'
import { memoryOf, processorPercent, type ProcessMemory } from './app-usage'
import { watchSmoothness, whenReceived, type Smoothness } from './app-probes'
import { inTurn, messagesFor, startBlaster, warmSpeed, withReceiver, type Blaster, type Effort, type Plan } from './receiving'

/** The app asks for MQTT 5.0 first. */
const PLAN: Plan = { traffic: { shape: 'fleet', topics: 10_000 }, transport: 'tcp', mqttVersion: '5.0' }
const FIRST_MESSAGES = 100_000
const PACED_PER_SECOND = 100_000
const PACED_SECONDS = 5
/** MQTT Explorer's own app takes 0.035 × raw MQTT.js, measured in the same way; a hundred times that is what we want. */
const RATIO_OF_100_EXPLORERS = 3.5
const SMOOTH_FPS = 55
const LONG_FRAME_MS = 50
const LIMIT_MS = 60_000
const WINDOW = [1_440, 900] as const
/** Shares of the ceiling that are tried, where the ceiling itself is not smooth. */
const SHARES = [0.75, 0.5, 0.25, 0.1]

interface Flood extends Smoothness {
  readonly perSecond: number
  /** Of all processes of the app, in percent of one core. */
  readonly processorPercent: number
}

interface Found {
  readonly raw: number[]
  readonly floods: Flood[]
  readonly paced: Flood[]
  readonly smooth: number
  readonly memory: readonly ProcessMemory[]
}

/** The real app with its window: how much it takes in, how smooth it stays. Resolves with Electron's version, too. */
export async function benchApp(effort: Effort, say: (line: string) => void): Promise<{ electron: string; figures: Figure[] }> {
  const userData = mkdtempSync(join(tmpdir(), 'pubscope-bench-'))
  const blaster = startBlaster()
  try {
    const { port } = await blaster.call('prepare', PLAN)
    const app = await launch(userData, [`mqtt://127.0.0.1:${port}`, '--filter', '#'])
    try {
      const watched = new WatchedApp(app, blaster, await blaster.call('subscribed', undefined))
      const electron = await app.electron.evaluate(() => process.versions.electron ?? '')
      return { electron, figures: figuresOf(await measure(watched, blaster, effort, say)) }
    } finally {
      await app.close()
    }
  } finally {
    await blaster.stop()
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The app with a live tree in view and a topic selected. */
class WatchedApp {
  #sent = 0

  constructor(
    readonly app: App,
    private readonly blaster: Blaster,
    private readonly client: number,
  ) {}

  async lookAtTree(): Promise<void> {
    await this.app.electron.evaluate(({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), WINDOW)
    await this.flood(FIRST_MESSAGES, PACED_PER_SECOND)
    await (await this.app.reveal(topicName('fleet', 0))).click()
  }

  /** Sends so many messages; how fast they were counted on screen, and how smooth that was. */
  async flood(messages: number, perSecond: number | null): Promise<Flood> {
    this.#sent += messages
    const stop = await watchSmoothness(this.app.electron, this.app.page)
    await processorPercent(this.app.electron)
    const clockMs = Date.now() - machineMs()
    const [startedAtMs, shownAtMs] = await Promise.all([
      this.blaster.call('blast', { client: this.client, messages, perSecond, round: 0 }, LIMIT_MS),
      whenReceived(this.app.page, this.#sent, LIMIT_MS),
    ])
    const percent = await processorPercent(this.app.electron)
    return { ...(await stop()), processorPercent: percent, perSecond: (messages / (shownAtMs - clockMs - startedAtMs)) * 1_000 }
  }
}

async function measure(watched: WatchedApp, blaster: Blaster, effort: Effort, say: (line: string) => void): Promise<Found> {
  await watched.lookAtTree()
  const seconds = effort.quick ? 1 : 2 * effort.seconds
  const raw: number[] = []
  const floods: Flood[] = []
  const paced: Flood[] = []
  const steps = {
    raw: async () => raw.push((await withReceiver(blaster, 'mqttjs-receiver', PLAN, (receiver) => warmSpeed(blaster, receiver, effort))).perSecond),
    async app() {
      const first = await watched.flood(messagesFor((floods.at(-1)?.perSecond ?? FIRST_MESSAGES) * seconds * 0.5), null)
      floods.push(await watched.flood(effort.messages ?? messagesFor(first.perSecond * seconds), null))
      paced.push(await watched.flood(messagesFor(PACED_PER_SECOND * (effort.quick ? 1 : PACED_SECONDS)), PACED_PER_SECOND))
    },
  }
  for (let round = 0; round < effort.rounds; round += 1) {
    say(`The app: round ${round + 1} of ${effort.rounds}`)
    for (const name of inTurn(round, ['raw', 'app'] as const)) await steps[name]()
  }
  return { raw, floods, paced, smooth: await smoothCeiling(watched, floods, seconds, say), memory: await memoryOf(watched.app.electron) }
}

/** The most messages a second at which the app stayed smooth; 0 when none of those tried was. */
async function smoothCeiling(watched: WatchedApp, floods: readonly Flood[], seconds: number, say: (line: string) => void): Promise<number> {
  const ceiling = summarize(floods.map(({ perSecond }) => perSecond)).median
  if (floods.every(isSmooth)) return ceiling
  for (const share of SHARES) {
    const perSecond = ceiling * share
    say(`The app: at ${Math.round(perSecond / 1_000)} k msg/s`)
    const flood = await watched.flood(messagesFor(perSecond * seconds), perSecond)
    if (isSmooth(flood)) return flood.perSecond
  }
  return 0
}

function isSmooth({ framesPerSecond, longestFrameMs }: Smoothness): boolean {
  return framesPerSecond >= SMOOTH_FPS && longestFrameMs <= LONG_FRAME_MS
}

function figuresOf({ raw, floods, paced, smooth, memory }: Found): Figure[] {
  const speeds = floods.map(({ perSecond }) => perSecond)
  const flooded = { ...noTarget, group: 'The app, as fast as it takes them' } as const
  const held = { ...noTarget, group: 'Memory of the app at the end', unit: 'MB' } as const
  const kinds = [...new Set(memory.map(({ kind }) => kind))]
  const megabytesOf = (kind: string | null): number =>
    memory.filter((one) => kind === null || one.kind === kind).reduce((sum, { megabytes }) => sum + megabytes, 0)
  return [
    { ...flooded, label: 'raw MQTT.js, empty handler', unit: 'msg/s', values: raw },
    { ...flooded, label: 'the whole app, live tree in view', unit: 'msg/s', values: speeds, inReadme: true },
    { ...flooded, label: 'the whole app ÷ raw MQTT.js (3.5 is 100 × MQTT Explorer)', unit: '×', values: ratios(speeds, raw), ...atLeast(RATIO_OF_100_EXPLORERS) },
    { ...flooded, label: 'the app at ≥ 55 fps and no frame > 50 ms', unit: 'msg/s', values: [smooth], ...atLeast(2e6) },
    ...smoothnessFigures(flooded.group, floods, false),
    ...smoothnessFigures('The app at 100 k msg/s', paced, true),
    ...kinds.map((kind) => ({ ...held, label: kind, values: [megabytesOf(kind)] })),
    { ...held, label: 'all processes of the app, 256 MB of history among it', values: [megabytesOf(null)], inReadme: true },
  ]
}

function smoothnessFigures(group: string, floods: readonly Flood[], isTarget: boolean): Figure[] {
  const figure = (label: string, unit: Figure['unit'], valueOf: (flood: Flood) => number, target: Pick<Figure, 'target' | 'inReadme'>): Figure => ({
    group,
    label,
    unit,
    values: floods.map(valueOf),
    ...(isTarget ? target : noTarget),
  })
  return [
    figure('frames a second', 'fps', ({ framesPerSecond }) => framesPerSecond, atLeast(SMOOTH_FPS)),
    figure('longest frame', 'ms', ({ longestFrameMs }) => longestFrameMs, atMost(LONG_FRAME_MS)),
    figure('long tasks of the page', '', ({ pageLongTasks }) => pageLongTasks, atMost(0)),
    figure('long tasks of the main process', '', ({ mainLongTasks }) => mainLongTasks, atMost(0)),
    figure('processor, all processes, share of a core', '%', (flood) => flood.processorPercent, noTarget),
    figure('worst lag of a timer of the main process', 'ms', ({ mainLagMs }) => mainLagMs, noTarget),
  ]
}
