import type { Handlers } from '../ipc/handlers'
import type { ProfileStore } from './profile-store'

type ProfileHandlers = Pick<
  Handlers,
  'profiles.list' | 'profiles.save' | 'profiles.duplicate' | 'profiles.delete' | 'profiles.move'
>

export function profileHandlers(profiles: ProfileStore): ProfileHandlers {
  return {
    'profiles.list': () => profiles.list(),
    'profiles.save': ({ profileId, draft, password, passphrase }) =>
      profiles.save(profileId, draft, { password, passphrase }),
    'profiles.duplicate': ({ profileId, name }) => profiles.duplicate(profileId, name),
    'profiles.delete': ({ profileId }) => {
      profiles.delete(profileId)
    },
    'profiles.move': ({ profileId, toIndex, group }) => profiles.move(profileId, toIndex, group),
  }
}
