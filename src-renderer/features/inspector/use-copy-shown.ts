import { useI18n } from 'vue-i18n'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { request } from '../../bridge/client'
import { useReport } from '../../i18n/report'
import { formatBytes } from '../../ui/format'
import { useToasts } from '../../ui/toasts'
import { shownText } from './shown-text'

/** Copies a payload as it is shown, and says so when that is not all of it. */
export function useCopyShown(): (payload: RenderedPayload) => Promise<void> {
  const { t } = useI18n()
  const report = useReport()
  const toasts = useToasts()

  return async ({ body, shownBytes, unwrappedBytes }) => {
    try {
      await request('app.copy-text', { text: shownText(body) })
    } catch (reason) {
      report(reason)
      return
    }
    if (shownBytes >= unwrappedBytes) return
    const values = { shown: formatBytes(shownBytes), total: formatBytes(unwrappedBytes) }
    toasts.show({ tone: 'warn', title: t('inspector.copied.part', values), text: t('inspector.copied.partText') })
  }
}
