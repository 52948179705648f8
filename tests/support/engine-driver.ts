import type { ConnectionStatus, SubscriptionState } from '@shared/connection/connection'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { NOTHING_KEPT, type OutboxCounts } from '@shared/message/outbox'
import type { Publish, PublishState } from '@shared/message/publish'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { unpackFrame } from '@shared/views/frame-codec'
import type { FrameOf, TreeRow, ViewFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewKind } from '@shared/views/view-spec'
import type { FormatChoice } from '@shared/payload/reading'
import { answerFields } from '../../src-main/payload/answer-fields'
import type { PayloadLore } from '../../src-main/payload/chosen-reading'
import type { PayloadThread } from '../../src-main/payload/payload-handlers'
import { PayloadReader } from '../../src-main/payload/payload-reader'
import type { EngineRunner } from '../../src-main/connections/open-connection'
import { Engine } from '../../src-main/engine/engine'
import type { ConnectionConfig, EngineConfig, EngineEvent, Route, TlsConfig } from '../../src-main/engine/engine-api'
import type { Authority } from './certificates'
import { waitUntil } from './wait-until'

type PhaseOf<Phase> = Extract<ConnectionStatus, { phase: Phase }>

/** Straight to the broker. */
export const DIRECT: readonly Route[] = [{ kind: 'direct' }]

/** How to reach a broker on this machine, with what most tests want. */
export function connectionConfig(port: number, overrides: Partial<ConnectionConfig> = {}): ConnectionConfig {
  const { name: _name, group: _group, credentials: _credentials, ...more } = defaultProfileDraft(`test-${Math.random().toString(36).slice(2)}`)
  const { headerNames: _headerNames, proxy: _proxy, ...draft } = more
  return {
    ...draft,
    host: '127.0.0.1',
    port,
    headers: [],
    routes: DIRECT,
    alternates: [],
    tls: null,
    password: null,
    authenticationData: null,
    azureDevice: null,
    subscriptions: [{ filter: '#', qos: 0 }],
    ...overrides,
  }
}

/** TLS that trusts just these authorities, and checks everything. */
export function tlsConfig(authorities: readonly Pick<Authority, 'certificate'>[], overrides: Partial<TlsConfig> = {}): TlsConfig {
  return {
    authorities: authorities.map(({ certificate }) => certificate),
    identity: { kind: 'none' },
    serverName: '',
    alpnProtocols: [],
    minimumVersion: '1.2',
    verifyCertificate: true,
    verifyHostName: true,
    pinnedFingerprints: [],
    ...overrides,
  }
}

export interface DrivenView<Kind extends ViewKind> {
  /** The newest frame. */
  readonly frame: FrameOf<Kind> | null
  /** How many frames have come. */
  readonly frames: number
  readonly viewId: number
  waitFor(what: string, predicate: (frame: FrameOf<Kind>) => boolean): Promise<FrameOf<Kind>>
  update(spec: SpecOf<Kind>): void
  close(): void
}

/** As the payload thread does it. */
function encode(text: string, format: FormatChoice): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve().then(() => new PayloadReader().encode(text, format, []))
}

/** An engine without its thread, and all it has said. */
export class EngineDriver {
  readonly engine: Engine
  readonly statuses: ConnectionStatus[] = []
  subscriptions: SubscriptionState[] = []
  outbox: OutboxCounts = NOTHING_KEPT
  /** The server of the last TLS connection. */
  peer: TlsPeer | null = null
  readonly publishes = new Map<number, PublishState[]>()
  /** How payloads are read for charts and tables, as main would know. */
  lore: PayloadLore = { readingFor: () => null, schemasFor: () => [] }
  readonly #reader = new PayloadReader()
  readonly #thread: PayloadThread = { call: (method, ...args) => Promise.resolve(Reflect.apply(this.#reader[method] as never, this.#reader, args)) }
  readonly #runner: Pick<EngineRunner, 'call'> = { call: (method, ...args) => Promise.resolve(Reflect.apply(this.engine[method] as never, this.engine, args)) }
  readonly #frames = new Map<number, { latest: ViewFrame | null; count: number }>()
  #nextViewId = 1

