import { ByteReader } from './byte-reader'
import { readPropertyList, type ReadProperty } from './read-properties'

/** A property as it is shown. */
export interface MessageProperty {
  readonly name: string
  readonly value: string
}

const PAYLOAD_FORMAT_INDICATOR = 0x01

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
