import type { EngineEvent } from '../../../src-main/engine/engine-api'
import { Engine } from '../../../src-main/engine/engine'
import { unpackFrame } from '@shared/views/frame-codec'
import type { FrameOf, ViewFrame } from '@shared/views/view-frame'
import type { SpecOf } from '@shared/views/view-spec'
import { connectionConfig, tlsConfig } from '../../support/engine-driver'
import { PROTOCOLS } from '../traffic/places'
import { topicName } from '../traffic/topics'
import { Arrival } from './arrival'
import { machineMs, serve } from './calls'
import { LOG_BUDGET_BYTES, type EngineReceiverApi } from './engine-receiver-api'
import { ownUsage } from './receiver-api'

// The engine as the app runs it, with the views open that the page has: some rows of the tree, the counters, one topic.
const TREE = 1
const TOPIC = 2
const STATISTICS = 3
/** Not of the page: how the engine's own count is read between two frames of its views. */
const COUNT = 4
const LEAST_LOOK_MS = 20
const MOST_LOOK_MS = 200

const watched = topicName('fleet', 0)
const levels = watched.split('/')
const tree: SpecOf<'tree'> = { kind: 'tree', firstRow: 0, rowCount: 40, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }

const arrival = new Arrival()
let statistics: FrameOf<'statistics'> | null = null
let awaited: { isDone(frame: FrameOf<'tree'>): boolean; done(atMs: number, frame: FrameOf<'tree'>): void } | null = null
let isOnline = false
let tellOnline: (() => void) | null = null

const engine = new Engine(
  {
    logBudgetBytes: LOG_BUDGET_BYTES,
    forgetClearedTopics: true,
    expandedTopics: levels.slice(0, -1).map((_, depth) => levels.slice(0, depth + 1).join('/')),
  },
  hear,
  () => Promise.reject(new Error('nothing to encode')),
)

function hear(event: EngineEvent): void {
  if (event.kind === 'frame') takeFrame(event.viewId, event.bytes)
  if (event.kind === 'status') isOnline = event.status.phase === 'online'
  if (event.kind === 'status' && event.status.phase === 'failed') throw new Error(JSON.stringify(event.status))
  if (event.kind !== 'subscriptions' || !isOnline || event.subscriptions.some(({ state }) => state.kind === 'waiting')) return
  tellOnline?.()
}

function takeFrame(viewId: number, bytes: Uint8Array): void {
  const atMs = machineMs()
  // The page draws before it acknowledges, and what a frame says is none of the engine's work.
  setImmediate(() => engine.acknowledgeView(viewId))
  if (viewId === COUNT) statistics = unpackFrame(bytes) as ViewFrame & { kind: 'statistics' }
  if (viewId !== TREE || awaited === null) return
  const frame = unpackFrame(bytes) as ViewFrame & { kind: 'tree' }
  if (!awaited.isDone(frame)) return
  awaited.done(atMs, frame)
  awaited = null
}

function look(): void {
  engine.updateView(COUNT, { kind: 'statistics' })
  arrival.count = statistics?.messagesReceived ?? 0
  arrival.look()
}

/** Looks again half way to when the last message should come: looking all the time would cost as much as many messages. */
function lookOn(lookedAtMs: number): void {
  const before = arrival.count
  const nowMs = machineMs()
  look()
  const came = arrival.count - before
  const leftMs = came === 0 ? 0 : (arrival.left / came) * (nowMs - lookedAtMs)
  setTimeout(lookOn, Math.max(LEAST_LOOK_MS, Math.min(MOST_LOOK_MS, leftMs / 2)), nowMs)
}

/** The time until a frame of the tree is as wanted. */
function timeTo(change: () => void, isDone: (frame: FrameOf<'tree'>) => boolean): Promise<{ ms: number; frame: FrameOf<'tree'> }> {
  return new Promise((resolve) => {
    const startedAtMs = machineMs()
    awaited = { isDone, done: (atMs, frame) => resolve({ ms: atMs - startedAtMs, frame }) }
    change()
  })
}

serve({
  async connect({ place, mqttVersion }) {
    const protocol = PROTOCOLS[place.transport]
    const tls = protocol === 'mqtts' || protocol === 'wss' ? tlsConfig([{ certificate: place.authority }]) : null
    const online = new Promise<void>((resolve) => (tellOnline = resolve))
    engine.connect(connectionConfig(place.port, { protocol, tls, mqttVersion }))
    await online
    engine.openView(TREE, tree)
    engine.openView(TOPIC, { kind: 'topic', topic: watched, newest: null, firstRow: 0, rowCount: 200 })
    engine.openView(STATISTICS, { kind: 'statistics' })
    engine.openView(COUNT, { kind: 'statistics' })
    for (const viewId of [TREE, TOPIC, STATISTICS, COUNT]) engine.acknowledgeView(viewId)
    lookOn(machineMs())
  },
  expect: (messages) => arrival.expect(messages),
  arrived: () => arrival.arrived(),
  received: () => arrival.count,
  ...ownUsage,
  statistics() {
    look()
    if (statistics === null) throw new Error('no frame yet')
    return statistics
  },
  async search(text) {
    const { ms, frame } = await timeTo(
      () => engine.updateView(TREE, { ...tree, search: text }),
      ({ matches, searching }) => matches !== null && !searching,
    )
    await timeTo(
      () => engine.updateView(TREE, tree),
      ({ matches }) => matches === null,
    )
    return { ms, matches: frame.matches ?? 0 }
  },
  async expand({ topic, rows }) {
    const { ms } = await timeTo(
      () => engine.setExpanded(topic, true, false),
      ({ totalRows }) => totalRows >= rows,
    )
    return ms
  },
} satisfies EngineReceiverApi)
