import { randomUUID } from 'node:crypto'
import { askedOf, type Asked } from '@shared/connection/asked'
import type { Failure } from '@shared/connection/failure'
import type { TlsPeer } from '@shared/connection/tls-peer'
import type { Connection } from '@shared/connection/connection'
import type { RunUnderWay } from '@shared/collections/run'
import { AppError } from '@shared/ipc/app-error'
import { NOTHING_KEPT } from '@shared/message/outbox'
import type { PublishState } from '@shared/message/publish'
import { brokerAddress } from '@shared/profile/broker-address'
import { usesTls, type ProfileDraft } from '@shared/profile/profile'
import type { ViewSpec } from '@shared/views/view-spec'
import type { ConnectionConfig, EngineApi, EngineConfig, EngineEvent, FieldsRequest, Keeping, ReadingRule, TlsConfig } from '../engine/engine-api'
import { plannedRoutes, routeName, type ConnectionPlan } from './connection-plan'

/** What runs an engine: a worker thread, or a stand-in in a test. */
export interface EngineRunner {
  call<Method extends keyof EngineApi>(
    method: Method,
    ...args: Parameters<EngineApi[Method]>
  ): Promise<Awaited<ReturnType<EngineApi[Method]>>>
  stop(): Promise<void>
}

export interface EngineListener {
  event(event: EngineEvent): void
  crashed(detail: string): void
}

export type StartEngine = (config: EngineConfig, listener: EngineListener, connectionId: string) => EngineRunner

export interface ConnectionListener {
  /** Something the page shows of the connection changed. */
  changed(): void
  frame(viewId: number, bytes: Uint8Array<ArrayBuffer>): void
  publish(publishId: number, state: PublishState): void
  /** The engine wants fields read out of payloads; `takeFields` is the answer, for that engine alone: another has other requests. */
  fields(request: FieldsRequest, engine: EngineRunner): void
  /** An engine has died, and all that it had under way with it. */
  crashed(): void
}

/** How long what is to be closed waits for an engine to name its runs. */
const ANSWER_TIMEOUT_MS = 1_000

/** The part of a {@link Connection} that the engine decides. */
type Shown = Pick<Connection, 'status' | 'subscriptions' | 'outbox' | 'paused'>

/** What the profile wants checked of the server's certificate. */
type TlsChecks = Omit<NonNullable<Connection['tlsChecks']>, 'verifiedBy'>

/**
 * One tab: what is known of its connection, and the engine that runs it. The engine is started when first needed,
 * so tabs that came back from the last session cost nothing; after a crash the next use starts a new one.
 */
export class OpenConnection {
  readonly id = randomUUID()
  #plan: ConnectionPlan
  #engine: EngineRunner | null = null
  #stopped = false
  #shown: Shown
  /** What is checked on the connection there is, whatever the profile says meanwhile. */
  #tlsChecks: TlsChecks | null = null
  /** What the connection there is asked for, likewise. */
  #asked: Asked
  #peer: TlsPeer | null = null
  #readTls: (() => TlsConfig | null) | null = null
  /** How the connection there is goes, likewise. */
  #routes: Connection['routes'] = null
  readonly #views = new Map<number, ViewSpec>()

  constructor(
    plan: ConnectionPlan,
    private config: EngineConfig,
    private readonly startEngine: StartEngine,
    private readonly listener: ConnectionListener,
  ) {
    this.#plan = plan
    this.#asked = askedOf(plan.draft)
    this.#shown = { ...IDLE, subscriptions: waiting(plan) }
  }

  get source(): ConnectionPlan['source'] {
    return this.#plan.source
  }

  get plan(): ConnectionPlan {
    return this.#plan
  }

  /** The server at the other end of the TLS connection there is; null without. */
  get peer(): TlsPeer | null {
    return this.#shown.status.phase === 'online' ? this.#peer : null
  }

