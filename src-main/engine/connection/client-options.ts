import type { IClientOptions } from 'mqtt'
import type { Will } from '@shared/profile/will'
import type { ConnectionConfig } from '../engine-api'
import { azureLogin } from './azure-login'
import { withUserProperties } from './listed-user-properties'

/** The versions of the protocol, as `CONNECT` names them: protocol name and level [3.1.2.1], [3.1.2.2]. */
export type ProtocolVersion = '5.0' | '3.1.1' | '3.1'

/** What MQTT.js is told to say in CONNECT. Reconnecting, resubscribing and publishing are ours, so its own are off. */
export function clientOptionsOf(config: ConnectionConfig, version: ProtocolVersion): IClientOptions {
  const { cleanStart, keepaliveSeconds, connectTimeoutSeconds, will, azureDevice } = config
  const { clientId, username, password } = azureDevice === null ? config : azureLogin(azureDevice, Date.now())
  const is5 = version === '5.0'
  return {
    ...protocolOf(version),
    clientId,
    // Without a client identifier there is no session to come back to; mqtt-packet would not write such a CONNECT.
    clean: cleanStart || (is5 && clientId === ''),
    keepalive: keepaliveSeconds,
    connectTimeout: connectTimeoutSeconds * 1_000,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(username === '' ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(will === null ? {} : { will: willOf(will, is5) }),
    ...(is5 ? { properties: propertiesOf(config) } : {}),
  }
}

function protocolOf(version: ProtocolVersion): Pick<IClientOptions, 'protocolId' | 'protocolVersion'> {
  switch (version) {
    case '5.0':
      return { protocolId: 'MQTT', protocolVersion: 5 }
    case '3.1.1':
      return { protocolId: 'MQTT', protocolVersion: 4 }
    case '3.1':
      return { protocolId: 'MQIsdp', protocolVersion: 3 }
  }
}

function propertiesOf({ connectOptions, maximumPacketBytes, authenticationData }: ConnectionConfig): NonNullable<IClientOptions['properties']> {
  const { sessionExpirySeconds, receiveMaximum, topicAliasMaximum, authenticationMethod } = connectOptions
  const { requestResponseInformation, requestProblemInformation, userProperties } = connectOptions
  return {
    // The server must not send more than we would read [MQTT-3.1.2-24].
    maximumPacketSize: maximumPacketBytes,
    // What is the default of MQTT is not sent: brokers are known to stumble over the rarer properties.
    ...(sessionExpirySeconds === 0 ? {} : { sessionExpiryInterval: sessionExpirySeconds }),
    ...(receiveMaximum === null ? {} : { receiveMaximum }),
    ...(topicAliasMaximum === 0 ? {} : { topicAliasMaximum }),
    ...(requestResponseInformation ? { requestResponseInformation } : {}),
    ...(requestProblemInformation ? {} : { requestProblemInformation }),
    ...(authenticationMethod === '' ? {} : { authenticationMethod }),
    // Without its method it is an error [3.1.2.11.10].
    ...(authenticationMethod === '' || authenticationData === null ? {} : { authenticationData: Buffer.from(authenticationData) }),
    ...withUserProperties(userProperties),
  }
}

function willOf(will: Will, is5: boolean): NonNullable<IClientOptions['will']> {
  const { topic, payloadBase64, qos, retain } = will
  return {
    topic,
    payload: Buffer.from(payloadBase64, 'base64'),
    qos,
    retain,
    ...(is5 ? { properties: willPropertiesOf(will) } : {}),
  }
}

function willPropertiesOf(will: Will): NonNullable<NonNullable<IClientOptions['will']>['properties']> {
  const { delaySeconds, payloadIsUtf8, messageExpirySeconds, contentType, responseTopic, correlationDataBase64 } = will
  return {
    ...(delaySeconds === 0 ? {} : { willDelayInterval: delaySeconds }),
    ...(payloadIsUtf8 ? { payloadFormatIndicator: true } : {}),
    ...(messageExpirySeconds === null ? {} : { messageExpiryInterval: messageExpirySeconds }),
    ...(contentType === '' ? {} : { contentType }),
    ...(responseTopic === '' ? {} : { responseTopic }),
    ...(correlationDataBase64 === '' ? {} : { correlationData: Buffer.from(correlationDataBase64, 'base64') }),
    ...withUserProperties(will.userProperties),
  }
}
