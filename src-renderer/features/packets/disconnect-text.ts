import { useI18n } from 'vue-i18n'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import type { Disconnect } from '@shared/packets/disconnect'
import { isolate } from '../../i18n/isolate'
import { formatCount, formatDuration } from '../../ui/format'

/** Up to this long before the end, what was sent last, and not answered, may be what the broker ended it for. */
const SHORTLY_BEFORE_MS = 1_000

/** Says in one sentence why a connection ended. */
export function useDisconnectText(): (disconnect: Disconnect) => string {
  const { t } = useI18n({ useScope: 'global' })

  function packetText({ name, topic, bytes }: NonNullable<Disconnect['lastSent']>): string {
    const key = topic === null ? 'packets.disconnect.packet' : 'packets.disconnect.packetTo'
    return t(key, { name, topic: isolate(topic ?? ''), bytes: formatCount(bytes) }, bytes)
  }

  function breachText(lastSent: Disconnect['lastSent']): string {
    const breach = lastSent?.breach ?? null
    if (breach === null) return ''
    const limit = 'limit' in breach ? breach.limit : 0
    return t(`packets.disconnect.breach.${breach.kind}`, { limit: formatCount(limit) }, limit)
  }

  function closedText({ lastSent }: Disconnect, after: string): string {
    if (lastSent === null) return t('packets.disconnect.closed', { after })
    const details = { after, packet: packetText(lastSent), ago: formatDuration(lastSent.agoMs), breach: breachText(lastSent) }
    const isClose = lastSent.breach !== null || (lastSent.isNewest && lastSent.agoMs <= SHORTLY_BEFORE_MS)
    return t(isClose ? 'packets.disconnect.closedShortlyAfter' : 'packets.disconnect.closedLongAfter', details)
  }

  return (disconnect) => {
    const { cause, onlineMs, lastSent } = disconnect
    const after = onlineMs === null ? '' : t('packets.disconnect.after', { duration: formatDuration(onlineMs) })
    switch (cause.kind) {
      case 'refused':
      case 'broker-disconnect': {
        const said = cause.brokerReason ? t('packets.disconnect.said', { reason: isolate(cause.brokerReason) }) : ''
        const { reasonCode } = cause
        const name = reasonCode === 0 ? t('packets.disconnect.normal') : reasonCodeName(reasonCode)
        const shortlyAfter =
          lastSent === null || lastSent.breach === null
            ? after
            : t('packets.disconnect.shortlyAfter', { packet: packetText(lastSent), ago: formatDuration(lastSent.agoMs), breach: breachText(lastSent) })
        return t(`packets.disconnect.${cause.kind}`, { code: formatReasonCode(reasonCode), name, after: shortlyAfter, said })
      }
      case 'violation':
        return t('packets.disconnect.violation', { after, what: isolate(cause.what) })
      case 'no-pingresp': {
        const { waitedMs, keepAliveSeconds } = cause
        if (waitedMs === null || keepAliveSeconds === null) return t('packets.disconnect.no-pingresp', { after })
        return t('packets.disconnect.noPingrespWithin', { after, waited: formatDuration(waitedMs), keepAlive: keepAliveSeconds })
      }
      case 'authentication-continues':
        return t('packets.disconnect.authentication-continues', { method: isolate(cause.method) })
      case 'no-client-id':
        return t('packets.disconnect.no-client-id', { version: cause.version })
      case 'not-opened':
        return t('packets.disconnect.not-opened', { detail: isolate(cause.detail) })
      case 'broken': {
        const last = lastSent === null ? '' : t('packets.disconnect.lastSent', { packet: packetText(lastSent), ago: formatDuration(lastSent.agoMs) })
        const detail = cause.detail === '' ? '' : t('packets.disconnect.detail', { detail: isolate(cause.detail) })
        return t('packets.disconnect.broken', { after, detail, last })
      }
      case 'closed':
        return closedText(disconnect, after)
      case 'user':
      case 'no-connack':
        return t(`packets.disconnect.${cause.kind}`, { after })
    }
  }
}
