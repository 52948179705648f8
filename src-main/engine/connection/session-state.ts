import type { ConnectionConfig } from '../engine-api'
import { PacketIdentifiers } from './packet-identifiers'

/** What a client keeps of its MQTT session from one network connection to the next [MQTT-4.1.0-1]; publishes are the publisher's. */
export class SessionState {
  readonly identifiers = new PacketIdentifiers()
  /** Packet identifiers of QoS 2 messages that came and are not released yet: they are not taken twice [MQTT-4.3.3-10]. */
  readonly received = new Set<number>()
  #owner: string | null = null

  /**
   * To be called when a broker has accepted. Whether both sides still have the session; where not, what was kept of it
   * is void [MQTT-3.2.2-5].
   */
  begin(config: ConnectionConfig, sessionPresent: boolean): boolean {
    // Another broker knows nothing of what went to the one before, whatever session it has of this client.
    const owner = JSON.stringify([config.host, config.port, config.clientId])
    const resumed = sessionPresent && !config.cleanStart && owner === this.#owner
    this.#owner = owner
    if (!resumed) this.received.clear()
    return resumed
  }
}
