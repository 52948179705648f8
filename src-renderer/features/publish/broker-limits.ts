import type { ConnectionStatus } from '@shared/connection/connection'
import type { QoS } from '@shared/mqtt/qos'
import { publishPacketBytes } from '@shared/mqtt/publish-bytes'

/** A limit in a broker's CONNACK that a message is beyond. */
export type ExceededLimit =
  | { readonly kind: 'qos'; readonly most: QoS } // [MQTT-3.2.2-11]
  | { readonly kind: 'retain' } // [MQTT-3.2.2-14]
  | { readonly kind: 'size'; readonly most: number; readonly bytes: number } // [MQTT-3.2.2-15]

/** The limits of the broker that a message is beyond: it would end the connection if it were sent. None without MQTT 5.0. */
export function exceededLimits(
  status: ConnectionStatus,
  { topic, qos, retain, payloadBytes }: { topic: string; qos: QoS; retain: boolean; payloadBytes: number },
): ExceededLimit[] {
  if (status.phase !== 'online' || status.grants === null) return []
  const { maximumQos, retainAvailable, maximumPacketBytes } = status.grants
  const bytes = publishPacketBytes(topic, payloadBytes, qos, true)
  return [
    ...(qos > maximumQos ? [{ kind: 'qos' as const, most: maximumQos }] : []),
    ...(retain && !retainAvailable ? [{ kind: 'retain' as const }] : []),
    ...(maximumPacketBytes !== null && bytes > maximumPacketBytes
      ? [{ kind: 'size' as const, most: maximumPacketBytes, bytes }]
      : []),
  ]
}
