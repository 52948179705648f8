import { NO_PUBLISH_PROPERTIES, type PublishProperties } from '@shared/message/publish-properties'
import { ByteReader } from './byte-reader'
import { readPropertyList, type ReadProperty } from './read-properties'

/** A property as it is shown. */
export interface MessageProperty {
  readonly name: string
  readonly value: string
}

/** Property identifiers [2.2.2.2]. */
const PAYLOAD_FORMAT_INDICATOR = 0x01
const MESSAGE_EXPIRY_INTERVAL = 0x02
const CONTENT_TYPE = 0x03
const RESPONSE_TOPIC = 0x08
const CORRELATION_DATA = 0x09
const USER_PROPERTY = 0x26

/** Nobody reads more, and a packet of 64 MB has place for thirteen million. */
const MOST_SHOWN = 1_000
const MOST_SHOWN_BYTES = 512 * 1_024

/**
 * The first properties of a PUBLISH, as many as somebody can look at, by the names of MQTT 5.0, section 3.3.2.3, in the
 * order they came; and whether there are more.
 * @param bytes the properties of a packet that was checked, without their length
 */
export function firstPropertiesOf(bytes: Uint8Array): { properties: MessageProperty[]; hasMoreProperties: boolean } {
  const reader = new ByteReader(bytes, 0)
  const properties: MessageProperty[] = []
  for (const property of readPropertyList(reader)) {
    properties.push(shown(property))
    if (properties.length === MOST_SHOWN || reader.at > MOST_SHOWN_BYTES) break
  }
  return { properties, hasMoreProperties: reader.left > 0 }
}

function shown({ id, name, value }: ReadProperty): MessageProperty {
  if (id === PAYLOAD_FORMAT_INDICATOR) return { name, value: value === 1 ? '1 (UTF-8)' : '0 (bytes)' }
  if (typeof value === 'number' || typeof value === 'string') return { name, value: String(value) }
  if (value instanceof Uint8Array) return { name, value: Buffer.from(value).toString('hex') }
  return { name: `${name} ${value[0]}`, value: value[1] }
}

/**
 * The properties of a received PUBLISH as one would send them again, but for user properties beyond those that are shown.
 * @param bytes as for {@link firstPropertiesOf}; what is returned is a copy
 */
export function publishPropertiesOf(bytes: Uint8Array): PublishProperties {
  const reader = new ByteReader(bytes, 0)
  const userProperties: MessageProperty[] = []
  let properties = NO_PUBLISH_PROPERTIES
  for (const { id, value } of readPropertyList(reader)) {
    if (id === PAYLOAD_FORMAT_INDICATOR) properties = { ...properties, payloadFormatIndicator: value === 1 ? 1 : 0 }
    else if (id === MESSAGE_EXPIRY_INTERVAL && typeof value === 'number') properties = { ...properties, messageExpirySeconds: value }
    else if (id === CONTENT_TYPE && typeof value === 'string') properties = { ...properties, contentType: value }
    else if (id === RESPONSE_TOPIC && typeof value === 'string') properties = { ...properties, responseTopic: value }
    else if (id === CORRELATION_DATA && value instanceof Uint8Array) properties = { ...properties, correlationData: Uint8Array.from(value) }
    else if (id === USER_PROPERTY && Array.isArray(value)) {
      const [name, text] = value as readonly [string, string]
      if (userProperties.length < MOST_SHOWN) userProperties.push({ name, value: text })
    }
  }
  return { ...properties, userProperties }
}
