import type { Profile } from '@shared/profile/profile'

/** The profiles under one heading. */
export interface ProfileGroup {
  /** Empty: those without a group, which have no heading. */
  readonly name: string
  readonly profiles: readonly Profile[]
}

/** Where a profile goes: before the `position`-th of the other profiles of a group. */
export interface Place {
  readonly group: string
  readonly position: number
}

const byName = new Intl.Collator(undefined, { numeric: true })

/**
 * The profiles as the page lists them: first those without a group, then the groups by name, so that moving a profile
 * never moves a group.
 */
export function groupProfiles(profiles: readonly Profile[]): ProfileGroup[] {
  const groups = new Map<string, Profile[]>()
  for (const profile of profiles) {
    const members = groups.get(profile.group)
    if (members === undefined) groups.set(profile.group, [profile])
    else members.push(profile)
  }
  return [...groups]
    .map(([name, members]) => ({ name, profiles: members }))
    .sort((a, b) => (a.name === '' ? -1 : b.name === '' ? 1 : byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)))
}

/** The names of all groups, as they are listed. */
export function groupNames(profiles: readonly Profile[]): string[] {
  return groupProfiles(profiles).flatMap(({ name }) => (name === '' ? [] : [name]))
}

/** The index among the other profiles, as `profiles.move` wants it, that brings a profile to a place. */
export function indexOf(profiles: readonly Profile[], profileId: string, { group, position }: Place): number {
  const others = profiles.filter(({ id }) => id !== profileId)
  const members = others.filter((other) => other.group === group)
  const next = members[position]
  if (next !== undefined) return others.indexOf(next)
  const last = members.at(-1)
  return last === undefined ? others.length : others.indexOf(last) + 1
}

/** One step up (-1) or down (1) as listed: within its group, then into the one beside it. Null at the ends. */
export function stepFrom(profiles: readonly Profile[], profileId: string, step: 1 | -1): Place | null {
  const groups = groupProfiles(profiles)
  const at = groups.findIndex(({ profiles: members }) => members.some(({ id }) => id === profileId))
  const group = groups[at]
  if (group === undefined) return null
  const position = group.profiles.findIndex(({ id }) => id === profileId) + step
  if (position >= 0 && position < group.profiles.length) return { group: group.name, position }
  const beside = groups[at + step]
  if (beside === undefined) return null
  return { group: beside.name, position: step === 1 ? 0 : beside.profiles.length }
}
