import { packetNameSchema } from '@shared/packets/packet-log'

/** MQTT control packet types, section 2.1.2, table 2-1. */
export const PacketType = {
  CONNECT: 1,
  CONNACK: 2,
  PUBLISH: 3,
  PUBACK: 4,
  PUBREC: 5,
  PUBREL: 6,
  PUBCOMP: 7,
  SUBSCRIBE: 8,
  SUBACK: 9,
  UNSUBSCRIBE: 10,
  UNSUBACK: 11,
  PINGREQ: 12,
  PINGRESP: 13,
  DISCONNECT: 14,
  AUTH: 15,
} as const

/** Names for errors and the packet log, by type: 1 is CONNECT, 15 is AUTH. */
export const PACKET_NAMES: readonly string[] = ['reserved type 0', ...packetNameSchema.options]
