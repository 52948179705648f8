import type { ComposerTranslation } from 'vue-i18n'
import type { TemplateFaultReason } from '@shared/template/template-fault'
import { formatCount } from '../../ui/format'

/** Words what is wrong with a template. */
export function templateFaultText(reason: TemplateFaultReason, t: ComposerTranslation): string {
  switch (reason.kind) {
    case 'unknown-variable':
    case 'unknown-function':
      return t(`publish.template.fault.${reason.kind}`, { name: reason.name })
    case 'wrong-arguments':
      return t(`publish.template.fault.${reason.kind}`, { name: reason.name, example: EXAMPLES[reason.name] ?? '' })
    case 'unclosed':
    case 'not-understood':
      return t(`publish.template.fault.${reason.kind}`, { open: OPEN, close: CLOSE })
    case 'template-too-long':
    case 'expression-too-long':
    case 'too-many-expressions':
    case 'result-too-long':
      return t(`publish.template.fault.${reason.kind}`, { most: formatCount(reason.most) })
  }
}

const OPEN = '{{'
const CLOSE = '}}'

/** How each function is used. */
const EXAMPLES: Record<string, string> = {
  now: '{{now "iso"}}',
  uuid: '{{uuid}}',
  random: '{{random 20 30}}',
  randomInt: '{{randomInt 1 6}}',
  counter: '{{counter "name"}}',
  json: '{{json env.name}}',
}
