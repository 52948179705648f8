import { z } from '@shared/schema'

/** Quality of Service, [MQTT-4.3]. */
export const qosSchema = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type QoS = z.infer<typeof qosSchema>
export const QOS_LEVELS: readonly QoS[] = [0, 1, 2]
