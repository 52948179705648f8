import { watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useErrorText } from '../../i18n/error-text'
import { isolate } from '../../i18n/isolate'
import { useToasts } from '../../ui/toasts'
import type { Tone } from '../../ui/tone'
import type { PublishDesk, PublishOutcome } from './publish-store'
import { publishStateText } from './result-text'

/** Says what became of clearing a retained message, which is asked for far from this panel. */
export function useClearToast(connectionId: Readonly<Ref<string>>, desk: Readonly<Ref<PublishDesk>>): void {
  const { t } = useI18n({ useScope: 'global' })
  const errorText = useErrorText()
  const toasts = useToasts()

  function failed(topic: string, tone: Tone, title: string, text: string | null): void {
    // The topic last: it may be long, and what does not fit is cut.
    const lines = [title, text, isolate(topic)].filter((line) => line !== null)
    toasts.show({ tone, title: t('publish.result.clearFailed'), text: lines.join('\n') })
  }

  function tell(outcome: PublishOutcome): void {
    if (outcome.kind === 'error' && outcome.clearing !== null) {
      const { title, text } = errorText(outcome.error)
      failed(outcome.clearing, 'danger', title, text)
    }
    if (outcome.kind !== 'state' || !outcome.clears) return
    const text = isolate(outcome.topic)
    switch (outcome.state.kind) {
      case 'in-flight':
      case 'interrupted':
      case 'dropped':
        return
      case 'sent':
      case 'acknowledged':
        toasts.show({ tone: 'ok', title: t('publish.result.clearedToast'), text })
        return
      case 'queued':
        toasts.show({ tone: 'warn', title: t('publish.result.clearWaits'), text })
        return
      case 'refused':
      case 'unconfirmed':
      case 'not-sent': {
        const result = publishStateText(outcome.state, false, t)
        failed(outcome.topic, result.tone, result.title, result.text)
      }
    }
  }

  watch([() => desk.value.outcome, connectionId], ([outcome, id], [, idBefore]) => {
    // What the panel of another tab is shown with is no news.
    if (id === idBefore && outcome !== null) tell(outcome)
  })
}
