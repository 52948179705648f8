import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter, topicFilterFault } from '@shared/mqtt/topic'
import { FilterMatcher } from '../../../../../src-main/engine/search/filter-matcher'

function matches(filter: string, topic: string): boolean {
  const bytes = Buffer.from(`a/${topic}/b`)
  return new FilterMatcher(filter).matches(bytes, 2, bytes.length - 2)
}

describe('FilterMatcher', () => {
  it.each([
    ['a/#', 'a', true],
    ['a/#', 'ab', false],
    ['a/#', 'a/', true],
    ['+', '', true],
    ['/+', '/', true],
    ['+/+', '/', true],
    ['a/+/c', 'a//c', true],
    ['a/+', 'a', false],
    ['a/b', 'a/b/c', false],
    ['a/b/c', 'a/b', false],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['$SYS/#', '$SYS/x', true],
    ['a/+', 'a/$b', true],
    ['$share/crew/a/+', 'a/b', true],
    ['é/+', 'é/ü', true],
  ])('%j matches %j: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected)
  })

  it('says the same as the levels do', () => {
    const level = fc.constantFrom('', 'a', 'ab', 'é', '$', '$a')
    const filters = fc.array(fc.oneof(level, fc.constantFrom('+', '#')), { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'))
    const topics = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'))
    fc.assert(
      fc.property(filters, topics, (filter, topic) => {
        fc.pre(topicFilterFault(filter) === null)
        expect(matches(filter, topic)).toBe(matchesFilter(compileFilter(filter), topic.split('/')))
      }),
      { numRuns: 5_000 },
    )
  })
})
