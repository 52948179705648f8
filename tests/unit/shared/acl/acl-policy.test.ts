import { describe, expect, it } from 'vitest'
import { readPolicy } from '@shared/acl/policy-document'
import { decidingLine, type Access, type BrokerVersion } from '@shared/acl/question'

const FILE = `topic read public/#
user admin
topic readwrite #
topic deny secret/#

user gateway
topic read sensors/+/+
topic write gateways/gateway/+
topic deny
pattern write devices/%u/%c/#
pattern read p-%c
`

interface Who {
  username?: string | null
  clientId?: string
  version?: BrokerVersion
}

function ask(access: Access, topic: string, { username = null, clientId = 'c1', version = '2.0' }: Who = {}): string {
  const { policy } = readPolicy(FILE, version)
  const question = { username, clientId, access, topic }
  const decision = policy.decide(question)
  expect(policy.explain(question).decision).toEqual(decision)
  return `${decision.allowed ? 'allowed' : 'denied'} by ${decidingLine(decision) ?? decision.cause.kind}`
}

describe('an acl_file is decided as Mosquitto decides it', () => {
  it.each<[Access, string, Who, string]>([
    ['read', 'public/a', {}, 'allowed by 1'],
    ['read', 'public', {}, 'allowed by 1'],
    ['read', 'public/a', { username: '' }, 'allowed by 1'],
    ['read', 'public/a', { username: 'gateway' }, 'denied by default'],
    ['write', 'public/a', {}, 'denied by default'],
    ['subscribe', 'secret/#', {}, 'allowed by never-checked'],
    ['write', 'secret', { username: 'admin' }, 'denied by 4'],
    ['read', '$SYS/a', { username: 'admin' }, 'denied by default'],
    ['write', '$SYSTEM', { username: 'admin' }, 'denied by system-topic'],
    ['read', '$share/a/b', { username: 'admin' }, 'denied by share-topic'],
    ['read', 'sensors//', { username: 'gateway' }, 'allowed by 7'],
    ['write', 'deny', { username: 'gateway' }, 'allowed by 9'],
    ['write', 'devices/u/c1', { username: 'u' }, 'allowed by 10'],
    ['write', 'devices/a/b/c1/x', { username: 'a/b' }, 'allowed by 10'],
    ['write', 'devices/a/b/c1/x', { username: 'a/b', version: '2.1' }, 'denied by default'],
    ['write', 'devices/%u/c1', {}, 'denied by default'],
    ['read', 'p-c1', {}, 'allowed by 11'],
    ['read', 'p-c1', { version: '2.1' }, 'denied by default'],
    ['read', 'p-%c', { version: '2.1' }, 'allowed by 11'],
    ['read', 'p-c1', { username: 'a+' }, 'denied by wildcard-in-name'],
  ])('%s %s by %j: %s', (access, topic, who, expected) => {
    expect(ask(access, topic, who)).toBe(expected)
  })
})

describe('the order in which lines settle a question', () => {
  it.each<[string, string, Who, Access, string, string]>([
    ['the last matching deny decides', 'topic deny a\ntopic deny #\ntopic a', {}, 'read', 'a', 'denied by 2'],
    ['else the first line that matches and carries the access', 'topic write a\ntopic read a\ntopic a', {}, 'read', 'a', 'allowed by 2'],
    ['all blocks of a user are one', 'user u\ntopic a\nuser v\ntopic c\nuser u\ntopic deny a', { username: 'u' }, 'read', 'a', 'denied by 6'],
    ['an own allow beats a deny of a pattern', 'user u\ntopic a\npattern deny a', { username: 'u' }, 'read', 'a', 'allowed by 2'],
    ['an own deny beats an allow of a pattern', 'pattern a\nuser u\ntopic deny a', { username: 'u' }, 'read', 'a', 'denied by 3'],
    ['a pattern does not end its block', 'user u\npattern p/%c\ntopic a', { username: 'u' }, 'write', 'a', 'allowed by 3'],
    ['a deny with %u is not for anonymous clients', 'pattern a\npattern deny %u', { clientId: 'c' }, 'read', 'a', 'allowed by 1'],
    ['what is put in is not replaced again', 'pattern %u', { username: '%c', clientId: 'a' }, 'read', '%c', 'allowed by 1'],
    ['an empty file denies everything', '', {}, 'read', 'a', 'denied by default'],
    ['the one topic of $SYS that may be written', 'topic $SYS/#', {}, 'write', '$SYS/broker/connection/b/state', 'allowed by 1'],
    ['a name of $SYS reaches it with 2.0', 'pattern %u/#', { username: '$SYS' }, 'read', '$SYS/a', 'allowed by 1'],
    ['and not with 2.1', 'pattern %u/#', { username: '$SYS', version: '2.1' }, 'read', '$SYS/a', 'denied by default'],
  ])('%s', (_sentence, file, { username = null, clientId = 'c1', version = '2.0' }, access, topic, expected) => {
    const decision = readPolicy(file, version).policy.decide({ username, clientId, access, topic })
    expect(`${decision.allowed ? 'allowed' : 'denied'} by ${decidingLine(decision) ?? decision.cause.kind}`).toBe(expected)
  })

  it('holds for a topic of 65,535 slashes', () => {
    const { policy } = readPolicy(`topic ${'+/'.repeat(200)}#\npattern ${'%c'.repeat(9)}`, '2.0')
    const question = { username: null, clientId: '/', access: 'read', topic: '/'.repeat(65_535) } as const
    expect(policy.decide(question)).toEqual({ allowed: true, cause: { kind: 'line', line: 1 } })
    expect(policy.explain(question).decision).toEqual(policy.decide(question))
  })
})
