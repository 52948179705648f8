import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Profile } from '@shared/profile/profile'
import { profileOf } from '../../../main/support/profile-store-bench'
import { groupNames, groupProfiles, indexOf, stepFrom, type Place } from '../../../../../src-renderer/features/profiles/profile-groups'


/** `a, b@x` : a without a group, b in x. */
const list = (text: string) =>
  text.split(' ').map((word) => {
    const [id = '', group = ''] = word.split('@')
    return profileOf(id, id, { group })
  })

/** What main does with a move. */
function moved(profiles: readonly Profile[], id: string, place: Place): Profile[] {
  const rest = profiles.filter((profile) => profile.id !== id)
  rest.splice(indexOf(profiles, id, place), 0, profileOf(id, id, { group: place.group }))
  return rest
}

const shown = (profiles: readonly Profile[]) =>
  groupProfiles(profiles)
    .map(({ name, profiles: members }) => `${name}:${members.map(({ id }) => id).join('')}`)
    .join(' ')

describe('groupProfiles', () => {
  it('lists those without a group first, then the groups by name, each in the order of the profiles', () => {
    expect(shown(list('a@x b c@Line-10 d@x e@Line-2 f'))).toBe(':bf Line-2:e Line-10:c x:ad')
    expect(groupNames(list('a@x b c@y'))).toEqual(['x', 'y'])
    expect(shown(list('a@x'))).toBe('x:a')
  })
})

describe('indexOf', () => {
  it.each([
    ['a', { group: '', position: 1 }, ':ba x:cd'],
    ['a', { group: 'x', position: 0 }, ':b x:acd'],
    ['a', { group: 'x', position: 1 }, ':b x:cad'],
    ['a', { group: 'x', position: 9 }, ':b x:cda'],
    ['d', { group: '', position: 0 }, ':dab x:c'],
    ['a', { group: 'new', position: 0 }, ':b new:a x:cd'],
  ])('brings %s to %j', (id, place, expected) => {
    expect(shown(moved(list('a c@x b d@x'), id, place))).toBe(expected)
  })

  it('brings any profile to any place, and moves nobody else', () => {
    const group = fc.constantFrom('', 'x', 'y')
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 8 }), fc.nat(), group, fc.nat(8), (groups, which, target, position) => {
        const profiles = groups.map((name, index) => profileOf(String(index), String(index), { group: name }))
        const id = String(which % groups.length)
        const after = groupProfiles(moved(profiles, id, { group: target, position }))
        const members = after.find(({ name }) => name === target)?.profiles.map((profile) => profile.id) ?? []
        expect(members.indexOf(id)).toBe(Math.min(position, members.length - 1))
        const others = (all: { profiles: readonly Profile[] }[]) => all.flatMap((one) => one.profiles.map((profile) => profile.id)).filter((other) => other !== id)
        expect(others(after)).toEqual(others(groupProfiles(profiles)))
      }),
    )
  })
})

describe('stepFrom', () => {
  const profiles = list('a b c@x d@y')
  it.each([
    ['a', -1, null],
    ['a', 1, { group: '', position: 1 }],
    ['b', 1, { group: 'x', position: 0 }],
    ['c', -1, { group: '', position: 2 }],
    ['c', 1, { group: 'y', position: 0 }],
    ['d', -1, { group: 'x', position: 1 }],
    ['d', 1, null],
    ['nobody', 1, null],
  ] as const)('%s by %i goes to %j', (id, step, place) => {
    expect(stepFrom(profiles, id, step)).toEqual(place)
  })

  it('comes past every profile on the way down', () => {
    let now = list('a b c@x d@x')
    const places: string[] = []
    for (let place = stepFrom(now, 'a', 1); place !== null; place = stepFrom(now, 'a', 1)) {
      now = moved(now, 'a', place)
      places.push(shown(now))
    }
    expect(places).toEqual([':ba x:cd', ':b x:acd', ':b x:cad', ':b x:cda'])
  })
})
