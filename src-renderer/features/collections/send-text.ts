import type { ComposerTranslation } from 'vue-i18n'
import { isFailed } from '@shared/collections/send-log'
import type { PublishState } from '@shared/message/publish'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import type { Tone } from '../../ui/tone'

export function sendTone(state: PublishState): Tone {
  if (state.kind === 'unconfirmed' || state.kind === 'interrupted') return 'warn'
  if (isFailed(state)) return 'danger'
  return state.kind === 'acknowledged' || state.kind === 'sent' ? 'ok' : 'neutral'
}

/** The reason code in words, and what the broker added; empty where there is none. */
export function reasonText(state: PublishState): string {
  if (state.kind === 'acknowledged') return state.reasonCode === null ? '' : codeText(state.reasonCode)
  if (state.kind !== 'refused') return ''
  return state.brokerReason === null ? codeText(state.reasonCode) : `${codeText(state.reasonCode)}: ${state.brokerReason}`
}

export const stateText = (state: PublishState, t: ComposerTranslation): string => t(`collections.log.state.${state.kind}`)

function codeText(code: number): string {
  return `${formatReasonCode(code)} ${reasonCodeName(code)}`
}

/** A short time: `3.1 ms`, `240 ms`, `1.2 s`. */
export function elapsedText(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
