import { describe, expect, it } from 'vitest'
import { parseAclFile } from '@shared/acl/acl-file'
import { parseDynsec } from '@shared/acl/dynamic-security/dynsec-file'
import { exampleTopics, explainEntries, explainLine } from '@shared/acl/explain-line'
import { aclWords } from '@shared/acl/words'
import { topicNameFault, matchesFilter } from '@shared/mqtt/topic'
import { expandPattern } from '@shared/acl/pattern'

/** The sentences of the last line, as the command line would print them. */
function said(text: string): string {
  const file = parseAclFile(text)
  return explainLine(file, file.lines.length, '2.0')
    .map(({ key, data }) => {
      const words = key.split('.').reduce<unknown>((node, name) => Object.entries(node ?? {}).find(([found]) => found === name)?.[1], aclWords.line)
      return String(words).replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? `{${name}}`)
    })
    .join(' ')
}

describe('a line in plain words', () => {
  it.each([
    ['user gateway_01\ntopic write gateways/gateway_01/x', 'Everyone who signs in as gateway_01 may publish to `gateways/gateway_01/x`.'],
    ['topic read a/+', 'Clients without a user name may receive messages of `a/+`. For example `a/a`, `a/x`.'],
    ['user bob\ntopic deny #', 'Nobody who signs in as bob may publish to `#` or receive its messages, whatever other lines say. For example `a`, `a/b`.'],
    ['pattern read s/%u/#', 'Every client may receive messages of `s/%u/#`. `%u` stands for the user name; clients without one are skipped. For example `s/alice`, `s/alice/a`, `s/alice/a/b`.'],
    ['pattern write %c', 'Every client may publish to `%c`. `%c` stands for the client id. For example `device-7`.'],
    ['user bob', 'The `topic` lines from here to the next `user` are about those who sign in as bob.'],
    ['# x', 'A comment. Mosquitto skips it.'],
    ['', 'An empty line. Mosquitto skips it.'],
    ['topic rw a', 'Mosquitto refuses this line, and does not start with the file.'],
    ['topic read $share/g/a', 'No message has such a topic, so the line never matters.'],
    ['topic write $SYS/a', 'Clients without a user name may publish to `$SYS/a`. Writing to topics that start with `$SYS` is denied all the same, but for the states of bridges.'],
  ])('%j', (text, words) => {
    expect(said(text)).toBe(words)
  })

  it('has nothing to say of a line that is not there', () => {
    expect(explainLine(parseAclFile('topic a'), 7, '2.0')).toEqual([])
  })

  it('names topics that do match', () => {
    const filters = ['#', '+', '+/+', 'a/#', 'a/+/b/#', '/+', '%c/+', 'p/%u/#', '+/%c/#']
    for (const rule of parseAclFile(filters.map((filter) => `pattern read ${filter}`).join('\n')).rules) {
      for (const topic of exampleTopics(rule, '2.0')) {
        expect(topicNameFault(topic)).toBeNull()
        expect(matchesFilter(expandPattern(rule.filter, { username: 'alice', clientId: 'device-7' }, '2.0'), topic.split('/'))).toBe(true)
      }
    }
  })
})

describe('a line of a dynamic-security.json', () => {
  const file = parseDynsec('{"roles": [{"rolename": "r", "acls": [\n{"acltype": "publishClientSend", "topic": "a", "allow": true}, {"acltype": "subscribeLiteral", "topic": "#"}\n]}]}')
  it('is said by its entries', () => {
    expect(explainEntries(file, 2)).toEqual([
      { key: 'entry.deny.subscribeLiteral', data: { role: 'r', filter: '`#`' } },
      { key: 'entry.allow.publishClientSend', data: { role: 'r', filter: '`a`' } },
    ])
    expect(explainEntries(file, 1)).toEqual([])
  })
})
