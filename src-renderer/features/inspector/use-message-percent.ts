import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { DEFAULT_SETTINGS } from '@shared/settings/settings'
import { request } from '../../bridge/client'

const SAVE_DELAY_MS = 400

/** The share of the pane that the message has beside its history, kept in the settings; null until it was read. */
export function useMessagePercent(): ShallowRef<number | null> {
  const percent = shallowRef<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  request('settings.read')
    .then(({ layout }) => (percent.value = 100 - layout.historyPercent))
    .catch(() => (percent.value = 100 - DEFAULT_SETTINGS.layout.historyPercent))

  watch(percent, (now, before) => {
    if (now === null || before === null) return
    clearTimeout(timer)
    // A size that could not be saved is no reason to disturb anybody.
    timer = setTimeout(() => {
      request('settings.update', { layout: { historyPercent: 100 - now } }).catch(() => undefined)
    }, SAVE_DELAY_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return percent
}
