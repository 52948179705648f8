import type { Handlers } from '../ipc/handlers'
import { headerSecretChange } from './header-values'
import type { ProfileStore } from './profile-store'

type ProfileHandlers = Pick<
  Handlers,
  'profiles.list' | 'profiles.save' | 'profiles.duplicate' | 'profiles.delete' | 'profiles.move'
>

/** `deleted` is told when a profile is gone. */
export function profileHandlers(profiles: ProfileStore, deleted: (profileId: string) => void): ProfileHandlers {
  return {
    'profiles.list': () => profiles.list(),
    'profiles.save': async ({ profileId, draft, headers, ...secrets }) => {
      // Only where a stored value is wanted: with the keyring gone there must be a way to new ones.
      const wantsStored = headers.kind === 'set' && headers.values.some(({ value }) => value === null)
      const stored = profileId !== null && wantsStored ? await profiles.headersOf(profileId) : []
      return profiles.save(profileId, draft, { ...secrets, headers: headerSecretChange(headers, stored) })
    },
    'profiles.duplicate': ({ profileId, name }) => profiles.duplicate(profileId, name),
    'profiles.delete': ({ profileId }) => {
      profiles.delete(profileId)
      deleted(profileId)
    },
    'profiles.move': ({ profileId, toIndex, group }) => profiles.move(profileId, toIndex, group),
  }
}
