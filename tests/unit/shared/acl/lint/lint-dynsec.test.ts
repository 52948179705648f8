import { describe, expect, it } from 'vitest'
import { findingWords } from '@shared/acl/finding-words'
import type { DynsecRuleId, Finding } from '@shared/acl/lint/finding'
import { lintPolicy } from '@shared/acl/lint/lint-policy'
import { readPolicy } from '@shared/acl/policy-document'

const lint = (text: string): readonly Finding[] => lintPolicy(readPolicy(text, '2.0'), '2.0')
const PASSWORD = '"password": "p", "salt": "s", "iterations": 101'
const acls = (...entries: string[]): string => `{"roles": [{"rolename": "r", "acls": [\n${entries.join(',\n')}\n]}]}`
const entry = (acltype: string, topic: string, more = '"allow": true'): string => `{"acltype": "${acltype}", "topic": "${topic}", ${more}}`
const two = (first: string, second: string, priority: number): string =>
  `{"roles": [{"rolename": "a", "acls": [${first}]}, {"rolename": "b", "acls": [${second}]}],
"groups": [{"groupname": "g", "roles": [{"rolename": "a"}, {"rolename": "b", "priority": ${priority}}]}]}`

/** For each rule: texts with it, where the first has it as `line:column`, and texts that look like it and are well. */
const cases: Record<DynsecRuleId, { bad: readonly string[]; at: string; good: readonly string[] }> = {
  'json-fault': { bad: ['{\n "roles": [}\n}', '{"roles": []', '{"a": 1,}'], at: '2:12', good: ['{}', '{"roles": []} and more'] },
  'json-too-deep': { bad: [`{"a": ${'['.repeat(60)}${']'.repeat(60)}}`], at: '1:1', good: [`{"a": ${'['.repeat(40)}${']'.repeat(40)}}`] },
  'role-name-no-string': { bad: ['{"roles": [{"rolename": 7}]}'], at: '1:25', good: ['{"roles": [{"rolename": "7"}]}'] },
  'without-name': { bad: ['{"roles": [{}]}', '{"clients": [{"username": 7}]}', '{"groups": [{"groupname": "g", "clients": [{}]}]}'], at: '1:12', good: ['{"roles": []}'] },
  'duplicate-name': { bad: ['{"roles": [{"rolename": "r"},\n{"rolename": "r"}]}'], at: '2:14', good: ['{"roles": [{"rolename": "r"}, {"rolename": "R"}]}'] },
  'unknown-role': {
    bad: ['{"groups": [{"groupname": "g", "roles": [{"rolename": "r"}]}]}', `{"clients": [{"username": "u", ${PASSWORD}, "roles": [{"rolename": "toString"}]}]}`],
    at: '1:55',
    good: ['{"groups": [{"groupname": "g", "roles": [{"rolename": "r"}]}], "roles": [{"rolename": "r"}]}'],
  },
  'unknown-client': {
    bad: ['{"groups": [{"groupname": "g", "clients": [{"username": "u"}]}]}'],
    at: '1:57',
    good: ['{"groups": [{"groupname": "g", "clients": [{"username": "u"}]}], "clients": [{"username": "u"}]}'],
  },
  'unknown-group': { bad: ['{"anonymousGroup": "g"}'], at: '1:20', good: ['{"anonymousGroup": "g", "groups": [{"groupname": "g"}]}', '{"anonymousGroup": 5}'] },
  'unknown-entry-type': { bad: [acls(entry('publishClientsend', 'a'))], at: '2:13', good: [acls(entry('publishClientSend', 'a'))] },
  'entry-without-topic': { bad: [acls('{}'), acls('{"acltype": "publishClientSend"}'), acls('{"topic": "a"}')], at: '2:1', good: [acls(entry('publishClientSend', 'a'))] },
  'entry-hidden': {
    bad: [
      acls(entry('publishClientSend', 'a/#'), entry('publishClientSend', 'a/b')),
      acls(entry('publishClientSend', 'a/b'), entry('publishClientSend', 'a/#', '"priority": 1')),
      acls(entry('subscribePattern', '+'), entry('subscribePattern', '$x')),
      acls(entry('publishClientSend', 'a'), entry('publishClientSend', 'a', '"allow": false')),
    ],
    at: '3:43',
    good: [
      acls(entry('publishClientSend', 'a/b'), entry('publishClientSend', 'a/#')),
      acls(entry('publishClientSend', 'a/#'), entry('publishClientSend', 'a/b', '"priority": 1')),
      acls(entry('publishClientSend', '#'), entry('publishClientSend', '$x')),
      acls(entry('publishClientSend', '#'), entry('publishClientReceive', 'a')),
      acls(entry('subscribePattern', '#'), entry('subscribeLiteral', 'a')),
      acls(entry('subscribePattern', 'a/+'), entry('subscribePattern', 'a/#')),
    ],
  },
  'literal-hidden': {
    bad: [acls(entry('subscribeLiteral', 'a', '"priority": 5'), entry('subscribeLiteral', 'a'))],
    at: '2:42',
    good: [acls(entry('subscribeLiteral', 'a'), entry('unsubscribeLiteral', 'a'), entry('subscribeLiteral', 'b'))],
  },
  'roles-contradict': {
    bad: [
      two(entry('publishClientSend', 'a/#'), entry('publishClientSend', '+/b', '"allow": false'), -1),
      two(entry('subscribeLiteral', '#'), entry('subscribePattern', '#', '"allow": false'), -1),
    ],
    at: '2:73',
    good: [
      two(entry('publishClientSend', 'a/#'), entry('publishClientSend', '+/b', '"allow": false'), 0),
      two(entry('publishClientSend', 'a/#'), entry('publishClientSend', 'b/#', '"allow": false'), -1),
      two(entry('publishClientSend', 'a/#'), entry('publishClientReceive', 'a/#', '"allow": false'), -1),
      two(entry('publishClientSend', 'a/#'), entry('publishClientSend', 'a/b'), -1),
    ],
  },
  'name-not-replaced': { bad: [acls(entry('publishClientSend', 'a/%c'))], at: '2:43', good: [acls(entry('publishClientSend', 'a/%d'))] },
  'no-password': { bad: ['{"clients": [{"username": "u"}]}', '{"clients": [{"username": "u", "password": "p"}]}'], at: '1:27', good: [`{"clients": [{"username": "u", ${PASSWORD}}]}`] },
  'client-disabled': { bad: ['{"clients": [{"username": "u", "disabled": true}]}'], at: '1:27', good: [`{"clients": [{"username": "u", ${PASSWORD}, "disabled": false}]}`] },
  'sends-all': { bad: [acls(entry('publishClientSend', '#'))], at: '2:43', good: [acls(entry('publishClientSend', '#', '"allow": false')), acls(entry('publishClientReceive', '#'))] },
  'receives-by-default': { bad: ['{"defaultACLAccess": {"publishClientReceive": true}}'], at: '1:47', good: ['{}', '{"defaultACLAccess": {"publishClientReceive": false}}'] },
  'plus-covers-no-hash': { bad: [acls(entry('subscribePattern', 'a/+'))], at: '2:42', good: [acls(entry('subscribePattern', 'a/#')), acls(entry('publishClientSend', 'a/+'))] },
}

