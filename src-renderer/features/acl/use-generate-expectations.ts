import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Connection } from '@shared/connection/connection'
import { formatCount } from '../../ui/format'
import { useToasts } from '../../ui/toasts'
import { useAclStore } from './acl-store'
import { MAX_GENERATED, useExpectationsStore } from './expectations-store'
import { topicsOfFile } from './file-topics'
import { useMatrixStore } from './matrix-store'
import { useSeenTopics } from './use-seen-topics'

/** Writes down what the file decides at present, for the clients and topics of the matrix, and tells how much that was. */
export function useGenerateExpectations(connection: Readonly<Ref<Connection | null>>) {
  const { t } = useI18n()
  const { show } = useToasts()
  const acl = useAclStore()
  const store = useExpectationsStore()
  const matrix = useMatrixStore()
  const seen = useSeenTopics(connection, computed(() => ''))

  return function generate(): void {
    const known = [...new Set([...(seen.found.value?.topics ?? []), ...matrix.typedTopics])]
    const topics = known.length > 0 ? known : topicsOfFile(acl.document, MAX_GENERATED)
    const users = [...new Set(matrix.clients.map(({ username }) => username))]
    const { added, left } = store.generate(users, topics)
    const what = {
      users: t('acl.expect.generated.users', { n: formatCount(users.length) }, users.length),
      topics: t('acl.expect.generated.topics', { n: formatCount(topics.length) }, topics.length),
      n: formatCount(left),
    }
    const text = left > 0 ? t('acl.expect.generated.left', what) : t(known.length > 0 ? 'acl.expect.generated.all' : 'acl.expect.generated.fromFile', what)
    show({ tone: left > 0 ? 'warn' : 'ok', title: t('acl.expect.generated.title', { n: formatCount(added) }, added), text })
  }
}
