import type { IConnackPacket } from 'mqtt'
import type { Grants } from '@shared/connection/grants'
import type { ConnectionConfig } from '../engine-api'
import { shownText } from './shown-text'

type ConnackProperties = NonNullable<IConnackPacket['properties']>

/** What is shown of a broker's user properties: it may send as many as it likes. */
const MAX_SHOWN_USER_PROPERTIES = 100

/** What a CONNACK of MQTT 5.0 grants, by section 3.2.2.3, with what we asked for where it says nothing else. */
export function grantsOf(properties: ConnackProperties | undefined, asked: ConnectionConfig): Grants {
  const {
    assignedClientIdentifier,
    sessionExpiryInterval,
    serverKeepAlive,
    receiveMaximum,
    maximumQoS,
    retainAvailable,
    maximumPacketSize,
    topicAliasMaximum,
    wildcardSubscriptionAvailable,
    subscriptionIdentifiersAvailable,
    sharedSubscriptionAvailable,
    responseInformation,
    serverReference,
    reasonString,
    userProperties,
  } = properties ?? {}
  // Who has a name is not renamed: the next session would be another client's [MQTT-3.2.2-16].
  const assigned = asked.clientId === '' ? assignedClientIdentifier : undefined
  return {
    clientId: assigned ?? asked.clientId,
    clientIdAssigned: assigned !== undefined,
    sessionExpirySeconds: sessionExpiryInterval ?? asked.connectOptions.sessionExpirySeconds,
    keepaliveSeconds: serverKeepAlive ?? asked.keepaliveSeconds,
    receiveMaximum: receiveMaximum ?? 65_535,
    maximumQos: maximumQoS === 0 ? 0 : maximumQoS === 1 ? 1 : 2,
    retainAvailable: retainAvailable ?? true,
    maximumPacketBytes: maximumPacketSize ?? null,
    topicAliasMaximum: topicAliasMaximum ?? 0,
    wildcardsAvailable: wildcardSubscriptionAvailable ?? true,
    subscriptionIdentifiersAvailable: subscriptionIdentifiersAvailable ?? true,
    sharedSubscriptionsAvailable: sharedSubscriptionAvailable ?? true,
    responseInformation: shownText(responseInformation),
    serverReference: shownText(serverReference),
    reasonString: shownText(reasonString),
    userProperties: listOf(userProperties),
  }
}

function listOf(properties: ConnackProperties['userProperties']): Grants['userProperties'] {
  return Object.entries(properties ?? {})
    .flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })))
    .slice(0, MAX_SHOWN_USER_PROPERTIES)
    .map(({ name, value }) => ({ name: shownText(name) ?? '', value: shownText(value) ?? '' }))
}
