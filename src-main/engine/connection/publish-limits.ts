import type { Grants } from '@shared/connection/grants'
import type { Publish } from '@shared/message/publish'

/**
 * A broker of 3.1.1 cannot say how many it takes; some acknowledge more than they keep (Mosquitto 2.0.11 loses messages of QoS 2
 * beyond its `max_inflight_messages`, by default 20), so there are never more than this.
 */
const RECEIVE_MAXIMUM_OF_311 = 10

/** Most publishes of QoS 1 and 2 that may be unacknowledged at a time [MQTT-3.3.4-9]; `grants` are null before 5.0. */
export function receiveMaximumOf(grants: Grants | null): number {
  return grants?.receiveMaximum ?? RECEIVE_MAXIMUM_OF_311
}

/**
 * The reason code a broker would end the connection with, where a publish must not even be sent:
 * [MQTT-3.2.2-11], [MQTT-3.2.2-14], [MQTT-3.2.2-15]; null where it may.
 */
export function forbiddenBy(grants: Grants | null, { qos, retain }: Publish, packetBytes: number): number | null {
  if (grants === null) return null
  if (qos > grants.maximumQos) return 0x9b
  if (retain && !grants.retainAvailable) return 0x9a
  return grants.maximumPacketBytes !== null && packetBytes > grants.maximumPacketBytes ? 0x95 : null
}
