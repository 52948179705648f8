import { toBase64 } from '@shared/payload/payload-codec'
import type { ConnectOptions } from '@shared/profile/connect-options'
import { MAX_SUBSCRIPTION_IDENTIFIER } from '@shared/profile/subscription'
import type { Will } from '@shared/profile/will'
import type { MosquittoArguments, PropertyArgument } from './mosquitto-arguments'
import { quoted, type Remark } from './remark'

/** Properties of CONNECT that a profile has, by the names `-D` gives them. */
export const CONNECT_NUMBERS = {
  'session-expiry-interval': 'sessionExpirySeconds',
  'receive-maximum': 'receiveMaximum',
  'topic-alias-maximum': 'topicAliasMaximum',
} as const satisfies Record<string, keyof ConnectOptions>

/** The same, of those that are 0 or 1. */
export const CONNECT_FLAGS = {
  'request-response-information': 'requestResponseInformation',
  'request-problem-information': 'requestProblemInformation',
} as const satisfies Record<string, keyof ConnectOptions>

/** Properties of the will that a profile has, by the names `-D` gives them. */
export const WILL_NUMBERS = {
  'will-delay-interval': 'delaySeconds',
  'message-expiry-interval': 'messageExpirySeconds',
} as const satisfies Record<string, keyof Will>

export const WILL_TEXTS = {
  'content-type': 'contentType',
  'response-topic': 'responseTopic',
} as const satisfies Record<string, keyof Will>

type Named = Readonly<Record<string, string>>

function ignore(remarks: Remark[], { packet, name }: PropertyArgument): void {
  remarks.push({ code: 'option-ignored', option: quoted(`-D ${packet} ${name}`), reason: 'property' })
}

/** The field of a table, or undefined: a name such as `__proto__` is none. */
function fieldOf(table: Named, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function userPropertiesOf(properties: readonly PropertyArgument[]): { name: string; value: string }[] {
  return properties
    .filter(({ name }) => name === 'user-property')
    .map(({ values: [name = '', value = ''] }) => ({ name, value }))
}

/** What `-D connect …` says. Properties of packets that are no part of a profile are remarked on here, once. */
export function connectPropertiesOf({ properties }: MosquittoArguments, remarks: Remark[]) {
  const values: Record<string, unknown> = {}
  let maximumPacketBytes: number | undefined
  const ours = properties.filter(({ packet }) => packet === 'connect')
  for (const property of ours) {
    const { name, values: [value = ''] } = property
    const number = fieldOf(CONNECT_NUMBERS, name)
    const flag = fieldOf(CONNECT_FLAGS, name)
    if (number !== undefined) values[number] = Number(value)
    else if (flag !== undefined) values[flag] = value !== '0'
    else if (name === 'maximum-packet-size') maximumPacketBytes = Number(value)
    else if (name === 'authentication-method') values['authenticationMethod'] = value
    else if (name !== 'user-property') ignore(remarks, property)
  }
  const userProperties = userPropertiesOf(ours)
  if (userProperties.length > 0) values['userProperties'] = userProperties
  for (const property of properties) {
    if (!['connect', 'will', 'subscribe'].includes(property.packet)) ignore(remarks, property)
  }
  return { values, maximumPacketBytes }
}

/** What `-D will …` says. */
export function willPropertiesOf({ properties }: MosquittoArguments, remarks: Remark[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const ours = properties.filter(({ packet }) => packet === 'will')
  for (const property of ours) {
    const { name, values: [value = ''] } = property
    const number = fieldOf(WILL_NUMBERS, name)
    const text = fieldOf(WILL_TEXTS, name)
    if (number !== undefined) values[number] = Number(value)
    else if (text !== undefined) values[text] = value
    else if (name === 'payload-format-indicator') values['payloadIsUtf8'] = value === '1'
    else if (name === 'correlation-data') values['correlationDataBase64'] = toBase64(new TextEncoder().encode(value))
    else if (name !== 'user-property') ignore(remarks, property)
  }
  const userProperties = userPropertiesOf(ours)
  if (userProperties.length > 0) values['userProperties'] = userProperties
  return values
}

/** The subscription identifier of all filters of a command. */
export function subscriptionIdentifierOf({ properties }: MosquittoArguments, remarks: Remark[]): number | null {
  let identifier: number | null = null
  for (const property of properties.filter(({ packet }) => packet === 'subscribe')) {
    const value = Number(property.values[0])
    const isIdentifier = property.name === 'subscription-identifier'
    if (isIdentifier && Number.isInteger(value) && value >= 1 && value <= MAX_SUBSCRIPTION_IDENTIFIER) identifier = value
    else ignore(remarks, property)
  }
  return identifier
}
