import { pbkdf2Sync } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintPolicy } from '@shared/acl/lint/lint-policy'
import { readPolicy } from '@shared/acl/policy-document'
import type { Access, Question } from '@shared/acl/question'
import { useBrokerBench } from '../support/broker-bench'
import { RawClient } from '../support/raw-client'

const bench = useBrokerBench()

/** Where Debian puts the plugin that comes with its Mosquitto. */
const PLUGIN = ['/usr/lib', ...readdirSync('/usr/lib').map((folder) => join('/usr/lib', folder))]
  .map((folder) => join(folder, 'mosquitto_dynamic_security.so'))
  .find((path) => existsSync(path))

const SALT = 'saltsaltsalt'
const PASSWORD = 'secret'
const LOGIN = {
  password: pbkdf2Sync(PASSWORD, SALT, 101, 64, 'sha512').toString('base64'),
  salt: Buffer.from(SALT).toString('base64'),
  iterations: 101,
}

/** mulberry32 */
function seeded(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item
  const some = <Item>(items: readonly Item[], chance: number): Item[] => items.filter(() => next() < chance)
  return { next, pick, some }
}

const TYPES = ['publishClientSend', 'publishClientReceive', 'subscribeLiteral', 'subscribePattern', 'unsubscribeLiteral', 'unsubscribePattern']
const FILTERS = ['#', '+', 'a', 'a/#', 'a/+', 'a/b', '+/b', '+/+', '+/#', 'a/+/#', '+/+/#', '/', '/#', 'a//b', '$x/#', '$SYS/#', '$CONTROL/#', '$share/g/#', '__proto__', 'a/%u', 'a/%c']
const TOPICS = ['a', 'b', 'a/b', 'a/c', 'a/b/c', '/', 'a//b', '$x', '$x/y', '$SYS/x', '$SYSTEM', '$CONTROL/x', '__proto__', 'a/u1', 'a/%u']
const ASKED = [...FILTERS, '$share/g/a', '$share/g/a/#', 'b/#', '+/c', 'a/b/#']
const USERS = ['u1', 'u2', 'constructor', 'u/4', 'off', 'only-one']
const ROLES = ['r1', 'r2', 'toString', 'r4']
const GROUPS = ['g3', 'g1', 'a', 'g2']

/** A file with everything the plugin reads, ties of priorities and names that lead nowhere among it. */
function makeFile(seed: number) {
  const { next, pick, some } = seeded(seed)
  const priority = () => (next() < 0.3 ? {} : { priority: pick([-2, -1, 0, 0, 1, 5]) })
  const entry = () => ({ acltype: pick(TYPES), topic: pick(FILTERS), ...priority(), ...(next() < 0.1 ? {} : { allow: next() < 0.5 }) })
  const use = (rolename: string) => ({ rolename, ...priority() })
  const open = { rolename: 'open', priority: 1_000 }
  return {
    clients: USERS.map((username) => ({
      username,
      ...LOGIN,
      ...(username === 'off' ? { disabled: true } : {}),
      ...(username === 'only-one' ? { clientid: 'the-one' } : {}),
      roles: [open, ...some([...ROLES, 'nowhere'], 0.3).map(use)],
    })).concat([{ username: 'super', ...LOGIN, roles: [{ rolename: 'super', priority: 0 }] }]),
    groups: GROUPS.map((groupname) => ({
      groupname,
      roles: [...(groupname === 'g1' ? [open] : []), ...some(ROLES, 0.5).map(use)],
      clients: some([...USERS, 'nobody'], 0.4).map((username) => ({ username, ...priority() })),
    })),
    roles: [
      ...ROLES.map((rolename) => ({ rolename, acls: Array.from({ length: 1 + Math.floor(next() * 6) }, entry) })),
      // What the measuring itself needs; no question is about it.
      { rolename: 'open', acls: [{ acltype: 'publishClientReceive', topic: 'marker', allow: true }, { acltype: 'subscribeLiteral', topic: 'marker', allow: true }] },
      { rolename: 'super', acls: [{ acltype: 'publishClientSend', topic: '#', allow: true }, { acltype: 'publishClientSend', topic: '$x/#', allow: true }, { acltype: 'publishClientSend', topic: '$x', allow: true }] },
    ],
    anonymousGroup: 'g1',
    ...(next() < 0.1 ? {} : { defaultACLAccess: { publishClientSend: next() < 0.5, publishClientReceive: next() < 0.5, subscribe: next() < 0.7, unsubscribe: next() < 0.5 } }),
  }
}

async function startWith(text: string) {
  if (PLUGIN === undefined) throw new Error('mosquitto_dynamic_security.so was not found: install Debian’s package mosquitto')
  const mosquitto = await bench.mosquitto({ allowAnonymous: true, dynamicSecurity: { plugin: PLUGIN, text } })
  return mosquitto
}

