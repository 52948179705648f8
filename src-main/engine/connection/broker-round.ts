import type { Broker, BrokerFailure } from '@shared/connection/broker'
import type { Failure } from '@shared/connection/failure'
import { USE_ANOTHER_SERVER } from '@shared/mqtt/reason-code'
import { brokerAddress } from '@shared/profile/broker-address'
import type { BrokerPlace, ConnectionConfig, TlsConfig } from '../engine-api'
import type { ProtocolVersion } from './client-options'

/** A broker of the profile, with what was learned of it. */
export interface Candidate {
  readonly broker: Broker
  /** The parameters of the profile, with this broker's host and port, and the client identifier it made up, if it did. */
  config: ConnectionConfig
  version: ProtocolVersion
  /** Whether it refused 5.0 where that was asked for first. */
  fellBack: boolean
  /** What it said last, unless it has proved good since. */
  failure: Failure | null
  /** Whether this round has been with it. */
  tried: boolean
}

/**
 * The brokers of a profile, which are tried in rounds: each in its order, without waiting between them.
 *
 * A failure is the broker's own, so a permanent one (a wrong password, a certificate that is not trusted) does not keep
 * the others from being tried. But it is not asked for again and again either, which could lock an account: such a broker
 * is left out of later rounds until the user connects anew. "Use another server" alone is a word for now, not for ever
 * (MQTT 5.0, section 4.11). When all have failed permanently there is nothing left to wait for.
 */
export class BrokerRound {
  readonly #preferred: Candidate
  readonly #candidates: readonly Candidate[]
  #current: Candidate
  #lastFailure: BrokerFailure | null = null

  constructor(config: ConnectionConfig) {
    const count = 1 + config.alternates.length
    const candidate = ({ host, port, routes }: BrokerPlace, index: number): Candidate => {
      const own = { ...config, host, port, routes }
      return {
        broker: { address: brokerAddress(own), index, count },
        config: own,
        version: config.mqttVersion === 'automatic' ? '5.0' : config.mqttVersion,
        fellBack: false,
        failure: null,
        tried: false,
      }
    }
    this.#preferred = candidate(config, 0)
    this.#candidates = [this.#preferred, ...config.alternates.map((place, index) => candidate(place, index + 1))]
    this.#current = this.#preferred
  }

  /** The one to connect to, or connected to. */
  get current(): Readonly<Candidate> {
    return this.#current
  }

  get preferred(): Readonly<Candidate> {
    return this.#preferred
  }

  /** Whether the preferred broker may take us, as far as is known. */
  get preferredIsOpen(): boolean {
    return !isOut(this.#preferred)
  }

  /** What was heard last of any broker; null when the last one went well. */
  get lastFailure(): BrokerFailure | null {
    return this.#lastFailure
  }

  /** What each broker that cannot be used said last, in their order. */
  get failures(): BrokerFailure[] {
    return this.#candidates.flatMap(({ broker, failure }) => (failure === null ? [] : [{ broker, failure }]))
  }

  /** Whether another round, unchanged, is pointless. */
  get isHopeless(): boolean {
    return this.#candidates.every(({ failure }) => failure?.permanent === true)
  }

  /** Begins a round: from the preferred broker on, wherever the last one ended. */
  start(): void {
    for (const candidate of this.#candidates) candidate.tried = false
    this.#current = this.#candidates.find((candidate) => !isOut(candidate)) ?? this.#preferred
  }

  /** Notes why the current broker cannot be used and turns to the next of this round; false when there is none. */
  fail(failure: Failure): boolean {
    this.#current.failure = failure
    this.#current.tried = true
    this.#lastFailure = { broker: this.#current.broker, failure }
    const next = this.#candidates.find((candidate) => !candidate.tried && !isOut(candidate))
    if (next === undefined) return false
    this.#current = next
    return true
  }

  /** Asks the current broker for 3.1.1 from now on; false when that is not to be, or was done before. */
  fallBack(): boolean {
    const { config, fellBack } = this.#current
    if (config.mqttVersion !== 'automatic' || fellBack) return false
    this.#current.version = '3.1.1'
    this.#current.fellBack = true
    this.#lastFailure = null
    return true
  }

  /** Keeps the client identifier that the current broker made up: only under it a session is found again there. */
  takeName(clientId: string): void {
    this.#current.config = { ...this.#current.config, clientId }
  }

  /** The current broker proved good: what was held against it and against those that may have recovered is over. */
  prove(): void {
    this.#current.failure = null
    for (const candidate of this.#candidates) if (!isOut(candidate)) candidate.failure = null
    this.#lastFailure = null
  }

  /** What attempts from now on speak TLS with. */
  renewTls(tls: TlsConfig): void {
    for (const candidate of this.#candidates) candidate.config = { ...candidate.config, tls }
  }

  /** Lets the preferred broker be tried again, whatever it said before. */
  forgivePreferred(): void {
    this.#preferred.failure = null
    this.#lastFailure = null
  }
}

/** Whether asking this broker again, unchanged, is pointless. */
function isOut({ failure }: Candidate): boolean {
  return failure !== null && failure.permanent && failure.reasonCode !== USE_ANOTHER_SERVER
}
