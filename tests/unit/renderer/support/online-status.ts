import type { Connection } from '@shared/connection/connection'
import type { Grants } from '@shared/connection/grants'
import { ONLINE } from '../../../support/connection-status'

/** A broker of MQTT 5.0 that can do all and limits nothing. */
export const NO_LIMITS: Grants = {
  clientId: 'me',
  clientIdAssigned: false,
  sessionExpirySeconds: 0,
  keepaliveSeconds: 60,
  receiveMaximum: 65_535,
  maximumQos: 2,
  retainAvailable: true,
  maximumPacketBytes: null,
  topicAliasMaximum: 0,
  wildcardsAvailable: true,
  subscriptionIdentifiersAvailable: true,
  sharedSubscriptionsAvailable: true,
  responseInformation: null,
  serverReference: null,
  reasonString: null,
  userProperties: [],
}

type Online = Extract<Connection['status'], { phase: 'online' }>

/** Online at a broker that granted this; null: it speaks 3.1.1. */
export function onlineWith(grants: Grants | null, more: Partial<Online> = {}): Online {
  return { ...ONLINE, mqttVersion: grants === null ? '3.1.1' : '5.0', grants, ...more }
}