describe('dynamic security is decided as the plugin of Mosquitto decides it', () => {
  it.each([1, 5, 7, 13, 15, 19, 23, 24])('seed %i', async (seed) => {
    const text = JSON.stringify(makeFile(seed), null, 1)
    const { port } = await startWith(text)
    const { policy } = readPolicy(text, '2.0')
    const differences: unknown[] = []
    let decisions = 0

    function compare(question: Question, really: boolean): void {
      decisions += 1
      const decision = policy.decide(question)
      expect(policy.explain(question).decision).toEqual(decision)
      if (decision.allowed !== really) differences.push({ question, decision, really })
    }

    const observer = await RawClient.open({ port, clientId: 'observer', username: 'super', password: PASSWORD })
    const people = [...USERS, 'stranger', null].flatMap((username) => (username === 'only-one' ? ['the-one', 'another'] : ['c']).map((clientId) => ({ username, clientId: `${clientId}` })))
    for (const { username, clientId } of people) {
      const { client, reasonCode } = await RawClient.open({ port, clientId, ...(username === null ? {} : { username, password: PASSWORD }) })
      const ask = (access: Access, topic: string): Question => ({ username, clientId, access, topic })
      if (reasonCode !== 0) {
        expect(policy.decide(ask('read', 'a')).cause.kind).toBe('cannot-sign-in')
        continue
      }
      // Subscribed first, to see what is delivered; a subscription to `+` or `#` is none to `$`, so those are asked for by name.
      const granted = new Set<string>()
      for (const topic of TOPICS) if ((await client.subscribe(topic)) < 0x80) granted.add(topic)
      await client.subscribe('marker')
      await Promise.all(TOPICS.map((topic) => observer.client.publish(topic, `to ${topic}`)))
      await observer.client.publish('marker', `${clientId} is through`)
      await client.waitFor(`${clientId} is through`)
      for (const topic of TOPICS) {
        compare(ask('subscribe', topic), granted.has(topic))
        const isPublishable = !topic.startsWith('$SYS') && !topic.startsWith('$CONTROL')
        if (granted.has(topic) && isPublishable) compare(ask('read', topic), client.received.some((message) => message.topic === topic))
      }
      await Promise.all(TOPICS.filter((topic) => !topic.startsWith('$CONTROL')).map(async (topic) => compare(ask('write', topic), (await client.publish(topic)) < 0x80)))
      await Promise.all(ASKED.map(async (filter) => compare(ask('subscribe', filter), (await client.subscribe(filter)) < 0x80)))
      await Promise.all(ASKED.map(async (filter) => compare(ask('unsubscribe', filter), (await client.unsubscribe(filter)) < 0x80)))
      client.close()
    }
    observer.client.close()
    expect(differences).toEqual([])
    expect(decisions).toBeGreaterThan(400)
  })
})

describe('a file that the plugin cannot read', () => {
  it.each([
    '{}',
    ' {"a": 1} ',
    '{"roles": [}',
    '{"roles": [],}',
    '{"roles": [] // none\n}',
    '{"roles": []',
    '{"roles": []} and more',
    '{"roles": {}}',
    '{"clients": 1}',
    '{"groups": "a"}',
    '{"clients": [1, null, {}, {"username": 7}]}',
    '{"roles": [{"rolename": "r", "acls": []}, {"rolename": "s", "acls": [{}, {"acltype": "x", "topic": "a"}]}]}',
    '{"roles": [{"rolename": "r"}, {"rolename": "r"}]}',
    '{"defaultACLAccess": 1, "anonymousGroup": 5}',
    '{"a": NaN}',
    "{'a': 1}",
    '{"a": "\t"}',
    '{"a": "\\x"}',
    '\ufeff{}',
    '[]',
    `{"a": ${'['.repeat(40)}${']'.repeat(40)}}`,
  ])('%j', async (text) => {
    const { firstFaultLine } = readPolicy(text, '2.0')
    const mosquitto = await startWith(text)
    expect([firstFaultLine !== null, mosquitto.log()]).toEqual([/Error/.test(mosquitto.log()), mosquitto.log()])
  })
})

describe('a finding about a client', () => {
  it('says that it cannot sign in, just where it cannot', async () => {
    const { password, salt, iterations } = LOGIN
    const logins = [{ password, salt, iterations }, { password, salt }, { password, iterations }, { salt, iterations }, {}, { ...LOGIN, disabled: true }, { ...LOGIN, disabled: false }]
    const text = JSON.stringify({ clients: logins.map((login, index) => ({ username: `u${index}`, ...login })) }, null, 1)
    const { port } = await startWith(text)
    const told = lintPolicy(readPolicy(text, '2.0'), '2.0').filter(({ rule }) => rule === 'no-password' || rule === 'client-disabled').map(({ data }) => data['name'])
    for (const username of logins.map((_, index) => `u${index}`)) {
      const { client, reasonCode } = await RawClient.open({ port, clientId: username, username, password: PASSWORD })
      client.close()
      expect([username, reasonCode !== 0]).toEqual([username, told.includes(username)])
    }
  })
})
