import { useI18n } from 'vue-i18n'
import type { PatternClient } from '@shared/acl/pattern'
import { isolate } from '../../i18n/isolate'

/** What clients are called in a list. */
export function useClientNames() {
  const { t } = useI18n()
  const user = ({ username }: PatternClient): string => (username === null || username === '' ? t('acl.anonymous') : isolate(username))
  return {
    user,
    /** For a narrow column; the whole of it in `title`. */
    of(client: PatternClient): { label: string; title: string } {
      const title = client.clientId === '' ? user(client) : t('acl.cells.client', { user: user(client), id: isolate(client.clientId) })
      return { label: user(client), title }
    },
  }
}
