import { randomBytes } from 'node:crypto'
import type { Failure } from '@shared/connection/failure'
import type { ConnectionPlace } from './connection-machine'
import { failure } from './failure-of'
import { MqttSession, type Acknowledgement } from './mqtt-session'
import { SessionState } from './session-state'
import { OwnCertificateError } from './transport'
import type { ConnectionConfig } from '../engine-api'
import { PacketLog } from '../packet-log/packet-log'
import type { Intake } from '../wire/publish-sink'

/** The connection of a throw-away session could not be made, or was lost. */
export class SessionFailure extends Error {
  override readonly name = 'SessionFailure'

  constructor(readonly failure: Failure) {
    super(failure.detail)
  }
}

/** Who signs in, where that is not the user of the profile. */
export interface Login {
  /** Empty: anonymous. */
  readonly username: string
  readonly password: string | null
  /** Empty: a name of its own. */
  readonly clientId: string
}

/** A session that nothing remains of: a network connection with the settings of the profile, under a name of its own. */
export class ThrowawaySession {
  readonly identifiers: SessionState['identifiers']
  readonly #session: MqttSession
  #acknowledged: (acknowledgement: Acknowledgement) => void = () => undefined
  readonly #ending: Promise<never>
  readonly #online: Promise<void>

  /** Resolves once the broker has accepted. @throws {SessionFailure} or what the signal was aborted with */
  static async open(place: ConnectionPlace, intake: Intake, signal: AbortSignal, login: Login | null = null): Promise<ThrowawaySession> {
    signal.throwIfAborted()
    const session = new ThrowawaySession(place, intake, login)
    try {
      await session.unless(session.#online, signal)
      return session
    } catch (error) {
      await session.close()
      throw error
    }
  }

  private constructor({ config, version }: ConnectionPlace, intake: Intake, login: Login | null) {
    const state = new SessionState()
    this.identifiers = state.identifiers
    let fail: (failure: SessionFailure) => void = () => undefined
    let online: () => void = () => undefined
    this.#ending = new Promise((_resolve, reject) => (fail = reject))
    this.#online = new Promise((resolve) => (online = resolve))
    // It may end when nobody waits for it.
    this.#ending.catch(() => undefined)
    const events = {
      secured: () => undefined,
      online: () => online(),
      acknowledged: (acknowledgement: Acknowledgement) => this.#acknowledged(acknowledgement),
      ended: (reason: Failure) => fail(new SessionFailure(reason)),
    }
    try {
      this.#session = new MqttSession(login === null ? throwawayConfig(config) : withLogin(throwawayConfig(config), login), version, events, state, new PacketLog(), intake)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new SessionFailure(failure(error instanceof OwnCertificateError ? 'tls-own-files' : 'host-not-found', detail))
    }
  }

  get mqtt(): MqttSession {
    return this.#session
  }

  onAcknowledged(listener: (acknowledgement: Acknowledgement) => void): void {
    this.#acknowledged = listener
  }

  /** What `work` resolves with. @throws {SessionFailure} when the connection ends before; what the signal was aborted with */
  async unless<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted()
    let stop: () => void = () => undefined
    const aborted = new Promise<never>((_resolve, reject) => {
      stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
      signal.addEventListener('abort', stop)
    })
    try {
      return await Promise.race([work, this.#ending, aborted])
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  close(): Promise<void> {
    return this.#session.close()
  }
}

/** At most 23 letters and digits, which every broker takes [MQTT-3.1.3-5]. */
function throwawayConfig(config: ConnectionConfig): ConnectionConfig {
  return {
    ...config,
    clientId: `pubscope${randomBytes(7).toString('hex')}`,
    cleanStart: true,
    will: null,
    connectOptions: { ...config.connectOptions, sessionExpirySeconds: 0, receiveMaximum: null, topicAliasMaximum: 0, sendTopicAliases: false },
  }
}

/** An authentication beyond user name and password is that of the profile, not of whoever else signs in. */
function withLogin(config: ConnectionConfig, { username, password, clientId }: Login): ConnectionConfig {
  return {
    ...config,
    username,
    password,
    clientId: clientId === '' ? config.clientId : clientId,
    authenticationData: null,
    connectOptions: { ...config.connectOptions, authenticationMethod: '' },
  }
}
