import type { Profile } from '@shared/profile/profile'
import type { CopiedMessage } from '@shared/transfer/mosquitto-copy'
import { computed, type ComputedRef } from 'vue'
import { useConnectionsStore } from '../features/connections/store'
import { useProfilesStore } from '../features/profiles/store'
import { activeTab } from '../features/publish/publish-tab'
import { usePublishStore } from '../features/publish/publish-store'
import { useTransferStore } from '../features/transfer/store'

/** What is to be copied as a command: a profile, or an open tab with its present subscriptions and the message being written. */
export function useCommandTarget(): {
  profile: ComputedRef<Profile | null>
  message: ComputedRef<CopiedMessage | null>
} {
  const transfer = useTransferStore()
  const profiles = useProfilesStore()
  const connections = useConnectionsStore()
  const publish = usePublishStore()

  const target = computed(() => (transfer.dialog?.kind === 'command' ? transfer.dialog : null))

  const profile = computed(() => {
    const saved = target.value === null ? null : profiles.find(target.value.profileId)
    const tab = connections.connections.find(({ id }) => id === target.value?.connectionId)
    if (saved === null || tab === undefined) return saved
    return { ...saved, subscriptions: tab.subscriptions.map(({ state: _state, ...subscription }) => subscription) }
  })

  const message = computed<CopiedMessage | null>(() => {
    const connectionId = target.value?.connectionId ?? null
    if (connectionId === null) return null
    const { topic, format, encoding, file, text, sealed, qos, retain } = activeTab(publish.deskOf(connectionId).row).draft
    const isText = !sealed && encoding === null && file === null && (format === 'json' || format === 'text')
    return topic === '' || !isText ? null : { topic, payload: text, qos, retain }
  })

  return { profile, message }
}