  constructor(config: Partial<EngineConfig> = {}) {
    this.engine = new Engine({ logBudgetBytes: 64 * 1024 * 1024, forgetClearedTopics: false, expandedTopics: [], ...config }, (event) => {
      this.#hear(event)
    }, encode)
  }

  get status(): ConnectionStatus {
    return this.statuses.at(-1) ?? { phase: 'offline' }
  }

  async waitForPhase<Phase extends ConnectionStatus['phase']>(phase: Phase, timeoutMs = 10_000): Promise<PhaseOf<Phase>> {
    await waitUntil(() => this.status.phase === phase, {
      timeoutMs,
      what: () => `phase ${phase}; statuses: ${JSON.stringify(this.statuses)}`,
    })
    return this.status as PhaseOf<Phase>
  }

  /** Connects and waits until every filter has its answer. */
  async online(config: ConnectionConfig): Promise<PhaseOf<'online'>> {
    this.engine.connect(config)
    const status = await this.waitForPhase('online')
    await waitUntil(() => this.subscriptions.every(({ state }) => state.kind !== 'waiting'), {
      timeoutMs: 5_000,
      what: () => `answers to all filters: ${JSON.stringify(this.subscriptions)}`,
    })
    return status
  }

  /** Opens a view that takes every frame at once. */
  openView<Kind extends ViewKind>(spec: SpecOf<Kind>): DrivenView<Kind> {
    const viewId = this.#nextViewId
    this.#nextViewId += 1
    const state: { latest: ViewFrame | null; count: number } = { latest: null, count: 0 }
    this.#frames.set(viewId, state)
    this.engine.openView(viewId, spec)
    this.engine.acknowledgeView(viewId)
    return {
      get frame() {
        return state.latest as FrameOf<Kind> | null
      },
      get frames() {
        return state.count
      },
      waitFor: async (what, predicate) => {
        await waitUntil(() => state.latest !== null && predicate(state.latest as FrameOf<Kind>), {
          timeoutMs: 5_000,
          what: () => `${what}; last frame: ${JSON.stringify(state.latest).slice(0, 2_000)}`,
        })
        return state.latest as FrameOf<Kind>
      },
      viewId,
      update: (changed) => this.engine.updateView(viewId, changed),
      close: () => this.engine.closeView(viewId),
    }
  }

  /** A view of the whole tree, all of it expanded. */
  openTree(overrides: Partial<SpecOf<'tree'>> = {}): DrivenView<'tree'> {
    this.engine.setExpanded(null, true, true)
    return this.openView({ kind: 'tree', firstRow: 0, rowCount: 500, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null, ...overrides })
  }

  /** Publishes and waits for what becomes of it. */
  async publish(message: Partial<Publish> & { topic: string }): Promise<PublishState> {
    const { publishId, state } = this.engine.publish({
      payload: new Uint8Array(),
      qos: 0,
      retain: false,
      ...message,
    })
    if (state.kind !== 'in-flight') return state
    return waitUntil(() => this.publishes.get(publishId)?.at(-1), { timeoutMs: 5_000, what: () => 'the publish to end' })
  }

  #hear(event: EngineEvent): void {
    switch (event.kind) {
      case 'status':
        this.statuses.push(event.status)
        return
      case 'peer':
        this.peer = event.peer
        return
      case 'subscriptions':
        this.subscriptions = event.subscriptions
        return
      case 'outbox':
        this.outbox = event.counts
        return
      case 'publish':
        this.publishes.set(event.publishId, [...(this.publishes.get(event.publishId) ?? []), event.state])
        return
      case 'frame': {
        const state = this.#frames.get(event.viewId)
        if (state === undefined) return
        state.latest = unpackFrame(event.bytes)
        state.count += 1
        queueMicrotask(() => this.engine.acknowledgeView(event.viewId))
        return
      }
      case 'fields':
        void answerFields(event.request, this.#runner, this.lore, this.#thread)
    }
  }
}

/** Topics and counts of a frame's rows, for comparing. */
export function topicsOf(rows: readonly TreeRow[]): string[] {
  return rows.map(({ topic }) => topic)
}