describe('the lint of dynamic-security.json', () => {
  describe.each(Object.entries(cases))('%s', (rule, { bad, at, good }) => {
    it.each(bad)('is found in %j', (text) => {
      expect(lint(text).map((finding) => finding.rule)).toContain(rule)
    })
    it.each(good)('is not found in %j', (text) => {
      expect(lint(text).map((finding) => finding.rule)).not.toContain(rule)
    })
    it('is found where it stands', () => {
      const found = lint(bad[0] ?? '').find((finding) => finding.rule === rule)
      expect(`${found?.line}:${(found?.span.start ?? NaN) + 1}`).toBe(at)
    })
  })

  it('says an error just where the plugin cannot read the file', () => {
    for (const text of Object.values(cases).flatMap(({ bad, good }) => [...bad, ...good])) {
      const [error] = lint(text).filter(({ severity }) => severity === 'error')
      expect(error?.line ?? null).toBe(readPolicy(text, '2.0').firstFaultLine)
    }
  })

  it('never calls an entry hidden that decides something', () => {
    const filters = ['#', '+', 'a', 'a/#', 'a/+', '+/b', '+/#', '$x/#', '/', '/#']
    const topics = ['a', 'b', 'a/b', 'a/b/c', '/', '/a', '$x', '$x/y', '#', '+', 'a/#', 'a/+', '+/#', '+/b', '$x/#', '/#']
    for (const type of ['publishClientSend', 'subscribePattern']) {
      for (const first of filters) {
        for (const second of filters) {
          const text = `{"defaultACLAccess": {},"anonymousGroup": "g", "groups": [{"groupname": "g", "roles": [{"rolename": "r"}]}],\n"roles": [{"rolename": "r", "acls": [\n${entry(type, first)},\n${entry(type, second)}]}]}`
          if (!lint(text).some(({ rule }) => rule === 'entry-hidden')) continue
          const { policy } = readPolicy(text, '2.0')
          for (const topic of topics) {
            const access = type === 'subscribePattern' ? 'subscribe' : 'write'
            expect(policy.decide({ username: null, clientId: 'c', access, topic }).cause, `${first} hides ${second} at ${topic}`).not.toEqual({ kind: 'line', line: 4 })
          }
        }
      }
    }
  })

  it('fills every hole of its words', () => {
    for (const { rule, data } of Object.values(cases).flatMap(({ bad }) => bad).flatMap(lint)) {
      const { title, text } = findingWords[rule]
      for (const [, hole = ''] of `${title} ${text}`.matchAll(/\{(\w+)\}/g)) expect(data, `${rule} {${hole}}`).toHaveProperty(hole)
    }
  })

  it('has findings within their lines', () => {
    for (const text of Object.values(cases).flatMap(({ bad }) => bad)) {
      const lines = text.split('\n')
      for (const { line, span } of lint(text)) {
        expect(span.start).toBeLessThanOrEqual(span.end)
        expect(span.end).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1)
      }
    }
  })
})
