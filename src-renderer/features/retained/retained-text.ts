import type { ComposerTranslation } from 'vue-i18n'
import type { Failure } from '@shared/connection/failure'
import { formatReasonCode, reasonCodeName } from '@shared/mqtt/reason-code'
import type { RetainedOutcome, RetainedRemark, RetainedRow, RetainedTask } from '@shared/retained/retained'
import { isolate } from '../../i18n/isolate'
import { propertyValue } from '../../mqtt/property-value'
import { formatCount } from '../../ui/format'
import type { Tone } from '../../ui/tone'

/** A notice in words. */
export interface Notice {
  readonly tone: Extract<Tone, 'ok' | 'info' | 'warn' | 'danger'>
  readonly title: string
  readonly text: string
}

/** Words a failure of a network connection: what happened, why, and what to try. */
export type FailureWords = (failure: Failure) => { readonly title: string; readonly why: string; readonly advice: string }

const counted = (t: ComposerTranslation, key: string, n: number): string[] => (n === 0 ? [] : [t(key, { n: formatCount(n) }, n)])
const codeAndName = (code: number) => ({ code: formatReasonCode(code), name: reasonCodeName(code) })

/** What is being done. */
export function taskText({ kind, done, total }: RetainedTask, t: ComposerTranslation): string {
  return t(`retained.task.${kind}`, { done: formatCount(done), total: formatCount(total) })
}

/** What the broker does not let us subscribe to. */
export function refusalText(filter: string, reasonCode: number, t: ComposerTranslation): Notice {
  const why = t(reasonCode === 0x80 ? 'retained.refused.unsaid' : 'retained.refused.said', codeAndName(reasonCode))
  return { tone: 'danger', title: t('retained.refused.title', { filter: isolate(filter) }), text: `${why} ${t('retained.refused.advice')}` }
}

/** What came of what was done last. */
export function outcomeText(outcome: RetainedOutcome, t: ComposerTranslation, failureWords: FailureWords): Notice {
  if (outcome.kind === 'not-asked') {
    const { title, why, advice } = failureWords(outcome.failure)
    return { tone: 'danger', title: t('retained.notAsked', { title }), text: `${why} ${advice}` }
  }
  const { total, cancelled, failure, verified, refused, newer } = outcome
  const done = outcome.kind === 'deleted' ? outcome.gone : outcome.restored
  const own =
    outcome.kind === 'deleted'
      ? [...counted(t, 'retained.deleted.kept', outcome.kept), ...counted(t, 'retained.deleted.newer', newer), ...counted(t, verified ? 'retained.deleted.changed' : 'retained.deleted.changedUnlisted', outcome.changed)]
      : [
          ...counted(t, 'retained.restored.newer', newer),
          ...counted(t, 'retained.restored.expired', outcome.expired),
          ...counted(t, 'retained.restored.missing', outcome.missing),
        ]
  const lines = [
    ...(failure === null ? [] : [t('retained.lost', { title: failureWords(failure).title })]),
    ...counted(t, `retained.${outcome.kind}.refused`, refused),
    ...own,
    t(verified ? `retained.${outcome.kind}.verified` : 'retained.unverified'),
  ]
  const counts = { n: formatCount(done), total: formatCount(total) }
  const words = cancelled ? 'cancelled' : done === total ? 'all' : 'some'
  const isGood = done === total && verified
  const tone = failure !== null || refused > 0 ? 'danger' : isGood ? 'ok' : 'warn'
  return { tone, title: t(`retained.${outcome.kind}.${words}`, counts, total), text: lines.join('\n') }
}

/** Why a message that was to be deleted is there still. */
export function remarkText(remark: RetainedRemark, t: ComposerTranslation): string {
  return remark.kind === 'refused' ? t('retained.remark.refused', codeAndName(remark.reasonCode)) : t(`retained.remark.${remark.kind}`)
}

/** MQTT 5.0 properties on one line. */
export function propertiesText({ properties }: Pick<RetainedRow, 'properties'>): string {
  return properties.map((property) => `${property.name}: ${propertyValue(property)}`).join(' · ')
}
