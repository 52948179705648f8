import { validityOf } from '@shared/certificates/certificate-validity'
import { useI18n } from 'vue-i18n'
import { useNow } from '../../ui/format'
import type { Tone } from '../../ui/tone'

const MINUTE_MS = 60_000
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** A day, for reading. */
export function formatDate(ms: number): string {
  return dateFormat.format(ms)
}

interface Period {
  readonly validFromMs: number
  readonly validToMs: number
}

/** What is to be said of a certificate's time: a warning, or that it is well. Follows the clock. */
export function useValidityText(): (period: Period) => { readonly tone: Tone; readonly text: string; readonly isWell: boolean } {
  const { t } = useI18n({ useScope: 'global' })
  const now = useNow(MINUTE_MS)
  return (period) => {
    const { state, days } = validityOf(period, now.value)
    if (state === 'valid') {
      return { tone: 'neutral', text: t('certificates.until', { date: formatDate(period.validToMs) }), isWell: true }
    }
    return {
      tone: state === 'expiresSoon' ? 'warn' : 'danger',
      text: t(`certificateValidity.${state}`, days),
      isWell: false,
    }
  }
}
