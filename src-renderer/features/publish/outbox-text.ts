import type { ComposerTranslation } from 'vue-i18n'
import type { Connection } from '@shared/connection/connection'
import type { OutboxCounts, OutboxEntry } from '@shared/message/outbox'
import { formatCount } from '../../ui/format'
import type { Tone } from '../../ui/tone'

export const STATE_TONES: Readonly<Record<OutboxEntry['state'], Tone>> = {
  queued: 'neutral',
  'in-flight': 'accent',
  interrupted: 'info',
  unconfirmed: 'warn',
}

/** Counts in words: `3 queued · 1 unconfirmed`; empty when there is nothing. */
export function outboxSummary(counts: OutboxCounts, t: ComposerTranslation): string {
  return (['queued', 'inFlight', 'unconfirmed'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => t(`publish.outbox.${name}`, { n: formatCount(counts[name]) }, counts[name]))
    .join(' · ')
}

/** What of an outbox is worth a word at a glance: what is in flight over a good connection is so for a moment only. */
export function worthMentioning({ outbox, status }: Connection): OutboxCounts {
  return status.phase === 'online' ? { ...outbox, inFlight: 0 } : outbox
}
