import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter, topicFilterFault, topicNameFault } from '@shared/mqtt/topic'
import { topicFilterSchema } from '@shared/mqtt/topic-schema'

function matches(filter: string, topic: string): boolean {
  return matchesFilter(compileFilter(filter), topic.split('/'))
}

/** Section 4.7 again, written another way: a regular expression a filter. */
function modelMatches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false
  const quoted = filter.replace(/[.*?^${}()|[\]\\]/g, '\\$&')
  const pattern = quoted
    .replace(/(^|\/)\+(?=\/|$)/g, '$1[^/]*')
    .replace(/(^|\/)\+(?=\/|$)/g, '$1[^/]*')
    .replace(/^#$/, '[^]*')
    .replace(/\/#$/, '(/[^]*)?')
  return new RegExp(`^${pattern}$`).test(topic)
}

describe('topicFilterFault', () => {
  it.each([
    ...['#', '+', '/', '/+', '+/+', '+/', '+/tennis/#', 'sport/+/player1', 'sport/tennis/#', 'a//b', '/a', 'a/', '//#'],
    ...['$SYS/#', '$share/group/#', '$share/group/a/+/b', '$share/group//', '$share/group/$SYS/#', '$shared/a', 'x/$share'],
  ])('accepts %j', (filter) => {
    expect(topicFilterFault(filter)).toBeNull()
  })

  it.each([
    ['', 'empty'],
    ['a\0', 'nul'],
    ['\uDC00/#', 'ill-formed'],
    ['sport/tennis#', 'hash-not-alone'],
    ['sport/tennis/#/ranking', 'hash-not-last'],
    ['#/', 'hash-not-last'],
    ['##', 'hash-not-alone'],
    ['+#', 'plus-not-alone'],
    ['#+', 'plus-not-alone'],
    ['sport+', 'plus-not-alone'],
    ['sport/++', 'plus-not-alone'],
    ['$share', 'share-name'],
    ['$share/', 'share-name'],
    ['$share/group', 'share-name'],
    ['$share/group/', 'share-name'],
    ['$share//a', 'share-name'],
    ['$share/+/a', 'share-name'],
    ['$share/gro#up/a', 'share-name'],
    ['$share/group/a#', 'hash-not-alone'],
    ['€'.repeat(21_846), 'too-long'],
  ])('refuses %j: %s', (filter, fault) => {
    expect(topicFilterFault(filter)).toBe(fault)
  })

  it('judges anything without throwing, and its schema says the same', () => {
    const pieces = fc.constantFrom('#', '+', '/', 'a', '$share', '$SYS', '\0', '\uD800', 'é')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const filter = parts.join('')
        const fault = topicFilterFault(filter)
        const parsed = topicFilterSchema.safeParse(filter)
        expect(parsed.error?.issues[0]?.message).toBe(fault ?? undefined)
      }),
      { numRuns: 1_000 },
    )
  })

  it('accepts every topic name that is not a shared subscription', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (topic) => {
        fc.pre(topicNameFault(topic) === null && topic.split('/')[0] !== '$share')
        expect(topicFilterFault(topic)).toBeNull()
        expect(matches(topic, topic)).toBe(true)
      }),
    )
  })
})

describe('matchesFilter', () => {
  // The examples of MQTT 5.0, section 4.7, in its order.
  it.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/ranking', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/tennis/player1/#', 'sport/tennis/player10', false],
    ['sport/#', 'sport', true],
    ['#', 'any/thing/at//all/', true],
    ['sport/tennis/+', 'sport/tennis/player1', true],
    ['sport/tennis/+', 'sport/tennis/player2', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', '$SYS/broker/uptime', false],
    ['+/monitor/Clients', '$SYS/monitor/Clients', false],
    ['+/#', '$SYS/monitor', false],
    ['$SYS/#', '$SYS/broker/uptime', true],
    ['$SYS/#', '$SYS', true],
    ['$SYS/monitor/+', '$SYS/monitor/Clients', true],
    ['ACCOUNTS', 'Accounts', false],
    ['Accounts payable', 'Accounts payable', true],
    // Level separators make topics distinct.
    ['/finance', 'finance', false],
    ['a', 'a/', false],
    ['a/', 'a', false],
    ['a//b', 'a/b', false],
    ['a//b', 'a//b', true],
    ['a/+/b', 'a//b', true],
    ['a/+', 'a//', false],
    ['+/+', '/', true],
    ['+', '', true],
    ['/#', '/', true],
    ['/#', '/a', true],
    ['/#', 'a', false],
    ['a/$b/+', 'a/$b/c', true],
    ['a/+', 'a/$b', true],
  ])('%j and %j: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected)
    expect(modelMatches(filter, topic)).toBe(expected)
  })

  it.each([
    ['$share/group/a/#', 'a/b', true],
    ['$share/group/a/#', '$share/group/a/b', false],
    ['$share/group/#', '$SYS/a', false],
    ['$share/group/$SYS/#', '$SYS/a', true],
    ['$share/group//a', '/a', true],
  ])('a shared subscription %j and %j: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected)
  })

  it('agrees with an independent model', () => {
    const names = ['a', 'b', '', '$SYS', '.', '$']
    const levels = (more: string[]) => fc.array(fc.constantFrom(...names, ...more), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(levels(['+', '+', '#']), levels([]), (filterLevels, topicLevels) => {
        const filter = filterLevels.join('/')
        fc.pre(topicFilterFault(filter) === null)
        const topic = topicLevels.join('/')
        expect(matches(filter, topic)).toBe(modelMatches(filter, topic))
      }),
      { numRuns: 5_000 },
    )
  })

  it('lets a filter made from a topic match it', () => {
    const topics = fc.array(fc.constantFrom('a', 'b', '', '$x'), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(topics, fc.nat(), fc.boolean(), (levels, at, multiLevel) => {
        const place = at % levels.length
        fc.pre(!(place === 0 && levels[0]?.startsWith('$')))
        const filter = multiLevel ? [...levels.slice(0, place), '#'] : levels.map((level, index) => (index === place ? '+' : level))
        expect(matchesFilter(filter, levels)).toBe(true)
      }),
    )
  })
})
