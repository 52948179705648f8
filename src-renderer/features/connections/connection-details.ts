import type { Asked } from '@shared/connection/asked'
import type { Connection, ConnectionStatus } from '@shared/connection/connection'
import type { Grants } from '@shared/connection/grants'
import { SESSION_NEVER_EXPIRES } from '@shared/profile/connect-options'
import type { ComposerTranslation } from 'vue-i18n'
import { formatAmount, SIZE_UNITS, TIME_UNITS } from '../../ui/amount'
import { formatCount } from '../../ui/format'

export type OnlineStatus = Extract<ConnectionStatus, { phase: 'online' }>

/** One line that sets two things side by side. Texts may be from outside. */
export interface DetailRow {
  readonly name: string
  readonly left: string
  readonly right: string
  /** Whether the right is not what the left leads one to expect. */
  readonly differs: boolean
}

/** One line of what a broker offers. */
export interface Offer {
  readonly name: string
  readonly value: string
  readonly limited: boolean
}

/** What was asked in CONNECT, and what holds since CONNACK. */
export function grantedRows({ asked }: Pick<Connection, 'asked'>, status: OnlineStatus, t: ComposerTranslation): DetailRow[] {
  const { grants, mqttVersion, fellBack, sessionPresent } = status
  const row = (key: string, left: string, right: string, differs = left !== right): DetailRow => {
    return { name: t(`connections.details.rows.${key}`), left, right, differs }
  }
  const version = asked.mqttVersion === 'automatic' ? t('connections.details.automatic') : asked.mqttVersion
  const nobody = t('connections.details.noClientId')
  const clientId = asked.clientId === '' ? t(`connections.details.${grants === null ? 'notTold' : 'noClientId'}`) : asked.clientId
  return [
    row('version', version, mqttVersion, fellBack),
    row('clientId', asked.clientId || nobody, grants?.clientId ?? clientId, grants !== null && grants.clientId !== asked.clientId),
    row(
      'session',
      t(`connections.details.${asked.cleanStart ? 'cleanStart' : 'resume'}`),
      t(`connections.details.${sessionPresent ? 'sessionPresent' : 'sessionAbsent'}`),
      !asked.cleanStart && !sessionPresent,
    ),
    ...(grants === null
      ? []
      : [row('sessionExpiry', expiryText(asked.connectOptions.sessionExpirySeconds, t), expiryText(grants.sessionExpirySeconds, t))]),
    row('keepalive', keepaliveText(asked.keepaliveSeconds, t), keepaliveText(grants?.keepaliveSeconds ?? asked.keepaliveSeconds, t)),
  ]
}

function expiryText(seconds: number, t: ComposerTranslation): string {
  if (seconds === 0) return t('connections.details.withConnection')
  return seconds === SESSION_NEVER_EXPIRES ? t('connections.details.never') : formatAmount(seconds, TIME_UNITS)
}

function keepaliveText(seconds: number, t: ComposerTranslation): string {
  return seconds === 0 ? t('connections.details.off') : formatAmount(seconds, TIME_UNITS)
}

/** How much each side takes of the other: ours, and the broker's. */
export function limitRows(asked: Asked, grants: Grants | null, t: ComposerTranslation): DetailRow[] {
  const row = (key: string, left: string, right: string): DetailRow => {
    return { name: t(`connections.details.rows.${key}`), left, right, differs: false }
  }
  const ours = formatAmount(asked.maximumPacketBytes, SIZE_UNITS)
  if (grants === null) return [row('packet', ours, t('connections.details.notTold'))]
  const theirs = grants.maximumPacketBytes
  const { receiveMaximum, topicAliasMaximum } = asked.connectOptions
  return [
    row('packet', ours, theirs === null ? t('connections.details.noLimit') : formatAmount(theirs, SIZE_UNITS)),
    row('receiveMaximum', formatCount(receiveMaximum ?? 65_535), formatCount(grants.receiveMaximum)),
    row('topicAliases', formatCount(topicAliasMaximum), formatCount(grants.topicAliasMaximum)),
  ]
}

/** What a broker of MQTT 5.0 can do, by its own word. */
export function offersOf(grants: Grants, t: ComposerTranslation): Offer[] {
  const offer = (key: string, available: boolean): Offer => ({
    name: t(`connections.details.rows.${key}`),
    value: t(`connections.details.${available ? 'available' : 'unavailable'}`),
    limited: !available,
  })
  return [
    { name: t('connections.details.rows.maximumQos'), value: String(grants.maximumQos), limited: grants.maximumQos < 2 },
    offer('retain', grants.retainAvailable),
    offer('wildcards', grants.wildcardsAvailable),
    offer('shared', grants.sharedSubscriptionsAvailable),
    offer('identifiers', grants.subscriptionIdentifiersAvailable),
  ]
}

/** What the broker said in words; none of it is ours. */
export function remarksOf(grants: Grants, asked: Asked, t: ComposerTranslation): { name: string; value: string }[] {
  const { responseInformation, reasonString, serverReference, userProperties } = grants
  const remark = (key: string, value: string | null) => {
    return value === null ? [] : [{ name: t(`connections.details.rows.${key}`), value }]
  }
  const withheld = asked.connectOptions.requestResponseInformation ? t('connections.details.noResponseInformation') : null
  return [
    ...remark('responseInformation', responseInformation ?? withheld),
    ...remark('reasonString', reasonString),
    ...remark('serverReference', serverReference),
    ...userProperties.map(({ name, value }) => ({ name, value })),
  ]
}
