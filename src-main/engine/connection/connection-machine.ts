import { needsClientId } from '@shared/profile/version-rules'
import type { ConnectionStatus } from '@shared/connection/connection'
import type { Failure } from '@shared/connection/failure'
import type { TlsPeer } from '@shared/connection/tls-peer'
import type { ConnectionConfig, TlsConfig } from '../engine-api'
import type { Intake } from '../wire/publish-sink'
import type { PacketLog } from '../packet-log/packet-log'
import { SESSION_TAKEN_OVER } from '@shared/mqtt/reason-code'
import { nextLookDelayMs, reconnectDelayMs } from './backoff'
import { BrokerRound } from './broker-round'
import { BrokerWatch } from './broker-watch'
import { failure } from './failure-of'
import { ownFilesFailureOf } from './tls-failure'
import { OwnCertificateError } from './transport'
import type { ProtocolVersion } from './client-options'
import { MqttSession, type Acknowledgement, type SessionEvents } from './mqtt-session'
import type { SessionState } from './session-state'
import type { Grants } from '@shared/connection/grants'

/** A connection that lasted this long was a good one: the count of attempts starts anew. */
const STABLE_AFTER_MS = 5_000

/** A broker, and how it is spoken to. */
export interface ConnectionPlace {
  readonly config: ConnectionConfig
  readonly version: ProtocolVersion
}

export interface ConnectionEvents {
  status(status: ConnectionStatus): void
  /** The server of a TLS connection is verified. */
  secured(peer: TlsPeer): void
  /** `resumed`: the session of before goes on, with what was in flight. */
  online(session: MqttSession, resumed: boolean): void
  /** The session is gone, whatever the reason. */
  gone(): void
  /** The broker answered a publish. */
  acknowledged(acknowledgement: Acknowledgement): void
  /** Resolves when what was published is answered, or will not be soon: a good time to leave. */
  settled(): Promise<void>
}

/**
 * The life of a connection:
 *
 *     offline ──connect──▶ connecting ──CONNACK──▶ online
 *        ▲                  │ ▲    ▲                 │ lost
 *        │ disconnect       │ └────│ next broker     ▼
 *        └── from any ◀──   │      └─ time is up ─ reconnecting ◀── round without success
 *                           └── permanent at every broker, or too many rounds ──▶ failed
 *
 * The brokers of the profile are tried in rounds (see {@link BrokerRound}), with back-off between rounds only. After a
 * connection that lasted the next round begins at the preferred broker again, as is failover's usual rule. One that came
 * and went counts as a failed try, so that the others get their turn; so does one that the broker ended for a permanent
 * reason ("Server moved"), at once. A session that another client took over is no broker's failure: wherever we went
 * next, the two would throw each other out.
 *
 * Each attempt has a generation; what an older one still says is ignored.
 */
export class ConnectionMachine {
  #status: ConnectionStatus = { phase: 'offline' }
  #generation = 0
  #brokers: BrokerRound | null = null
  /** Rounds in a row; 0 once a connection lasted. */
  #attempt = 0
  /** How often in a row we went back to the preferred broker by ourselves and could not stay. */
  #vainReturns = 0
  #session: MqttSession | null = null
  #timer: NodeJS.Timeout | null = null
  #watch: BrokerWatch | null = null

  constructor(
    private readonly events: ConnectionEvents,
    private readonly state: SessionState,
    private readonly log: PacketLog,
    private readonly intake: Intake,
  ) {}

  /** Whether it is connecting or online. */
  get active(): boolean {
    return this.#status.phase === 'connecting' || this.#status.phase === 'online'
  }

  /** Where it is online; null when it is not. */
  get place(): ConnectionPlace | null {
    return this.#status.phase === 'online' && this.#brokers !== null ? this.#brokers.current : null
  }

  /** Starts to connect, at once also while waiting to reconnect. Does nothing when connecting or online. */
  connect(config: ConnectionConfig): void {
    if (this.active) return
    this.#attempt = 0
    this.#vainReturns = 0
    this.#brokers = new BrokerRound(config)
    this.#startRound(this.#brokers)
  }

  /** What attempts from now on speak TLS with, until the next `connect`. */
  renewTls(tls: TlsConfig): void {
    this.#brokers?.renewTls(tls)
  }

  /** Goes offline and stays there. Resolves when the network connection is closed. */
  disconnect(): Promise<void> {
    const closed = this.#leave()
    this.#enter({ phase: 'offline' })
    return closed
  }

  /** Leaves the alternate broker it is online at and tries the preferred one, then the others; else does nothing. */
  returnToPreferred(): void {
    if (this.#status.phase !== 'online' || this.#status.alternate === null || this.#brokers === null) return
    this.#vainReturns = 0
    this.#return(this.#brokers)
  }

  #return(brokers: BrokerRound): void {
    this.#attempt = 0
    brokers.forgivePreferred()
    this.#startRound(brokers)
  }

