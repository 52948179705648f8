import type { ComposerTranslation } from 'vue-i18n'
import type { RunFault, RunProgress } from '@shared/collections/run'
import { isolate } from '../../i18n/isolate'
import { formatCount } from '../../ui/format'
import type { Tone } from '../../ui/tone'

const TONES: Readonly<Record<RunProgress['state']['kind'], Tone>> = {
  running: 'accent',
  paused: 'neutral',
  waiting: 'warn',
  finished: 'ok',
  stopped: 'neutral',
  disconnected: 'danger',
  failed: 'danger',
}

/** What did not get through is no success. */
export function toneOf({ state, failed }: Pick<RunProgress, 'state' | 'failed'>): Tone {
  return state.kind === 'finished' && failed > 0 ? 'warn' : TONES[state.kind]
}

/** Why a message could not be made. */
export function faultText(fault: RunFault, t: ComposerTranslation): string {
  switch (fault.kind) {
    case 'topic':
      return t('collections.fault.topic', { topic: isolate(fault.topic) })
    case 'payload':
      return t('collections.fault.payload', { reason: fault.reason })
    case 'template':
      return fault.fault === 'unknown-variable' || fault.fault === 'unknown-function'
        ? t('collections.fault.unknown', { part: t(`collections.fault.${fault.part}Part`), name: isolate(fault.name) })
        : t('collections.fault.template', { part: t(`collections.fault.${fault.part}Part`), fault: fault.fault.replaceAll('-', ' ') })
  }
}

/** What a run waits for, or why it ended, where there is more to say than its state. */
export function runNote({ state, missedTicks, intervalMs }: RunProgress, t: ComposerTranslation): string | null {
  switch (state.kind) {
    case 'waiting':
      return t(`collections.run.waitingFor.${state.for}`)
    case 'disconnected':
      return t('collections.run.disconnectedText')
    case 'failed': {
      const message = isolate(state.message)
      const where = state.row === null ? message : t('collections.run.inRow', { message, row: formatCount(state.row) })
      return `${where}: ${faultText(state.fault, t)}`
    }
    default:
      return missedTicks > 0
        ? t('collections.run.missed', { n: formatCount(missedTicks), interval: formatCount(intervalMs ?? 0) }, missedTicks)
        : null
  }
}
