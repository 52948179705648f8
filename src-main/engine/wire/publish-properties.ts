import { ByteReader } from './byte-reader'
import { readPropertyList, type ReadProperty } from './read-properties'

/** A property as it is shown. */
export interface MessageProperty {
  readonly name: string
  readonly value: string
}

const PAYLOAD_FORMAT_INDICATOR = 0x01

/**
 * The properties of a PUBLISH, by the names of MQTT 5.0, section 3.3.2.3, in the order they came.
 * @param bytes the properties of a packet that was checked, without their length
 */
export function propertiesOf(bytes: Uint8Array): MessageProperty[] {
  return Array.from(readPropertyList(new ByteReader(bytes, 0)), shown)
}

function shown({ id, name, value }: ReadProperty): MessageProperty {
  if (id === PAYLOAD_FORMAT_INDICATOR) return { name, value: value === 1 ? '1 (UTF-8)' : '0 (bytes)' }
  if (typeof value === 'number' || typeof value === 'string') return { name, value: String(value) }
  if (value instanceof Uint8Array) return { name, value: Buffer.from(value).toString('hex') }
  return { name: `${name} ${value[0]}`, value: value[1] }
}
