import { MAX_MESSAGE_USER_PROPERTIES } from '@shared/message/publish-properties'
import { userPropertySchema } from '@shared/mqtt/mqtt-string'
import { qosSchema } from '@shared/mqtt/qos'
import { payloadFormatSchema } from '@shared/payload/format'
import { formatChoiceSchema } from '@shared/payload/reading'
import { z } from '@shared/schema'
import { base64Schema } from './kept-properties'

export const MAX_PUBLISH_TABS = 20
/** Longest payload of a tab that is kept, in characters of its text or bytes; a longer one lasts until the app closes. */
export const MAX_KEPT_DRAFT_LENGTH = 64 * 1_024

const halfTypedSchema = z.string().max(65_535)

/** MQTT 5.0 properties as they stand in the form: half typed, and perhaps wrong. */
export const propertiesFormSchema = z.strictObject({
  payloadFormatIndicator: z.enum(['unset', 'bytes', 'utf-8']),
  /** `count` null: never; NaN is kept as null. */
  expiry: z.strictObject({ count: z.number().nullable(), unit: z.enum(['s', 'min', 'h', 'd']) }),
  /** Null: not said; a received one may be empty. */
  contentType: halfTypedSchema.nullable(),
  responseTopic: halfTypedSchema,
  /** As `contentType`. */
  correlation: z.string().max(3 * 65_535).nullable(),
  correlationAs: z.enum(['text', 'hex']),
  userProperties: z.array(userPropertySchema).max(MAX_MESSAGE_USER_PROPERTIES),
  mayUseTopicAlias: z.boolean(),
})
export type KeptPropertiesForm = z.infer<typeof propertiesFormSchema>

/** A message that is being written. */
export const keptDraftSchema = z.strictObject({
  topic: halfTypedSchema,
  qos: qosSchema,
  retain: z.boolean(),
  format: payloadFormatSchema,
  /** What the text is made into; null: what `format` says. */
  encoding: formatChoiceSchema.nullable(),
  text: z.string().max(MAX_KEPT_DRAFT_LENGTH),
  /** The bytes of a loaded message that was not edited. */
  originalBase64: base64Schema.nullable(),
  /** Of a file as payload: it is to be chosen again. */
  fileName: z.string().max(1_000).nullable(),
  properties: propertiesFormSchema,
  usesTemplates: z.boolean(),
})
export type KeptDraft = z.infer<typeof keptDraftSchema>

/** The tabs of the publish panel, as they are kept with a profile. */
export const publishTabsSchema = z.strictObject({
  tabs: z.array(z.strictObject({ name: z.string().max(100).nullable(), draft: keptDraftSchema })).max(MAX_PUBLISH_TABS),
  activeIndex: z.number().int().min(0),
})
export type PublishTabs = z.infer<typeof publishTabsSchema>

export const NO_PUBLISH_TABS: PublishTabs = { tabs: [], activeIndex: 0 }
