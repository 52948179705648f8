import { computed, shallowRef, watch, type Ref } from 'vue'
import type { ComposerTranslation } from 'vue-i18n'
import type { KeptAsBytes } from '@shared/payload/editable'
import type { ErrorText } from '../../i18n/error-text'
import type { Tone } from '../../ui/tone'
import { payloadFaultText } from '../../mqtt/payload-fault-text'
import type { Draft } from './draft'
import { waitingOf, type PublishDesk } from './publish-store'
import { publishStateText, type ResultText } from './result-text'
import type { RefusedFormat } from './use-publish-desk'
import type { WrittenPayload } from './use-written-message'

/** What the line under the payload says. */
export interface PublishLine {
  readonly tone: Tone
  readonly title: string
  readonly busy?: boolean
  /** Messages that wait and can be taken back. */
  readonly waiting?: number
}

interface Parts {
  readonly desk: Readonly<Ref<PublishDesk>>
  readonly draft: Readonly<Ref<Draft>>
  readonly payload: Readonly<Ref<WrittenPayload>>
  readonly refusedFormat: Readonly<Ref<RefusedFormat | null>>
  readonly keptAsBytes: Readonly<Ref<KeptAsBytes | null>>
  readonly isOnline: Readonly<Ref<boolean>>
  readonly t: ComposerTranslation
  readonly errorText: (error: unknown) => ErrorText
}

/** Chooses what to say: a fault in what is written comes before the result of what was sent. */
export function usePublishLine(parts: Parts): {
  line: Readonly<Ref<PublishLine | null>>
  /** What is wrong in the payload, and where; null when there is no place to point at. */
  problem: Readonly<Ref<{ readonly offset: number; readonly message: string } | null>>
  /** A result that needs more than a line. */
  trouble: Readonly<Ref<{ tone: Tone; title: string; text: string } | null>>
  dismissTrouble: () => void
} {
  const { desk, draft, payload, refusedFormat, keptAsBytes, isOnline, t, errorText } = parts
  const dismissed = shallowRef(false)
  watch(
    () => desk.value.outcome,
    () => (dismissed.value = false),
  )

  const fault = computed(() => (payload.value.kind === 'fault' ? payload.value.fault : null))

  const result = computed<ResultText | null>(() => {
    const { outcome } = desk.value
    switch (outcome?.kind) {
      case undefined:
        return null
      case 'error':
        return { tone: 'danger', ...errorText(outcome.error) }
      case 'cancelled':
        return {
          tone: 'neutral',
          title: t('publish.result.cancelled', { n: outcome.count }, outcome.count),
          text: null,
        }
      case 'state': {
        const text = publishStateText(outcome.state, isOnline.value, t)
        if (!outcome.clears || text.tone !== 'ok') return text
        return { ...text, title: t('publish.result.clearedNote', { result: text.title }) }
      }
    }
  })

  const line = computed<PublishLine | null>(() => {
    const refused = refusedFormat.value
    if (refused !== null) {
      const what = payloadFaultText(refused.fault, draft.value.text, t).text
      const cannot = t('mqtt.cannotConvert', { format: t(`mqtt.format.${refused.format}`) })
      return { tone: 'warn', title: `${cannot}. ${what}` }
    }
    if (fault.value !== null) return { tone: 'danger', title: fault.value.text }
    if (desk.value.sending) return { tone: 'neutral', title: t('publish.result.sending'), busy: true }
    const waiting = waitingOf(desk.value).length
    if (waiting > 1 && !isOnline.value) return { tone: 'warn', title: t('publish.result.queuedMany', { n: waiting }), waiting }
    if (result.value !== null) {
      const { outcome } = desk.value
      const busy = isOnline.value && outcome?.kind === 'state' && outcome.state.kind === 'in-flight'
      return { tone: result.value.tone, title: result.value.title, busy, waiting }
    }
    if (keptAsBytes.value !== null) {
      const kept = keptAsBytes.value
      const format = kept.kind === 'compressed' ? '' : t(`mqtt.readable.${kept.format}`)
      return { tone: 'neutral', title: t(`publish.keptAsBytes.${kept.kind}`, { format }) }
    }
    if (isOnline.value) return null
    const isKept = draft.value.qos > 0 || desk.value.keepTrying
    return { tone: 'neutral', title: isKept ? t('publish.result.offline') : t('publish.result.offlineUnkept') }
  })

  return {
    line,
    problem: computed(() => {
      const now = fault.value
      return now === null || now.offset === null ? null : { offset: now.offset, message: now.text }
    }),
    trouble: computed(() => {
      const now = result.value
      return now === null || now.text === null || dismissed.value
        ? null
        : { tone: now.tone, title: now.title, text: now.text }
    }),
    dismissTrouble: () => (dismissed.value = true),
  }
}
