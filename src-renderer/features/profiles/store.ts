import type { HeadersChange, PasswordChange, Profile, ProfileDraft } from '@shared/profile/profile'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { listen, request } from '../../bridge/client'
import type { TextSecretName } from './secret'

const KEEP = { kind: 'keep' } as const

/** What the editor is open for: a profile there is, or a new one. */
export type Editing = { readonly kind: 'new' } | { readonly kind: 'existing'; readonly profileId: string }

/** The saved profiles, and which of them is being edited. */
export const useProfilesStore = defineStore('profiles', () => {
  const profiles = shallowRef<readonly Profile[]>([])
  const loading = ref(true)
  /** Why the profiles could not be read, or null. */
  const loadError = shallowRef<unknown>(null)
  const editing = shallowRef<Editing | null>(null)
  /** The groups that are closed. */
  const collapsed = shallowRef<ReadonlySet<string>>(new Set())

  /** Loads the profiles; also the way to try again after a failure. */
  async function load(): Promise<void> {
    loading.value = true
    try {
      profiles.value = await request('profiles.list')
      loadError.value = null
    } catch (error) {
      loadError.value = error
    } finally {
      loading.value = false
    }
  }

  /** Loads the profiles and follows their changes. */
  async function start(): Promise<void> {
    listen('profiles.changed', (list) => {
      profiles.value = list
      loadError.value = null
    })
    await load()
  }

  const find = (profileId: string) => profiles.value.find(({ id }) => id === profileId) ?? null

  /** Saves a profile, or makes one when `profileId` is null; a secret that is not named stays as it is. */
  async function save(
    profileId: string | null,
    draft: ProfileDraft,
    secrets: Partial<Record<TextSecretName, PasswordChange> & { headers: HeadersChange }>,
  ): Promise<Profile> {
    const keep = { password: KEEP, passphrase: KEEP, proxyPassword: KEEP, headers: KEEP, authenticationData: KEEP }
    const saved = await request('profiles.save', { profileId, draft, ...keep, ...secrets })
    const known = profiles.value.some(({ id }) => id === saved.id)
    profiles.value = known
      ? profiles.value.map((profile) => (profile.id === saved.id ? saved : profile))
      : [...profiles.value, saved]
    return saved
  }

  const duplicate = (profileId: string, name: string) => request('profiles.duplicate', { profileId, name })
  const remove = (profileId: string) => request('profiles.delete', { profileId })

  /** Moves a profile in the list and into a group; shown at once, taken back when main refuses. */
  async function move(profileId: string, toIndex: number, group: string): Promise<void> {
    const before = profiles.value
    const moved = find(profileId)
    if (moved === null) return
    const others = before.filter(({ id }) => id !== profileId)
    profiles.value = [...others.slice(0, toIndex), { ...moved, group }, ...others.slice(toIndex)]
    try {
      profiles.value = await request('profiles.move', { profileId, toIndex, group })
    } catch (error) {
      profiles.value = before
      throw error
    }
  }

  /** Opens or closes a group. */
  function toggleGroup(group: string): void {
    const closed = new Set(collapsed.value)
    if (!closed.delete(group)) closed.add(group)
    collapsed.value = closed
  }

  return { profiles, loading, loadError, editing, collapsed, toggleGroup, load, start, find, save, duplicate, remove, move }
})