  #startRound(brokers: BrokerRound): void {
    this.#attempt += 1
    brokers.start()
    this.#open(brokers)
  }

  #open(brokers: BrokerRound): void {
    void this.#leave()
    const generation = this.#generation
    const mine = <Args extends unknown[]>(handle: (...args: Args) => void) => {
      return (...args: Args): void => {
        if (generation === this.#generation) handle(...args)
      }
    }
    const { broker, config, version } = brokers.current
    this.#enter({ phase: 'connecting', attempt: this.#attempt, broker, lastFailure: brokers.lastFailure })
    if (needsClientId(config, version)) {
      this.#ended(brokers, failure('client-id-needed', `MQTT ${version}`), false)
      return
    }
    try {
      const events: SessionEvents = {
        secured: mine(this.events.secured),
        online: mine((sessionPresent: boolean, resumed: boolean, grants: Grants | null) => {
          this.#online(brokers, session, sessionPresent, resumed, grants)
        }),
        acknowledged: mine(this.events.acknowledged),
        ended: mine((failure: Failure, unsupportedVersion: boolean) => {
          this.#ended(brokers, failure, unsupportedVersion)
        }),
      }
      const session: MqttSession = new MqttSession(config, version, events, this.state, this.log, this.intake)
      this.#session = session
    } catch (error) {
      // An address that is none at all, or certificate files that cannot be used: no network connection was even
      // tried, and none will ever be.
      const detail = error instanceof Error ? error.message : String(error)
      const code = error instanceof OwnCertificateError ? ownFilesFailureOf(detail) : 'host-not-found'
      this.#ended(brokers, { ...failure(code, detail), permanent: true }, false)
    }
  }

  #online(brokers: BrokerRound, session: MqttSession, sessionPresent: boolean, resumed: boolean, grants: Grants | null): void {
    const { broker, config, version, fellBack } = brokers.current
    const isAlternate = broker.index > 0
    if (grants?.clientIdAssigned === true) brokers.takeName(grants.clientId)
    const returnsByItself = isAlternate && config.returnToPreferred && brokers.preferredIsOpen
    this.#timer = setTimeout(() => {
      this.#attempt = 0
      if (!isAlternate) this.#vainReturns = 0
      brokers.prove()
    }, STABLE_AFTER_MS)
    this.#enter({
      phase: 'online',
      broker,
      alternate: isAlternate ? { failures: brokers.failures, returnsByItself } : null,
      sinceMs: Date.now(),
      mqttVersion: version,
      fellBack,
      sessionPresent,
      grants,
    })
    if (returnsByItself) this.#watchPreferred(brokers)
    this.events.online(session, resumed)
  }

  #watchPreferred(brokers: BrokerRound): void {
    const delayMs = (): number => nextLookDelayMs(this.#vainReturns)
    const generation = this.#generation
    this.#watch = new BrokerWatch(brokers.preferred.config, delayMs, () => {
      void this.events.settled().then(() => {
        if (generation !== this.#generation) return
        this.#vainReturns += 1
        this.#return(brokers)
      })
    })
  }

  #ended(brokers: BrokerRound, failure: Failure, unsupportedVersion: boolean): void {
    void this.#leave()
    if (unsupportedVersion && brokers.fallBack()) {
      this.#open(brokers)
      return
    }
    const lasted = this.#attempt === 0
    const { broker } = brokers.current
    const takenOver = failure.code === 'server-disconnect' && failure.reasonCode === SESSION_TAKEN_OVER
    const hasNext = brokers.fail(failure)
    if (hasNext && !takenOver && (!lasted || failure.permanent)) {
      this.#attempt = Math.max(1, this.#attempt)
      this.#open(brokers)
      return
    }
    const attempts = this.#attempt
    const { maxConnectAttempts } = brokers.current.config
    const round = { failure, broker, failures: brokers.failures }
    if (takenOver || brokers.isHopeless || (maxConnectAttempts !== null && attempts >= maxConnectAttempts)) {
      this.#enter({ phase: 'failed', ...round, attempts })
      return
    }
    const delayMs = reconnectDelayMs(Math.max(1, attempts))
    this.#enter({ phase: 'reconnecting', attempt: attempts + 1, nextAttemptAtMs: Date.now() + delayMs, ...round })
    this.#timer = setTimeout(() => this.#startRound(brokers), delayMs)
  }

  /** Ends what the present state holds: its timer, its watch and its session. */
  #leave(): Promise<void> {
    this.#generation += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#watch?.stop()
    this.#watch = null
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