  describe(): Connection {
    const { source, draft } = this.#plan
    const { name, username, clientId } = draft
    const isEngaged = !['offline', 'failed'].includes(this.#shown.status.phase)
    const checks = isEngaged ? this.#tlsChecks : tlsChecksOf(draft)
    const tlsChecks = checks && { ...checks, verifiedBy: this.peer?.verifiedBy ?? null }
    const asked = isEngaged ? this.#asked : askedOf(draft)
    const routes = isEngaged ? this.#routes : plannedRoutes(draft)
    return { id: this.id, name, source, address: brokerAddress(draft), routes, tlsChecks, username, clientId, asked, ...this.#shown }
  }

  /** Takes over changed values of the profile; they count from the next connect on. */
  replan(plan: ConnectionPlan): void {
    this.#plan = plan
    if (this.#engine === null) this.#shown = { ...this.#shown, subscriptions: waiting(plan) }
    this.listener.changed()
  }

  /** Connects; `readTls` reads anew, before each attempt to reconnect, what may change on disk. */
  async connect(config: ConnectionConfig, readTls: (() => TlsConfig | null) | null = null): Promise<void> {
    const { tls, routes } = config
    const { phase } = this.#shown.status
    // An engine that is connecting or online stays with what it has.
    const isNew = phase !== 'connecting' && phase !== 'online'
    if (isNew) {
      this.#peer = null
      this.#readTls = readTls
      this.#tlsChecks = tls && { certificate: tls.verifyCertificate, hostName: tls.verifyHostName }
      this.#asked = askedOf(config)
      this.#routes = routes.map(routeName)
    }
    await this.#running().call('connect', config)
  }

  async disconnect(): Promise<void> {
    await this.#engine?.call('disconnect')
  }

  /** How the engine keeps what it receives from now on; one that starts later learns it with its first start. */
  configure(keeping: Keeping): void {
    this.config = { ...this.config, ...keeping }
    void this.#engine?.call('configure', keeping).catch(() => undefined)
  }

  /** By which rules the engine has payloads read from now on. */
  setReadingRules(rules: readonly ReadingRule[]): void {
    void this.#engine?.call('setReadingRules', rules).catch(() => undefined)
  }

  /** The engine there is now, for what must not go on with another one. */
  get engine(): EngineRunner {
    return this.#running()
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.#running().call('setPaused', paused)
    this.#show({ paused })
  }

  /** Calls the engine with anything else. */
  async call<Method extends keyof EngineApi>(
    method: Method,
    ...args: Parameters<EngineApi[Method]>
  ): Promise<Awaited<ReturnType<EngineApi[Method]>>> {
    return this.#running().call(method, ...args)
  }

  async openView(viewId: number, spec: ViewSpec): Promise<void> {
    // The engine first: one that starts now opens the views there were before.
    const engine = this.#running()
    this.#views.set(viewId, spec)
    try {
      await engine.call('openView', viewId, spec)
    } catch (error) {
      this.#views.delete(viewId)
      throw error
    }
  }

  async updateView(viewId: number, spec: ViewSpec): Promise<void> {
    this.#views.set(viewId, spec)
    await this.#running().call('updateView', viewId, spec)
  }

  async closeView(viewId: number): Promise<void> {
    this.#views.delete(viewId)
    await this.#engine?.call('closeView', viewId)
  }

  /** Runs under way; none where the engine does not say in time, for it must not keep its tab open. */
  async runsUnderWay(): Promise<RunUnderWay[]> {
    if (this.#engine === null) return []
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<RunUnderWay[]>((resolve) => (timer = setTimeout(resolve, ANSWER_TIMEOUT_MS, [])))
    try {
      return await Promise.race([this.#engine.call('runsUnderWay').catch(() => []), silence])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the engine, for good: what is still on its way starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true
    const engine = this.#engine
    this.#engine = null
    await engine?.stop()
  }

  #running(): EngineRunner {
    if (this.#engine !== null) return this.#engine
    if (this.#stopped) throw new AppError('connection-not-found', 'The connection is closed')
    const engine: EngineRunner = this.startEngine(this.config, {
      event: (event) => this.#hear(event, engine),
      crashed: (detail) => this.#crashed(detail),
    }, this.id)
    this.#engine = engine
    // The page still looks at the views of an engine that crashed: the new one takes them over.
    for (const [viewId, spec] of this.#views) {
      void engine
        .call('openView', viewId, spec)
        .then(() => engine.call('acknowledgeView', viewId))
        .catch(() => undefined)
    }
    return engine
  }

  #hear(event: EngineEvent, engine: EngineRunner): void {
    switch (event.kind) {
      case 'status':
        if (event.status.phase === 'reconnecting') this.#renewTls()
        this.#show({ status: event.status })
        return
      case 'peer':
        this.#peer = event.peer
        return
      case 'subscriptions':
        this.#show({ subscriptions: event.subscriptions })
        return
      case 'outbox':
        this.#show({ outbox: event.counts })
        return
      case 'frame':
        this.listener.frame(event.viewId, event.bytes)
        return
      case 'fields':
        this.listener.fields(event.request, engine)
        return
      case 'publish':
        this.listener.publish(event.publishId, event.state)
    }
  }

  #renewTls(): void {
    try {
      const tls = this.#readTls?.() ?? null
      if (tls !== null) void this.call('renewTls', tls).catch(() => undefined)
    } catch (error) {
      // In the middle of being replaced, say: what was read before goes on until the next attempt.
      if (!(error instanceof AppError)) throw error
    }
  }

  #crashed(detail: string): void {
    this.#engine = null
    const failure: Failure = {
      code: 'engine-crashed',
      reasonCode: null,
      brokerReason: null,
      serverReference: null,
      certificates: [],
      detail,
      atMs: Date.now(),
      permanent: true,
    }
    const { draft } = this.#plan
    const broker = { address: brokerAddress(draft), index: 0, count: 1 + draft.alternates.length }
    this.#shown = {
      ...IDLE,
      subscriptions: waiting(this.#plan),
      status: { phase: 'failed', failure, broker, failures: [{ broker, failure }], attempts: 0 },
    }
    this.listener.crashed()
    this.listener.changed()
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change }
    this.listener.changed()
  }
}

const IDLE = { status: { phase: 'offline' }, outbox: NOTHING_KEPT, paused: false } as const

function tlsChecksOf({ protocol, tls }: ProfileDraft): TlsChecks | null {
  return usesTls(protocol) ? { certificate: tls.verifyCertificate, hostName: tls.verifyHostName } : null
}

function waiting({ draft }: ConnectionPlan): Connection['subscriptions'] {
  return draft.subscriptions.map((subscription) => ({ ...subscription, state: { kind: 'waiting' } }))
}
