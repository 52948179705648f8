import type { Broker, BrokerFailure } from '@shared/connection/broker'
import type { Connection, ConnectionStatus } from '@shared/connection/connection'
import { useI18n } from 'vue-i18n'
import { isolate } from '../../i18n/isolate'
import { useFailureText, type FailureText } from './failure-text'

/** The broker a connection is at, or was at last; null while it has not been at any. */
export function brokerOf({ status }: Pick<Connection, 'status'>): Broker | null {
  return status.phase === 'offline' ? null : status.broker
}

/** Words which broker a connection is at: its address, and its place where there are several. */
export function useBrokerText(): (connection: Pick<Connection, 'status' | 'address'>) => string {
  const { t } = useI18n({ useScope: 'global' })
  return (connection) => {
    const broker = brokerOf(connection)
    if (broker === null || broker.count === 1) return broker?.address ?? connection.address
    const { address, index, count } = broker
    return t('connections.broker.place', { address: isolate(address), number: index + 1, count })
  }
}

/** Words why there is no connection: of the only broker that failed, or of all of them together. */
export function useRoundText(): (status: Extract<ConnectionStatus, { phase: 'reconnecting' | 'failed' }>) => FailureText {
  const { t } = useI18n({ useScope: 'global' })
  const failureText = useFailureText()
  return ({ failure, failures, broker }) => {
    if (broker.count === 1 || failures.length < broker.count) return failureText(failure, broker.address)
    const group = 'connections.broker.none'
    return { title: t(`${group}.title`, { count: broker.count }), why: t(`${group}.why`), advice: t(`${group}.advice`) }
  }
}

/** Words a broker's failure. */
export function useBrokerFailureText(): (failed: BrokerFailure) => FailureText {
  const failureText = useFailureText()
  return ({ broker, failure }) => failureText(failure, broker.address)
}
