import type { IConnackPacket } from 'mqtt'
import type { Publish } from '@shared/message/publish'

/** What a broker takes of one client, as its CONNACK says [3.2.2.3]; 3.1.1 has no such limits. */
export interface PublishLimits {
  /** Most publishes of QoS 1 and 2 that may be unacknowledged at a time [MQTT-3.3.4-9]. */
  readonly receiveMaximum: number
  readonly maximumPacketBytes: number
  readonly maximumQoS: number
  readonly retainAvailable: boolean
}

export const NO_LIMITS: PublishLimits = {
  receiveMaximum: 65_535,
  maximumPacketBytes: Number.POSITIVE_INFINITY,
  maximumQoS: 2,
  retainAvailable: true,
}

export function publishLimitsOf({ properties = {} }: IConnackPacket): PublishLimits {
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
