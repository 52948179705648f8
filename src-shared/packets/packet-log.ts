import { z } from '@shared/schema'

/** Whether packets are logged, and whether their payloads are kept whole or cut. */
export const packetRecordingSchema = z.enum(['off', 'cut', 'whole'])
export type PacketRecording = z.infer<typeof packetRecordingSchema>

/** MQTT control packets by the names of the specification, in the order of their types, from 1 on [MQTT-2.1.2]. */
export const packetNameSchema = z.enum([
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
])
export type PacketName = z.infer<typeof packetNameSchema>

/** What happens to a connection beside its packets. */
export const connectionEventSchema = z.enum([
  'recording-on',
  'recording-off',
  'connecting', // detail: the address
  'open', // the network connection stands
  'secure', // and TLS on it
  'closed-by-broker',
  'closed-by-us',
  'violation', // the broker broke the protocol; detail: how
  'keepalive-timeout',
  'connack-timeout',
  'error', // detail: what the system said
  'retrying', // detail: after how many milliseconds
  'stopped', // the user disconnected
])
export type ConnectionEvent = z.infer<typeof connectionEventSchema>

/** Which lines of the log are wanted; all that is said must hold. */
export const packetFilterSchema = z.strictObject({
  /** Null: all. `event` stands for what is no packet. */
  kinds: z.array(z.union([packetNameSchema, z.literal('event')])).max(16).nullable(),
  direction: z.enum(['both', 'sent', 'received']),
  /** A part of a topic or topic filter (no case); empty: any. */
  topic: z.string().max(65_535),
  /** Only reason codes of 0x80 and above, and packets that were refused. */
  failuresOnly: z.boolean(),
})
export type PacketFilter = z.infer<typeof packetFilterSchema>

export const EVERY_PACKET: PacketFilter = { kinds: null, direction: 'both', topic: '', failuresOnly: false }

const line = { sequence: z.number().int(), atMs: z.number(), failed: z.boolean() }

/** One line of the log. */
export const packetRowSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('packet'),
    ...line,
    direction: z.enum(['sent', 'received']),
    /** A packet name, or what stands for one in a packet of no known type. */
    name: z.string(),
    /** The start of the topic, or of the topic filters; null for packets without. */
    topic: z.string().nullable(),
    /** The rest, in the terms of the specification: `QoS 1 · id 7 · retain`. */
    summary: z.string(),
    /** Of the whole packet, however much of it was kept. */
    bytes: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('event'), ...line, event: connectionEventSchema, detail: z.string() }),
])
export type PacketRow = z.infer<typeof packetRowSchema>

/** A line in full. */
export const renderedPacketSchema = z.strictObject({
  row: packetRowSchema,
  /** In the order of the packet; secrets are masked. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  /** Why the packet was refused, or cannot be read to its end; null when nothing is wrong. */
  fault: z.string().nullable(),
  /** The kept bytes, 16 a line; empty for events. */
  hex: z.string(),
  keptBytes: z.number().int(),
  /** All of it as text, for the clipboard. */
  text: z.string(),
})
export type RenderedPacket = z.infer<typeof renderedPacketSchema>

/** How a saved log is written. */
export const packetFileFormatSchema = z.enum(['text', 'json-lines'])
export type PacketFileFormat = z.infer<typeof packetFileFormatSchema>
