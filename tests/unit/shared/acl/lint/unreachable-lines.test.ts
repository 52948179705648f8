import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAclFile } from '@shared/acl/acl-file'
import { compileAclFile } from '@shared/acl/acl-policy'
import { lintAclFile } from '@shared/acl/lint/lint-acl-file'
import { unreachableLines } from '@shared/acl/lint/unreachable-lines'
import type { BrokerVersion } from '@shared/acl/question'

const level = fc.constantFrom('a', 'b', '', '+', '$x', '%c', '%u', 'p%c')
const filter = fc.tuple(fc.array(level, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([levels, all]) => (all ? [...levels.slice(0, -1), '#'] : levels).join('/') || 'a')
const rule = fc.tuple(fc.constantFrom('topic', 'pattern'), fc.constantFrom('read', 'write', 'readwrite', 'deny'), filter).map((words) => words.join(' '))
const line = fc.oneof({ weight: 6, arbitrary: rule }, { weight: 1, arbitrary: fc.constantFrom('user u', 'user a/b') })
const version = fc.constantFrom<BrokerVersion>('2.0', '2.1')

const LEVELS = ['a', 'b', '', '$x', 'u', 'pa', 'c']
const TOPICS = LEVELS.flatMap((a) => [a, ...LEVELS.flatMap((b) => [`${a}/${b}`, `${a}/${b}/a`, `${a}/${b}/b`, `${a}/${b}/c/a`])]).filter((topic) => topic !== '')
const USERS = [null, 'u', 'a/b', 'other', '$x']
const CLIENTS = ['a', 'c', 'a/b', '$x']

function decisions(text: string, series: BrokerVersion): boolean[] {
  const policy = compileAclFile(parseAclFile(text), series)
  return USERS.flatMap((username) =>
    CLIENTS.flatMap((clientId) => TOPICS.flatMap((topic) => (['read', 'write'] as const).map((access) => policy.decide({ username, clientId, access, topic }).allowed))),
  )
}

describe('lines that never matter', () => {
  it('can be removed, one or all that are covered or repeated, and every decision stays', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), version, (lines, series) => {
        const text = lines.join('\n')
        const found = unreachableLines(parseAclFile(text), series)
        const before = decisions(text, series)
        const without = (gone: readonly number[]): string => lines.map((kept, index) => (gone.includes(index + 1) ? '' : kept)).join('\n')
        for (const finding of found) expect(decisions(without([finding.line]), series)).toEqual(before)
        expect(decisions(without(found.filter(({ rule: id }) => id !== 'deny-hides-grant').map((finding) => finding.line)), series)).toEqual(before)
      }),
      { numRuns: 50 },
    )
  })

  it('compares 10,000 lines to the end', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => {
      if (index % 10 === 0) return `user user${index % 1_000}`
      return `${index % 10 === 1 ? 'pattern' : 'topic'} ${index % 7 === 0 ? 'deny' : 'read'} site/+/line${index % 100}/${index % 3 === 0 ? '#' : `cell${index}`}/%u`.replace(/#\/%u$/, '#')
    })
    const found = lintAclFile(parseAclFile(lines.join('\n')), '2.0')
    expect(found.map(({ rule: id }) => id)).not.toContain('comparing-cut')
  })

  it('stops where wildcards multiply, and says so', () => {
    const combos = Array.from({ length: 2 ** 14 }, (_, index) => [...index.toString(2).padStart(14, '0')].map((bit) => (bit === '1' ? '+' : 'a')).join('/'))
    const found = lintAclFile(parseAclFile(combos.reverse().map((combo, index) => `topic read ${combo}/${index}`).join('\n')), '2.0')
    expect(found.map(({ rule: id }) => id)).toContain('comparing-cut')
  })
})
