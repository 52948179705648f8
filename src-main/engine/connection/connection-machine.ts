import type { ConnectionStatus } from '@shared/connection/connection'
import type { TopicFault } from '@shared/mqtt/topic'
import type { Failure } from '@shared/connection/failure'
import type { TlsPeer } from '@shared/connection/tls-peer'
import type { ConnectionConfig, TlsConfig } from '../engine-api'
import type { IncomingMessage } from '../history/message-log'
import type { PacketLog } from '../packet-log/packet-log'
import { reconnectDelayMs } from './backoff'
import { failure } from './failure-of'
import { ownFilesFailureOf } from './tls-failure'
import { OwnCertificateError } from './transport'
import type { ProtocolVersion } from './client-options'
import { MqttSession } from './mqtt-session'
import type { Grants } from '@shared/connection/grants'

/** A connection that lasted this long was a good one: the count of attempts starts anew. */
const STABLE_AFTER_MS = 5_000

export interface ConnectionEvents {
  status(status: ConnectionStatus): void
  /** The server of a TLS connection is verified. */
  secured(peer: TlsPeer): void
  online(session: MqttSession): void
  /** The session is gone, whatever the reason. */
  gone(): void
  message(message: IncomingMessage): void
  refused(fault: TopicFault): void
}

/**
 * The life of a connection:
 *
 *     offline ──connect──▶ connecting ──CONNACK──▶ online
 *        ▲                   │    ▲                  │ lost
 *        │ disconnect        │    │ time is up       ▼
 *        └── from any ◀──    └──────────────▶ reconnecting
 *                            └── permanent, or too many attempts ──▶ failed ◀── permanent ── online
 *
 * Each attempt has a generation; what an older one still says is ignored.
 */
export class ConnectionMachine {
  #status: ConnectionStatus = { phase: 'offline' }
  #generation = 0
  #attempt = 0
  #session: MqttSession | null = null
  #timer: NodeJS.Timeout | null = null
  #version: ProtocolVersion = '5.0'
  #fellBack = false
  #renewedTls: TlsConfig | null = null

  constructor(
    private readonly events: ConnectionEvents,
    private readonly log: PacketLog,
  ) {}

  /** Whether it is connecting or online. */
  get active(): boolean {
    return this.#status.phase === 'connecting' || this.#status.phase === 'online'
  }

  /** Starts to connect, at once also while waiting to reconnect. Does nothing when connecting or online. */
  connect(config: ConnectionConfig): void {
    if (this.active) return
    this.#attempt = 0
    this.#renewedTls = null
    this.#version = config.mqttVersion === 'automatic' ? '5.0' : config.mqttVersion
    this.#fellBack = false
    this.#open(config, null)
  }

  /** What attempts from now on speak TLS with, until the next `connect`. */
  renewTls(tls: TlsConfig): void {
    this.#renewedTls = tls
  }

  /** Goes offline and stays there. Resolves when the network connection is closed. */
  disconnect(): Promise<void> {
    const closed = this.#leave()
    this.#enter({ phase: 'offline' })
    return closed
  }

  #open(given: ConnectionConfig, lastFailure: Failure | null): void {
    const config = this.#renewedTls === null ? given : { ...given, tls: this.#renewedTls }
    void this.#leave()
    this.#attempt += 1
    const generation = this.#generation
    const mine = <Args extends unknown[]>(handle: (...args: Args) => void) => {
      return (...args: Args): void => {
        if (generation === this.#generation) handle(...args)
      }
    }
    this.#enter({ phase: 'connecting', attempt: this.#attempt, lastFailure })
    try {
      const session: MqttSession = new MqttSession(config, this.#version, {
        online: mine((sessionPresent: boolean, grants: Grants | null) => this.#online(session, sessionPresent, grants)),
        secured: mine(this.events.secured),
        message: mine(this.events.message),
        refused: mine(this.events.refused),
        ended: mine((failure: Failure, unsupportedVersion: boolean) => {
          this.#ended(config, failure, unsupportedVersion)
        }),
      }, this.log)
      this.#session = session
    } catch (error) {
      // An address that is none at all, or certificate files that cannot be used: no network connection was even
      // tried, and none will ever be.
      const detail = error instanceof Error ? error.message : String(error)
      const code = error instanceof OwnCertificateError ? ownFilesFailureOf(detail) : 'host-not-found'
      this.#ended(config, { ...failure(code, detail), permanent: true }, false)
    }
  }

  #online(session: MqttSession, sessionPresent: boolean, grants: Grants | null): void {
    this.#timer = setTimeout(() => (this.#attempt = 0), STABLE_AFTER_MS)
    this.#enter({
      phase: 'online',
      sinceMs: Date.now(),
      mqttVersion: this.#version,
      fellBack: this.#fellBack,
      sessionPresent,
      grants,
    })
    this.events.online(session)
  }

  #ended(config: ConnectionConfig, failure: Failure, unsupportedVersion: boolean): void {
    void this.#leave()
    if (unsupportedVersion && config.mqttVersion === 'automatic') {
      this.#version = '3.1.1'
      this.#fellBack = true
      this.#attempt -= 1
      this.#open(config, null)
      return
    }
    const attempts = this.#attempt
    if (failure.permanent || (config.maxConnectAttempts !== null && attempts >= config.maxConnectAttempts)) {
      this.#enter({ phase: 'failed', failure, attempts })
      return
    }
    const delayMs = reconnectDelayMs(Math.max(1, attempts))
    this.#enter({ phase: 'reconnecting', attempt: attempts + 1, nextAttemptAtMs: Date.now() + delayMs, failure })
    this.#timer = setTimeout(() => this.#open(config, failure), delayMs)
  }

  /** Ends what the present state holds: its timer and its session. */
  #leave(): Promise<void> {
    this.#generation += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const session = this.#session
    this.#session = null
    if (session === null) return Promise.resolve()
    const closed = session.close()
    this.events.gone()
    return closed
  }

  #enter(status: ConnectionStatus): void {
    this.#status = status
    this.log.statusChanged(status)
    this.events.status(status)
  }
}
