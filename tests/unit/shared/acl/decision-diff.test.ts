import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDecisions, topicsOfDifferences, type DecisionDiff } from '@shared/acl/decision-diff'
import type { PatternClient } from '@shared/acl/pattern'
import { readPolicy } from '@shared/acl/policy-document'
import { brokerVersionSchema, type BrokerVersion } from '@shared/acl/question'
import { aclClients, aclTexts, topics } from './acl-arbitraries'

const side = (text: string, version: BrokerVersion = '2.0') => readPolicy(text, version).policy

function diff(before: ReturnType<typeof side>, after: ReturnType<typeof side>, clients: readonly PatternClient[], seen: readonly string[] = []): DecisionDiff {
  const steps = diffDecisions([before, after], clients, seen)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

const shown = ({ changes }: DecisionDiff): unknown[] =>
  changes.map(({ client, access, after, topics: count, examples }) => [client.username, access, after.allowed, count, examples[0]])
const user = (username: string | null): PatternClient => ({ username, clientId: 'c' })

describe('diffDecisions', () => {
  it('tells what is gained and lost, by client and by line of either side, with topics that were seen first', () => {
    const found = diff(side('user u\ntopic read a/#'), side('user u\ntopic read a/+\ntopic write b'), [user('u'), user(null)], ['a/1/2', 'a/1/3', 'a/1'])
    expect(shown(found)).toEqual([
      ['u', 'read', false, 2, 'a/1/2'],
      ['u', 'write', true, 0, 'b'],
    ])
    expect(found.changes[0]?.before.cause).toEqual({ kind: 'line', line: 2 })
    expect(found.changes[1]?.after.cause).toEqual({ kind: 'line', line: 3 })
    expect(found.isWhole).toBe(true)
    expect(found.seenTopics).toBe(3)
  })

  it('finds a difference that no topic seen shows, and only the files’ filters together do', () => {
    const found = diff(side('topic read a/+/c'), side('topic read a/+/c\ntopic deny +/b/#'), [user(null)])
    expect(shown(found)).toEqual([[null, 'read', false, 0, 'a/b/c']])
  })

  it('compares the same file by the rules of two versions', () => {
    const text = 'pattern readwrite dev/p-%c/#'
    expect(shown(diff(side(text, '2.0'), side(text, '2.1'), [user('u')]))).toEqual([
      ['u', 'read', false, 0, 'dev/p-c'],
      ['u', 'read', true, 0, 'dev/p-%c'],
      ['u', 'write', false, 0, 'dev/p-c'],
      ['u', 'write', true, 0, 'dev/p-%c'],
    ])
  })

  it('compares an ACL file with a dynamic-security.json', () => {
    const dynsec = JSON.stringify({
      defaultACLAccess: { publishClientSend: false, publishClientReceive: false, subscribe: true, unsubscribe: true },
      clients: [{ username: 'u', roles: [{ rolename: 'r' }] }],
      roles: [{ rolename: 'r', acls: [{ acltype: 'publishClientReceive', topic: 'a/#', allow: true }, { acltype: 'publishClientSend', topic: 'b', allow: true }] }],
    })
    const found = diff(side('user u\ntopic read a/+\ntopic write b\ntopic write c'), side(dynsec), [user('u')], ['a/1', 'a/1/2', 'b', 'c'])
    expect(shown(found)).toEqual([
      ['u', 'read', true, 1, 'a/1/2'],
      ['u', 'write', false, 1, 'c'],
    ])
    expect(found.changes[1]?.before.cause).toEqual({ kind: 'line', line: 4 })
  })

  it('knows the one place of $SYS that may be written', () => {
    expect(shown(diff(side('topic write $SYS/#'), side(''), [user(null)]))).toEqual([[null, 'write', false, 0, '$SYS/broker/connection/x/state']])
  })

  it('says that it may have missed some where the lines are too many', () => {
    const text = Array.from({ length: 500 }, (_, n) => `topic read a/${n}`).join('\n')
    const found = diff(side(text), side(text.replace('a/7\n', 'b/7\n')), [user(null)], ['a/7'])
    expect(found.isWhole).toBe(false)
    expect(shown(found)).toEqual([[null, 'read', false, 1, 'a/7']])
  })

  it('ignores what is no topic name', () => {
    expect(diff(side('topic read #'), side(''), [user(null)], ['a/+']).seenTopics).toBe(0)
  })

  it('misses nothing: if some topic is decided otherwise, one of its own is, by the same lines', () => {
    fc.assert(
      fc.property(aclTexts, aclTexts, aclClients, fc.array(topics, { minLength: 30, maxLength: 60 }), fc.constantFrom(...brokerVersionSchema.options), (one, other, client, names, version) => {
        const [before, after] = [side(one, '2.0'), side(other, version)]
        for (const access of ['read', 'write'] as const) {
          const reasons = (topic: string): string | null => {
            const [was, is] = [before, after].map((policy) => policy.decide({ ...client, access, topic }))
            return was?.allowed === is?.allowed ? null : JSON.stringify([was?.cause, is?.cause])
          }
          const made = new Set(topicsOfDifferences([before, after], client, access)?.map(reasons))
          for (const topic of names) expect(made.has(reasons(topic)) || reasons(topic) === null).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
