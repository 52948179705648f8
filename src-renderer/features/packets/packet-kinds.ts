import { packetNameSchema, type PacketFilter } from '@shared/packets/packet-log'

/** What the list can be narrowed to: a family of packets, or one packet by its name. */
export const KIND_GROUPS = {
  all: null,
  connection: ['CONNECT', 'CONNACK', 'DISCONNECT', 'AUTH', 'PINGREQ', 'PINGRESP', 'event'],
  subscriptions: ['SUBSCRIBE', 'SUBACK', 'UNSUBSCRIBE', 'UNSUBACK'],
  messages: ['PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'],
} as const satisfies Record<string, PacketFilter['kinds']>

export type KindGroup = keyof typeof KIND_GROUPS
export const KIND_GROUP_NAMES: readonly KindGroup[] = ['all', 'connection', 'subscriptions', 'messages']

/** The choice that stands for `kinds`: a group, or a packet's name. */
export function choiceOf(kinds: PacketFilter['kinds']): string {
  const group = KIND_GROUP_NAMES.find((name) => KIND_GROUPS[name]?.join() === kinds?.join())
  return group ?? kinds?.[0] ?? 'all'
}

/** What a choice lets through. */
export function kindsOf(choice: string): PacketFilter['kinds'] {
  const group = KIND_GROUP_NAMES.find((name) => name === choice)
  if (group !== undefined) return KIND_GROUPS[group] === null ? null : [...KIND_GROUPS[group]]
  return [packetNameSchema.parse(choice)]
}
