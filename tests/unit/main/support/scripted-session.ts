import type { SessionEvents } from '../../../../src-main/engine/connection/mqtt-session'
import type { ConnectionConfig } from '../../../../src-main/engine/engine-api'

interface Attempt {
  readonly version: string
  readonly config: ConnectionConfig
  readonly events: SessionEvents
  closed: number
}

/** Every session that was tried, oldest first. */
export const attempts: Attempt[] = []
/** Hosts that no address can be made of. */
export const refusedHosts = new Set<string>()

/** Stands in for MqttSession: it does what the test says. */
export class ScriptedSession {
  readonly #attempt: Attempt

  constructor(config: ConnectionConfig, version: string, events: SessionEvents) {
    if (refusedHosts.has(config.host)) throw new TypeError('Invalid URL')
    this.#attempt = { version, config, events, closed: 0 }
    attempts.push(this.#attempt)
  }

  close(): Promise<void> {
    this.#attempt.closed += 1
    return Promise.resolve()
  }
}
