import type { ComposerTranslation } from 'vue-i18n'
import type { Agreement, ProbeAnswer, ProbeDoubt } from '@shared/acl/probe'
import type { Failure } from '@shared/connection/failure'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import type { Tone } from '../../ui/tone'

/** Words a failure of a network connection: what happened, why, and what to try. */
export type FailureWords = (failure: Failure) => { readonly title: string; readonly why: string; readonly advice: string }

export const AGREEMENT_TONES = { agrees: 'ok', disagrees: 'danger', unknown: 'warn' } as const satisfies Record<Agreement, Tone>

/** Why the broker's answer is not known. */
export function doubtText(why: ProbeDoubt, t: ComposerTranslation, failureWords: FailureWords): string {
  switch (why.kind) {
    case 'not-signed-in':
    case 'observer-lost':
      return t(`acl.probe.doubt.${why.kind}`, { title: failureWords(why.failure).title })
    case 'refused':
      return t('acl.probe.doubt.refused', { code: formatReasonCode(why.reasonCode), name: reasonCodeName(why.reasonCode) })
    default:
      return t(`acl.probe.doubt.${why.kind}`)
  }
}

/** What the broker said, and how that goes with the file, in a few words. */
export function agreementText(agreement: Agreement, answer: ProbeAnswer, t: ComposerTranslation): string {
  if (answer.kind === 'unknown') return t(`acl.probe.${agreement === 'agrees' ? 'agrees' : 'unknown'}`)
  const elapsed = t('acl.probe.elapsed', { n: Math.max(1, Math.round(answer.elapsedMs)) })
  return agreement === 'agrees' ? t('acl.probe.agreesIn', { elapsed }) : t('acl.probe.disagreesIn', { elapsed, answer: t(`acl.probe.said.${answer.kind}`) })
}
