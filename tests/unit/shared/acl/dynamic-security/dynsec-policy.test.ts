import { describe, expect, it } from 'vitest'
import { readPolicy } from '@shared/acl/policy-document'
import { decidingLine, type Access } from '@shared/acl/question'

const FILE = `{
  "clients": [
    { "username": "bob", "roles": [{ "rolename": "late" }, { "rolename": "early", "priority": 5 }] },
    { "username": "ann", "clientid": "tablet", "roles": [] },
    { "username": "off", "disabled": true, "roles": [] }
  ],
  "groups": [{ "groupname": "staff", "roles": [{ "rolename": "shared" }], "clients": [{ "username": "ann" }, { "username": "bob" }] }],
  "anonymousGroup": "staff",
  "roles": [
    { "rolename": "early", "acls": [
      { "acltype": "publishClientSend", "topic": "a/#", "priority": 0, "allow": true },
      { "acltype": "publishClientSend", "topic": "a/secret", "priority": 1, "allow": false }
    ] },
    { "rolename": "late", "acls": [
      { "acltype": "publishClientSend", "topic": "a/secret", "allow": true },
      { "acltype": "publishClientSend", "topic": "b", "allow": true }
    ] },
    { "rolename": "shared", "acls": [
      { "acltype": "subscribePattern", "topic": "a/+", "allow": true },
      { "acltype": "subscribeLiteral", "topic": "#", "allow": true }
    ] }
  ],
  "defaultACLAccess": { 
    "publishClientReceive": true
  }
}`

function ask(access: Access, topic: string, username: string | null = 'bob', clientId = 'c'): string {
  const { policy } = readPolicy(FILE, '2.0')
  const decision = policy.decide({ username, clientId, access, topic })
  expect(policy.explain({ username, clientId, access, topic }).decision).toEqual(decision)
  return `${decision.allowed ? 'allowed' : 'denied'} by ${decidingLine(decision) ?? decision.cause.kind}`
}

describe('a dynamic-security.json', () => {
  it.each<[string, string]>([
    [ask('write', 'a/b'), 'allowed by 11'],
    [ask('write', 'a/secret'), 'denied by 12'],
    [ask('write', 'b'), 'allowed by 16'],
    [ask('write', 'c'), 'denied by default'],
    [ask('read', 'anything'), 'allowed by default'],
    [ask('read', '$CONTROL/x'), 'denied by control-topic'],
    [ask('write', '$SYS/x'), 'denied by system-topic'],
    [ask('subscribe', 'a/+'), 'allowed by 19'],
    [ask('subscribe', '#'), 'allowed by 20'],
    [ask('subscribe', 'a/#'), 'denied by default'],
    [ask('unsubscribe', 'a/+'), 'denied by default'],
    [ask('subscribe', '#', null), 'allowed by 20'],
    [ask('subscribe', '#', 'ann', 'tablet'), 'allowed by 20'],
    [ask('subscribe', '#', 'ann', 'other'), 'denied by cannot-sign-in'],
    [ask('subscribe', '#', 'off'), 'denied by cannot-sign-in'],
    [ask('subscribe', '#', 'nobody'), 'denied by cannot-sign-in'],
  ])('%s: %s', (real, expected) => {
    expect(real).toBe(expected)
  })

  it('lets nobody in when it cannot be read, and says where', () => {
    const { firstFaultLine, policy } = readPolicy('{\n"clients": [\n{ "username": "bob" },\n', '2.0')
    expect(firstFaultLine).toBe(4)
    expect(policy.decide({ username: 'bob', clientId: 'c', access: 'read', topic: 'a' })).toEqual({ allowed: false, cause: { kind: 'cannot-sign-in', why: 'unknown-user' } })
  })
})
