import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partOf, reachOf, type FilterReach } from '@shared/acl/filter-reach'
import { readPolicy } from '@shared/acl/policy-document'
import { brokerVersionSchema, type BrokerVersion } from '@shared/acl/question'
import { matchesFilter } from '@shared/mqtt/topic'
import { aclClients, aclTexts, filters, topics } from './acl-arbitraries'

function reach(text: string, filter: string, username: string | null, version: BrokerVersion = '2.0', clientId = 'c'): FilterReach {
  return reachOf(filter, readPolicy(text, version).policy.ordered({ username, clientId }, 'read'))
}

const shown = ({ parts }: FilterReach): unknown[] =>
  parts.map(({ filter, decision: { allowed, cause } }) => [filter, allowed, cause.kind === 'line' ? cause.line : cause.kind])

describe('reachOf', () => {
  it('takes a filter apart by the lines that decide, denies first', () => {
    const text = 'user u\ntopic read sensors/#\ntopic deny sensors/secret/#\ntopic write sensors/+/set'
    expect(shown(reach(text, 'sensors/#', 'u'))).toEqual([
      ['sensors/secret/#', false, 3],
      ['sensors/#', true, 2],
    ])
    expect(shown(reach(text, '#', 'u'))).toEqual([
      ['sensors/secret/#', false, 3],
      ['sensors/#', true, 2],
      ['#', false, 'default'],
    ])
    expect(shown(reach(text, 'sensors/+', 'u'))).toEqual([
      ['sensors/secret', false, 3],
      ['sensors/+', true, 2],
    ])
    expect(reach(text, 'sensors/+', 'u').parts.map(({ example, hasExceptions }) => [example, hasExceptions])).toEqual([
      ['sensors/secret', false],
      ['sensors/x', true],
    ])
  })

  it('leaves out lines whose topics are all decided before', () => {
    expect(shown(reach('topic read a/#\ntopic read a/+\ntopic read a', 'a/#', null))).toEqual([['a/#', true, 1]])
  })

  it('looks into a shared subscription, and reads nothing that starts with $share', () => {
    expect(shown(reach('topic read a/#', '$share/group/a/b', null))).toEqual([['a/b', true, 1]])
    expect(shown(reach('topic read $shared/#', '$shared/#', null))).toEqual([['$shared/#', false, 'share-topic']])
  })

  it('knows that wildcards at the start reach no $', () => {
    expect(shown(reach('topic read $SYS/#', '#', null))).toEqual([['#', false, 'default']])
    expect(shown(reach('topic read #', '$SYS/#', null))).toEqual([['$SYS/#', false, 'default']])
  })

  it('says when there were more parts than it keeps', () => {
    const text = Array.from({ length: 700 }, (_, n) => `topic read a/${n}`).join('\n')
    const found = reach(text, '#', null)
    expect(found.isCut).toBe(true)
    expect(found.parts).toHaveLength(500)
  })

  it('agrees with decide: each example holds, and each topic that matches is in a part that says what becomes of it', () => {
    fc.assert(
      fc.property(aclTexts, aclClients, filters, fc.array(topics, { minLength: 20, maxLength: 60 }), fc.constantFrom(...brokerVersionSchema.options), (text, client, filter, names, version) => {
        const { policy } = readPolicy(text, version)
        const found = reach(text, filter, client.username, version, client.clientId)
        const decide = (topic: string) => policy.decide({ ...client, access: 'read', topic })
        for (const part of found.parts) {
          expect(decide(part.example)).toEqual(part.decision)
          expect(partOf(found, part.example)).toBe(part)
        }
        for (const topic of names) {
          const part = partOf(found, topic)
          if (matchesFilter(filter.split('/'), topic.split('/'))) expect(part?.decision).toEqual(decide(topic))
          else expect(part).toBeUndefined()
        }
      }),
      { numRuns: 300 },
    )
  })
})
