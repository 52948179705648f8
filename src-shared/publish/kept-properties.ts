import { NO_PUBLISH_PROPERTIES, publishPropertiesSchema, type PublishProperties } from '@shared/message/publish-properties'
import { fromBase64, toBase64 } from '@shared/payload/payload-codec'
import { z } from '@shared/schema'

/** Bytes in a JSON file. */
export const base64Schema = z.string().refine((text) => fromBase64(text) !== null)

/** Bytes of a {@link base64Schema}. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fromBase64(base64) ?? [])
}

/** The properties of a message as a JSON file has them. */
export const keptPropertiesSchema = publishPropertiesSchema
  .omit({ correlationData: true })
  .extend({ correlationDataBase64: base64Schema.nullable() })
export type KeptProperties = z.infer<typeof keptPropertiesSchema>

export function keptPropertiesOf({ correlationData, ...rest }: PublishProperties): KeptProperties {
  return { ...rest, correlationDataBase64: correlationData === null ? null : toBase64(correlationData) }
}

/** Undoes {@link keptPropertiesOf}; null: none. */
export function propertiesOf(kept: KeptProperties | null): PublishProperties {
  if (kept === null) return NO_PUBLISH_PROPERTIES
  const { correlationDataBase64, ...rest } = kept
  return { ...rest, correlationData: correlationDataBase64 === null ? null : bytesOf(correlationDataBase64) }
}
