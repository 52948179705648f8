import type { ComposerTranslation } from 'vue-i18n'
import type { SearchFault } from '@shared/search/search-fault'

/** What is wrong with the text of a search, or of a filter, in words. */
export interface SearchFaultText {
  readonly text: string
  /** Nothing is wrong yet: something is still to be written. */
  readonly isUnfinished: boolean
}

export function searchFaultText(fault: SearchFault, t: ComposerTranslation): SearchFaultText {
  return { text: words(fault, t), isUnfinished: fault.code === 'no-value' || fault.code === 'half-comparison' }
}

function words(fault: SearchFault, t: ComposerTranslation): string {
  switch (fault.code) {
    case 'topic-filter':
      return `${t(`filterFault.${fault.fault}`)} ${t('searchFault.quote')}`
    case 'regex':
      return t('searchFault.regex', { detail: fault.detail })
    case 'no-value':
      return t(`searchFault.usage.${fault.operator}`)
    case 'half-comparison':
      return t('searchFault.half-comparison', { text: fault.text.trim(), field: fault.field })
    case 'sign':
    case 'value':
      return `${t(`searchFault.usage.${fault.operator}`)} ${t('searchFault.quote')}`
    case 'of-topics':
      return `${t('searchFault.of-topics', { operator: fault.operator })} ${t('searchFault.quote')}`
    case 'too-long':
    case 'too-many-terms':
    case 'regex-too-long':
    case 'regex-too-big':
      return t(`searchFault.${fault.code}`)
  }
}
