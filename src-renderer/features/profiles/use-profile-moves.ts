import type { Profile } from '@shared/profile/profile'
import { computed, nextTick, ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { isolate } from '../../i18n/isolate'
import { useReport } from '../../i18n/report'
import { gapAt, useRowDrag, type RowDrag } from '../../ui/use-row-drag'
import { groupProfiles, indexOf, stepFrom, type Place } from './profile-groups'
import { useProfilesStore } from './store'

/** What stands in the list, one below the other. */
type Slot = { readonly kind: 'heading'; readonly group: string } | { readonly kind: 'row'; readonly profile: Profile }

export interface ProfileMoves {
  readonly drag: RowDrag<string, number>
  /** The line that shows where the dragged row falls: before or after which slot. */
  readonly mark: ComputedRef<{ readonly key: string; readonly side: 'before' | 'after' } | null>
  /** What to say of the last move. */
  readonly announcement: Ref<string>
  readonly canStep: (profile: Profile, step: 1 | -1) => boolean
  readonly step: (profile: Profile, step: 1 | -1) => void
  readonly moveToGroup: (profile: Profile, group: string) => Promise<void>
}

const keyOf = (slot: Slot): string => (slot.kind === 'row' ? slot.profile.id : `group ${slot.group}`)

/** Moving profiles in the list and between its groups: by drag, key and menu. */
export function useProfileMoves(list: Readonly<Ref<HTMLElement | null>>): ProfileMoves {
  const { t } = useI18n({ useScope: 'global' })
  const report = useReport()
  const store = useProfilesStore()
  const announcement = ref('')

  const slots = computed<Slot[]>(() =>
    groupProfiles(store.profiles).flatMap(({ name, profiles }): Slot[] => [
      ...(name === '' ? [] : [{ kind: 'heading' as const, group: name }]),
      ...(store.collapsed.has(name) ? [] : profiles.map((profile) => ({ kind: 'row' as const, profile }))),
    ]),
  )

  async function move(profile: Profile, place: Place): Promise<void> {
    if (store.collapsed.has(place.group)) store.toggleGroup(place.group)
    try {
      await store.move(profile.id, indexOf(store.profiles, profile.id, place), place.group)
    } catch (error) {
      report(error)
      return
    }
    const members = store.profiles.filter(({ group }) => group === place.group)
    announcement.value = t(place.group === '' ? 'profiles.moved' : 'profiles.movedInGroup', {
      name: isolate(profile.name),
      group: isolate(place.group),
      place: members.findIndex(({ id }) => id === profile.id) + 1,
      n: members.length,
    })
    await nextTick()
    list.value?.querySelector<HTMLElement>(`[data-profile="${profile.id}"] .grip`)?.focus()
  }

  /** A gap belongs to the group of what stands above it. */
  function drop(profileId: string, gap: number): void {
    const profile = store.find(profileId)
    const above = slots.value[gap - 1]
    if (profile === null) return
    const group = above === undefined ? '' : above.kind === 'heading' ? above.group : above.profile.group
    const before = slots.value
      .slice(0, gap)
      .filter((slot) => slot.kind === 'row' && slot.profile.group === group && slot.profile.id !== profileId)
    // Below the heading of a closed group stand rows that are not seen.
    void move(profile, { group, position: before.length })
  }

  const drag = useRowDrag(list, gapAt, drop)
  const mark = computed(() => {
    const { value: gap } = drag.target
    if (gap === null) return null
    const above = slots.value[gap - 1]
    if (above !== undefined) return { key: keyOf(above), side: 'after' as const }
    const first = slots.value[0]
    return first === undefined ? null : { key: keyOf(first), side: 'before' as const }
  })

  return {
    drag,
    mark,
    announcement,
    canStep: (profile, step) => stepFrom(store.profiles, profile.id, step) !== null,
    step(profile, step) {
      const place = stepFrom(store.profiles, profile.id, step)
      if (place !== null) void move(profile, place)
    },
    moveToGroup: (profile, group) => move(profile, { group, position: store.profiles.length }),
  }
}
