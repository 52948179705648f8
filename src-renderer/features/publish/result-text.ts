import type { ComposerTranslation } from 'vue-i18n'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import type { PublishState } from '@shared/message/publish'
import type { Tone } from '../../ui/tone'

/** How an outcome reads: one line, and what to do about it when it is not good. */
export interface ResultText {
  readonly tone: Tone
  readonly title: string
  readonly text: string | null
}

const ADVICE: Readonly<Record<number, string>> = {
  0x87: 'authorization',
  0x90: 'topic',
  0x95: 'size',
  0x96: 'quota',
  0x97: 'quota',
  0x99: 'format',
  0x9a: 'retain',
  0x9b: 'qos',
}

/** A short time: `3.1 ms`, `240 ms`, `1.2 s`. */
export function formatElapsed(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** Words what became of a publish; `isOnline` now. */
export function publishStateText(state: PublishState, isOnline: boolean, t: ComposerTranslation): ResultText {
  switch (state.kind) {
    case 'queued':
      return isOnline
        ? { tone: 'neutral', title: t('publish.result.queuedBehind'), text: null }
        : { tone: 'warn', title: t('publish.result.queued'), text: null }
    case 'in-flight':
      return { tone: 'neutral', title: t('publish.result.inFlight'), text: null }
    case 'interrupted':
      return { tone: 'warn', title: t('publish.result.interrupted'), text: null }
    case 'sent':
      return { tone: 'ok', title: t('publish.result.sent'), text: null }
    case 'acknowledged': {
      const elapsed = formatElapsed(state.elapsedMs)
      const { reasonCode } = state
      const title =
        reasonCode === null
          ? t('publish.result.acknowledged', { elapsed })
          : t('publish.result.acknowledgedWith', {
              elapsed,
              code: formatReasonCode(reasonCode),
              name: reasonCodeName(reasonCode),
            })
      return { tone: 'ok', title, text: null }
    }
    case 'refused': {
      const { reasonCode, brokerReason } = state
      const advice = t(`publish.advice.${ADVICE[reasonCode] ?? 'other'}`)
      return {
        tone: 'danger',
        title: t('publish.result.refused', { code: formatReasonCode(reasonCode), name: reasonCodeName(reasonCode) }),
        text: brokerReason === null ? advice : `${t('publish.result.brokerSays', { reason: brokerReason })}\n${advice}`,
      }
    }
    case 'unconfirmed':
      return { tone: 'warn', title: t('publish.result.unconfirmed'), text: t('publish.result.unconfirmedText') }
    case 'dropped':
      return { tone: 'neutral', title: t('publish.result.dropped'), text: null }
    case 'not-sent':
      return { tone: 'danger', title: t('publish.result.notSent'), text: t('publish.result.notSentText') }
  }
}
