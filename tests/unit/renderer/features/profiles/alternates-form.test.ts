import { describe, expect, it } from 'vitest'
import { MAX_ALTERNATES } from '@shared/profile/profile'
import { alternateRow, parseBrokers } from '../../../../../src-renderer/features/profiles/alternates-form'
import { draftOf, formOf, sectionOf } from '../../../../../src-renderer/features/profiles/profile-form'

/** What is wrong with a profile for a:1883 with these further brokers. */
function errorsOf(...alternates: [host: string, port: number | null][]) {
  const form = { ...formOf(null), name: 'Plant', host: 'a', port: 1883 }
  const checked = draftOf({ ...form, alternates: alternates.map(([host, port]) => alternateRow(host, port)) })
  return 'errors' in checked ? checked.errors : {}
}

describe('parseBrokers', () => {
  it.each([
    ['b.example', [{ host: 'b.example', port: null }]],
    ['b.example:1884', [{ host: 'b.example', port: 1884 }]],
    ['[::1]:1884', [{ host: '::1', port: 1884 }]],
    ['fe80::1', [{ host: 'fe80::1', port: null }]],
    ['mqtt://b.example:1884', [{ host: 'b.example', port: 1884 }]],
    ['mqtt://ada:secret@b.example', [{ host: 'b.example', port: 1883 }]],
    ['b:1, c:2\nmqtt://d', [{ host: 'b', port: 1 }, { host: 'c', port: 2 }, { host: 'd', port: 1883 }]],
    [' ', []],
  ])('%j', (text, brokers) => {
    expect(parseBrokers(text, 'mqtt')).toEqual(brokers)
  })

  it('leaves a URL of another protocol as it is', () => {
    expect(parseBrokers('mqtts://b:8883', 'mqtt')).toEqual([{ host: 'mqtts://b:8883', port: null }])
  })
})

describe('further brokers of the form', () => {
  it('become those of the profile, in their order', () => {
    const alternates = [alternateRow('b', 1), alternateRow(' c ', 2)]
    expect(draftOf({ ...formOf(null), name: 'Plant', alternates })).toMatchObject({
      draft: { alternates: [{ host: 'b', port: 1 }, { host: 'c', port: 2 }] },
    })
  })

  it('are called wrong each in its row', () => {
    expect(errorsOf(['', 1], ['b c', 1], ['mqtts://b', 1], ['b', null], ['c', 70_000])).toEqual({
      'alternates.0.host': 'profiles.errors.hostMissing',
      'alternates.1.host': 'profiles.errors.host',
      'alternates.2.host': 'profiles.errors.alternateUrl',
      'alternates.3.port': 'profiles.errors.port',
      'alternates.4.port': 'profiles.errors.port',
    })
    expect(sectionOf('alternates.0.host')).toBe('general')
  })

  it('may stand in the list once, the first broker included', () => {
    expect(errorsOf(['A', 1883], ['b', 1883], ['b', 1884], ['B ', 1883], ['[::1]', 1], ['::1', 1])).toEqual({
      'alternates.0.host': 'profiles.errors.repeatedBroker',
      'alternates.3.host': 'profiles.errors.repeatedBroker',
      'alternates.5.host': 'profiles.errors.repeatedBroker',
    })
  })

  it('are at most as many as a profile holds', () => {
    const many = Array.from({ length: MAX_ALTERNATES + 1 }, (_, index): [string, number] => ['b', index + 1])
    expect(errorsOf(...many)).toEqual({ alternates: 'profiles.errors.tooManyAlternates' })
  })
})
