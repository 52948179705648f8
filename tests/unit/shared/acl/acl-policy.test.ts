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
