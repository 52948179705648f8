import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseSearch } from '@shared/search/parse-search'
import type { SearchFault } from '@shared/search/search-fault'

/** What is wrong with the text of the search box, in words. */
export interface FaultText {
  readonly text: string
  /** Nothing is wrong yet: something is still to be written. */
  readonly isUnfinished: boolean
}

/** What is wrong with a search text, as it is typed; null when nothing is. */
export function useSearchFault(searched: Readonly<Ref<string>>): ComputedRef<FaultText | null> {
  const { t } = useI18n()

  function words(fault: SearchFault): string {
    switch (fault.code) {
      case 'topic-filter':
        return `${t(`filterFault.${fault.fault}`)} ${t('topics.filter.fault.quote')}`
      case 'regex':
        return t('topics.filter.fault.regex', { detail: fault.detail })
      case 'no-value':
        return t(`topics.filter.fault.usage.${fault.operator}`)
      case 'sign':
      case 'value':
        return `${t(`topics.filter.fault.usage.${fault.operator}`)} ${t('topics.filter.fault.quote')}`
      case 'too-long':
      case 'too-many-terms':
      case 'regex-too-long':
      case 'regex-too-big':
        return t(`topics.filter.fault.${fault.code}`)
    }
  }

  return computed(() => {
    const parsed = parseSearch(searched.value)
    return parsed.ok ? null : { text: words(parsed.fault), isUnfinished: parsed.fault.code === 'no-value' }
  })
}
