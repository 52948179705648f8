import { describe, expect, it } from 'vitest'
import { parseAclFile, readStatement } from '@shared/acl/acl-file'
import { readPolicy } from '@shared/acl/policy-document'

/** A line as it is read: its kind, what it grants, and to what; or why it is refused. */
function read(line: string): string {
  const statement = readStatement(line)
  switch (statement.kind) {
    case 'topic':
    case 'pattern':
      return `${statement.kind} ${statement.grant} <${statement.filter}>`
    case 'user':
      return `user <${statement.name}>`
    case 'fault':
      return statement.fault.kind === 'filter' ? statement.fault.fault : statement.fault.kind
    default:
      return statement.kind
  }
}

describe('a line of an acl_file', () => {
  it.each([
    // Trailing ASCII white space is cut.
    ['topic read a \t\v\f\r', 'topic read <a>'],
    ['topic read a\u00a0', 'topic read <a\u00a0>'],
    [' \t\r', 'blank'],
    ['', 'blank'],
    // A comment needs `#` in column 0.
    ['# topic read a', 'comment'],
    [' # x', 'unknown-keyword'],
    // The only separator is the space; leading spaces are allowed, leading tabs are not.
    ['  topic   read a', 'topic read <a>'],
    ['\ttopic read a', 'unknown-keyword'],
    ['topic\tread a', 'unknown-keyword'],
    ['topic read\ta', 'topic readwrite <read\ta>'],
    ['topic read \ta', 'topic read <a>'],
    // Lower case.
    ['Topic read a', 'unknown-keyword'],
    ['topic Read a', 'unknown-access'],
    ['USER bob', 'unknown-keyword'],
    ['pattern write a/%u', 'pattern write <a/%u>'],
    ['topic readwrite a', 'topic readwrite <a>'],
    ['topic deny a', 'topic deny <a>'],
    // One word after the keyword is the topic, with read and write.
    ['topic a', 'topic readwrite <a>'],
    ['topic deny', 'topic readwrite <deny>'],
    ['pattern read', 'pattern readwrite <read>'],
    // With two or more words the first is the access, and the rest, inner spaces kept, the topic.
    ['topic read a  b c', 'topic read <a  b c>'],
    ['topic a b', 'unknown-access'],
    // No inline comments.
    ['user bob # c', 'user <bob # c>'],
    ['topic read a #', 'hash-not-alone'],
    ['user  two words ', 'user <two words>'],
    // What the broker refuses to start on.
    ['topic', 'missing-topic'],
    ['pattern  ', 'missing-topic'],
    ['user', 'missing-user'],
    ['user   ', 'missing-user'],
    ['access read a', 'unknown-keyword'],
    ['topic none a', 'unknown-access'],
    ['topic read a+', 'plus-not-alone'],
    ['topic read #/a', 'hash-not-last'],
    ['topic read a#', 'hash-not-alone'],
    ['\ufefftopic read a', 'unknown-keyword'],
  ])('%j: %s', (line, expected) => {
    expect(read(line)).toBe(expected)
  })

  it('may have 200 slashes and 65,535 bytes in its topic, and no more', () => {
    expect(read(`topic read ${'/'.repeat(200)}`)).toMatch(/^topic read/)
    expect(read(`topic read ${'/'.repeat(201)}`)).toBe('too-many-levels')
    expect(read(`topic read ${'a'.repeat(65_535)}`)).toMatch(/^topic read/)
    expect(read(`topic read ${'a'.repeat(65_536)}`)).toBe('too-long')
    expect(read(`topic read ${'é'.repeat(32_768)}`)).toBe('too-long')
  })
})

describe('an acl_file', () => {
  it('is its lines again, whatever they are', () => {
    const text = '# a\r\n\n  topic  read a\t\nnonsense\n\tx\nuser bob'
    expect(parseAclFile(text).lines.map((line) => line.text).join('\n')).toBe(text)
  })

  it('names the first line that is refused', () => {
    expect(parseAclFile('topic a\n\ntopic\nnonsense\n').firstFaultLine).toBe(3)
    expect(parseAclFile('').firstFaultLine).toBeNull()
  })

  it('takes a pattern within a block for all, and the block goes on', () => {
    const { rules } = parseAclFile('user bob\npattern read a\ntopic read b\n')
    expect(rules.map(({ kind, user }) => [kind, user])).toEqual([['pattern', 'bob'], ['topic', 'bob']])
    expect(readPolicy('user bob\npattern read a\n', '2.0').policy.decide({ username: 'ann', clientId: 'c', access: 'read', topic: 'a' })).toMatchObject({ allowed: true })
  })

  it('forgets a last line without LF of exactly 255 bytes', () => {
    const line = (bytes: number) => `topic read ${'a'.repeat(bytes - 'topic read '.length)}`
    expect([254, 255, 256, 1_255].map((bytes) => parseAclFile(line(bytes)).rules.length)).toEqual([1, 0, 1, 0])
    expect(parseAclFile(`${line(255)}\n`).rules).toHaveLength(1)
  })
})

describe('matching is that of MQTT, by bytes', () => {
  const allows = (filter: string, topic: string): boolean =>
    readPolicy(`topic read ${filter}\n`, '2.0').policy.decide({ username: null, clientId: 'c', access: 'read', topic }).allowed

  it.each([
    ['a/#', 'a', true],
    ['a/#', 'a/', true],
    ['a/#', 'ab', false],
    ['+', 'a', true],
    ['a/+', 'a/', true],
    ['+/+', '/', true],
    ['+', 'a/b', false],
    ['a//b', 'a//b', true],
    ['a/b', 'a//b', false],
    ['#', '$x', false],
    ['+/b', '$x/b', false],
    ['$x/#', '$x', true],
    ['$x/+', '$x/b', true],
    ['A', 'a', false],
    ['é', 'e\u0301', false],
  ])('%s and %s: %s', (filter, topic, expected) => {
    expect(allows(filter, topic)).toBe(expected)
  })
})
