import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ConnectionStatus } from '@shared/connection/connection'
import { formatCount } from '../../ui/format'
import { exceededLimits } from './broker-limits'
import type { Draft } from './draft'

/** What the broker has said it does not take of a message, in words; empty: nothing. */
export function useLimitText(
  status: () => ConnectionStatus,
  draft: Readonly<Ref<Draft>>,
  payloadBytes: Readonly<Ref<number | null>>,
): Readonly<Ref<string>> {
  const { t } = useI18n({ useScope: 'global' })
  return computed(() =>
    exceededLimits(status(), { ...draft.value, payloadBytes: payloadBytes.value ?? 0 })
      .map((limit) => {
        if (limit.kind !== 'size') return t(`publish.limit.${limit.kind}`, { ...limit })
        return t('publish.limit.size', { most: formatCount(limit.most), bytes: formatCount(limit.bytes) })
      })
      .join(' '),
  )
}
