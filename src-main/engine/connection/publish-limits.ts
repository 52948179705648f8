import type { IConnackPacket } from 'mqtt'
import type { Publish } from '@shared/message/publish'
import type { ProtocolVersion } from './mqtt-session'

/** What a broker takes of one client, as its CONNACK says [3.2.2.3]. */
export interface PublishLimits {
  /** Most publishes of QoS 1 and 2 that may be unacknowledged at a time [MQTT-3.3.4-9]. */
  readonly receiveMaximum: number
  readonly maximumPacketBytes: number
  readonly maximumQoS: number
  readonly retainAvailable: boolean
}

/** Limits of a CONNACK of 5.0 that names none. */
export const NO_LIMITS: PublishLimits = {
  receiveMaximum: 65_535,
  maximumPacketBytes: Number.POSITIVE_INFINITY,
  maximumQoS: 2,
  retainAvailable: true,
}

/**
 * A broker of 3.1.1 cannot say how many it takes; some acknowledge more than they keep (Mosquitto 2.0.11 loses messages of QoS 2
 * beyond its `max_inflight_messages`, by default 20), so there are never more than this.
 */
const RECEIVE_MAXIMUM_OF_311 = 10

export function publishLimitsOf({ properties = {} }: IConnackPacket, version: ProtocolVersion): PublishLimits {
  if (version === '3.1.1') return { ...NO_LIMITS, receiveMaximum: RECEIVE_MAXIMUM_OF_311 }
  return {
    receiveMaximum: properties.receiveMaximum ?? NO_LIMITS.receiveMaximum,
    maximumPacketBytes: properties.maximumPacketSize ?? NO_LIMITS.maximumPacketBytes,
    maximumQoS: properties.maximumQoS ?? NO_LIMITS.maximumQoS,
    retainAvailable: properties.retainAvailable ?? NO_LIMITS.retainAvailable,
  }
}

/**
 * The reason code a broker would end the connection with, where a publish must not even be sent:
 * [MQTT-3.2.2-11], [MQTT-3.2.2-14], [MQTT-3.2.2-15]; null where it may.
 */
export function forbiddenBy(limits: PublishLimits, { qos, retain }: Publish, packetBytes: number): number | null {
  if (qos > limits.maximumQoS) return 0x9b
  if (retain && !limits.retainAvailable) return 0x9a
  return packetBytes > limits.maximumPacketBytes ? 0x95 : null
}
