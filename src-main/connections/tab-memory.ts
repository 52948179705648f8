import { AppError } from '@shared/ipc/app-error'
import type { Session } from '../settings/settings-store'
import type { ConnectionRegistry } from './connection-registry'

/** Where the open tabs are remembered. */
interface SessionMemory {
  readonly session: Session
  rememberSession(session: Session): void
}

/** Remembers the open tabs of saved profiles, and which is in front. */
export function rememberTabs(registry: ConnectionRegistry, memory: SessionMemory): void {
  const tabs = registry.list().flatMap(({ id, source }) => (source.kind === 'profile' ? [{ id, ...source }] : []))
  memory.rememberSession({
    profileIds: tabs.map(({ profileId }) => profileId),
    selectedProfileId: tabs.find(({ id }) => id === registry.selectedId)?.profileId ?? null,
  })
}

/** Opens the tabs of last time, offline: connecting is left to the user. A tab whose profile is gone stays away. */
export function reopenTabs(registry: ConnectionRegistry, memory: SessionMemory): void {
  const { profileIds, selectedProfileId } = memory.session
  for (const profileId of profileIds) {
    try {
      const { id } = registry.openProfile(profileId)
      if (profileId === selectedProfileId) registry.select(id)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
}
