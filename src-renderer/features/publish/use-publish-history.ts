import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { ReceivedMessage } from '@shared/message/message'
import type { ListedPublish } from '@shared/publish/publish-history'
import { listen, request } from '../../bridge/client'

/** What was published on a connection, newest first, while `open`. */
export interface PublishHistoryUse {
  /** Null until it has come. */
  readonly entries: Readonly<Ref<readonly ListedPublish[] | null>>
  readonly error: Readonly<Ref<unknown>>
  /** @throws {AppError} `publish-forgotten` */
  read(entryId: string): Promise<ReceivedMessage>
  /** @throws {AppError} */
  clear(): Promise<void>
}

export function usePublishHistory(connectionId: Readonly<Ref<string>>, open: Readonly<Ref<boolean>>): PublishHistoryUse {
  const entries = shallowRef<readonly ListedPublish[] | null>(null)
  const error = shallowRef<unknown>(null)
  let isReading = false
  let isStale = false

  async function read(): Promise<void> {
    isStale = true
    if (isReading) return
    isReading = true
    while (isStale && open.value) {
      isStale = false
      try {
        entries.value = await request('publish-history.list', { connectionId: connectionId.value })
        error.value = null
      } catch (reason) {
        error.value = reason
      }
    }
    isReading = false
  }

  watch(
    [connectionId, open],
    ([, isOpen]) => {
      entries.value = null
      if (isOpen) void read()
    },
    { immediate: true },
  )
  onScopeDispose(listen('publish-history.changed', ({ connectionId: changed }) => changed === connectionId.value && void read()))

  return {
    entries,
    error,
    read: (entryId) => request('publish-history.read', { connectionId: connectionId.value, entryId }),
    clear: () => request('publish-history.clear', { connectionId: connectionId.value }),
  }
}
