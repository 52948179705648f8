import type { IPublishPacket } from 'mqtt-packet'
import type { PublishProperties } from '@shared/message/publish-properties'
import { withUserProperties } from './listed-user-properties'

/** The properties of a PUBLISH as MQTT.js writes them. */
export function packedProperties(properties: PublishProperties): NonNullable<IPublishPacket['properties']> {
  const { payloadFormatIndicator, messageExpirySeconds, contentType, responseTopic, correlationData, userProperties } = properties
  return {
    ...(payloadFormatIndicator === null ? {} : { payloadFormatIndicator: payloadFormatIndicator === 1 }),
    ...(messageExpirySeconds === null ? {} : { messageExpiryInterval: messageExpirySeconds }),
    ...(contentType === null ? {} : { contentType }),
    ...(responseTopic === null ? {} : { responseTopic }),
    ...(correlationData === null ? {} : { correlationData: Buffer.from(correlationData) }),
    ...withUserProperties(userProperties),
  }
}
