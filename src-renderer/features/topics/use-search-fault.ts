import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { parseSearch } from '@shared/search/parse-search'
import { searchFaultText, type SearchFaultText } from '../../mqtt/search-fault-text'

/** What is wrong with a search text, as it is typed; null when nothing is. */
export function useSearchFault(searched: Readonly<Ref<string>>): ComputedRef<SearchFaultText | null> {
  const { t } = useI18n()
  return computed(() => {
    const parsed = parseSearch(searched.value)
    return parsed.ok ? null : searchFaultText(parsed.fault, t)
  })
}
