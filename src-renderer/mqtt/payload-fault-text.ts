import type { ComposerTranslation } from 'vue-i18n'
import type { FormatFault } from './payload-text'
import { jsonProblem, placeOf } from './json-text'

/** How a fault in a payload reads, and the place in the text to look at. */
export interface FaultText {
  readonly text: string
  /** In UTF-16 units from the start; null when the fault is no single place. */
  readonly offset: number | null
}

/** Words what is wrong with `text`. */
export function payloadFaultText(fault: FormatFault, text: string, t: ComposerTranslation): FaultText {
  const at = (offset: number, what: string): FaultText => ({
    text: t('mqtt.payloadFault.place', { ...placeOf(text, offset), what }),
    offset,
  })
  switch (fault.kind) {
    case 'invalid-json': {
      const problem = jsonProblem(text)
      if (problem === null) return { text: t('mqtt.payloadFault.json', { what: '' }), offset: null }
      return at(problem.offset, t(`mqtt.jsonProblem.${problem.problem}`, { brace: '}' }))
    }
    case 'invalid-hex': {
      const character = String.fromCodePoint(text.codePointAt(fault.position) ?? 0)
      return at(fault.position, t('mqtt.payloadFault.invalid-hex', { character }))
    }
    default:
      return { text: t(`mqtt.payloadFault.${fault.kind}`), offset: null }
  }
}
