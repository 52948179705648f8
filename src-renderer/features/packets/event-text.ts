import { useI18n } from 'vue-i18n'
import type { PacketRow } from '@shared/packets/packet-log'
import { isolate } from '../../i18n/isolate'
import { formatDuration } from '../../ui/format'

type EventRow = Extract<PacketRow, { kind: 'event' }>

/** Words what happened to a connection. */
export function useEventText(): (row: EventRow) => string {
  const { t } = useI18n({ useScope: 'global' })
  return ({ event, detail }) => {
    const shown = event === 'retrying' ? formatDuration(Number(detail)) : isolate(detail)
    return t(`packets.events.${event}`, { detail: shown })
  }
}
