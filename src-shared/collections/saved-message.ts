import { publishPropertiesSchema, type PublishProperties } from '@shared/message/publish-properties'
import { qosSchema } from '@shared/mqtt/qos'
import { formatChoiceSchema } from '@shared/payload/reading'
import { fromBase64, toBase64 } from '@shared/payload/payload-codec'
import { pauseMsSchema } from './run'
import { z } from '@shared/schema'

/** Most characters of a payload, as text or as Base64; larger ones belong into files. */
export const MAX_SAVED_PAYLOAD = 1_048_576
export const MAX_NAME_LENGTH = 200

export const itemNameSchema = z.string().trim().min(1).max(MAX_NAME_LENGTH)

const base64Schema = z.string().max(MAX_SAVED_PAYLOAD).refine((text) => fromBase64(text) !== null)

/** What is sent: a text in a format, which becomes bytes when it is sent, or bytes as they came. */
export const savedPayloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().max(MAX_SAVED_PAYLOAD), format: formatChoiceSchema }),
  z.strictObject({ kind: z.literal('bytes'), base64: base64Schema }),
])
export type SavedPayload = z.infer<typeof savedPayloadSchema>

/** As {@link PublishProperties}, in a form that JSON has. */
const savedPropertiesSchema = publishPropertiesSchema.extend({ correlationData: base64Schema.nullable() })
export type SavedProperties = z.infer<typeof savedPropertiesSchema>

/** What a saved message says, wherever it is kept. */
export const messageContentSchema = z.strictObject({
  /** With templates no topic name yet. */
  topic: z.string().max(65_535),
  payload: savedPayloadSchema,
  qos: qosSchema,
  retain: z.boolean(),
  properties: savedPropertiesSchema,
  note: z.string().max(10_000),
  /** Whether `{{…}}` in topic and payload are resolved when it is sent. */
  usesTemplates: z.boolean(),
  /** In a run: how long to wait before the next message, in ms; null: as long as the run says. Older files do not say. */
  pauseMs: pauseMsSchema.nullable().default(null),
})
export type MessageContent = z.infer<typeof messageContentSchema>

/** A message of a collection. */
export const savedMessageSchema = messageContentSchema.extend({ kind: z.literal('message'), id: z.uuid(), name: itemNameSchema })
export type SavedMessage = z.infer<typeof savedMessageSchema>

/** The properties as they are kept. */
export function savedProperties(properties: PublishProperties): SavedProperties {
  const { correlationData } = properties
  return { ...properties, correlationData: correlationData && toBase64(correlationData) }
}

/** The properties as they are sent. */
export function sentProperties(properties: SavedProperties): PublishProperties {
  const { correlationData } = properties
  const bytes = correlationData === null ? null : fromBase64(correlationData)
  return { ...properties, correlationData: bytes && Uint8Array.from(bytes) }
}
