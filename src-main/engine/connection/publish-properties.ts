import type { IPublishPacket } from 'mqtt'
import type { MessageProperty } from '../history/message-log'

const NONE: readonly MessageProperty[] = []

/** The properties of a PUBLISH by the names of MQTT 5.0, section 3.3.2.3, in the order of that section. */
export function propertiesOf(properties: IPublishPacket['properties']): readonly MessageProperty[] {
  if (properties === undefined) return NONE
  const list: MessageProperty[] = []
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) list.push({ name, value: String(value) })
  }
  if (properties.payloadFormatIndicator !== undefined) {
    add('Payload Format Indicator', properties.payloadFormatIndicator ? '1 (UTF-8)' : '0 (bytes)')
  }
  add('Message Expiry Interval', properties.messageExpiryInterval)
  add('Topic Alias', properties.topicAlias)
  add('Response Topic', properties.responseTopic)
  add('Correlation Data', properties.correlationData?.toString('hex'))
  for (const [name, values] of Object.entries(properties.userProperties ?? {})) {
    for (const value of [values].flat()) add(`User Property ${name}`, value)
  }
  for (const identifier of [properties.subscriptionIdentifier ?? []].flat()) add('Subscription Identifier', identifier)
  add('Content Type', properties.contentType)
  return list.length === 0 ? NONE : list
}
