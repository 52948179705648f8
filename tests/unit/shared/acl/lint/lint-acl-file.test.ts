import { describe, expect, it } from 'vitest'
import { parseAclFile } from '@shared/acl/acl-file'
import { findingWords } from '@shared/acl/finding-words'
import type { AclRuleId, Finding } from '@shared/acl/lint/finding'
import { lintAclFile } from '@shared/acl/lint/lint-acl-file'
import type { BrokerVersion } from '@shared/acl/question'

const lint = (text: string, version: BrokerVersion = '2.0'): readonly Finding[] => lintAclFile(parseAclFile(text), version)

/** The text with the fix of a finding in it. */
function fixed(text: string, finding: Finding | undefined): string | null {
  if (finding?.fix === undefined) return null
  const lines = text.split('\n')
  const index = finding.line - 1
  const line = lines[index] ?? ''
  if (finding.fix.kind === 'remove-line') lines.splice(index, 1)
  else lines[index] = line.slice(0, finding.fix.span.start) + finding.fix.text + line.slice(finding.fix.span.end)
  return lines.join('\n')
}

const LONG = 'a'.repeat(245)
const LEVELS = `topic read ${'a/'.repeat(200)}a`

/** For each rule: texts with it, what its fix makes of the first, and texts that look like it and are well. */
const cases: Record<AclRuleId, { bad: readonly string[]; healed?: string; good: readonly string[] }> = {
  'unknown-keyword': { bad: ['topics read a', 'foo', ' \ttopicc a'.trim()], good: ['topic read a', '# topics read a', ''] },
  'capitalised-keyword': { bad: ['Topic read a', 'USER bob'], healed: 'topic read a', good: ['topic READ', 'topic read a'] },
  'indented-comment': { bad: ['  # note', '\t# note'], healed: '# note', good: ['# note', '#'] },
  'tab-in-keyword': { bad: ['topic\tread a', '\ttopic read a', 'topic read\ta b'], healed: 'topic read a', good: ['topic   read a', '  topic read a'] },
  'byte-order-mark': { bad: ['\ufefftopic read a'], healed: 'topic read a', good: ['topic read \ufeffa'] },
  'utf-16': { bad: ['t\0o\0p\0i\0c\0', '\udcff\udcfet\0o\0'], good: ['topic read a\0', ''] },
  'missing-topic': { bad: ['topic', 'pattern  '], good: ['topic a'] },
  'missing-user': { bad: ['user', 'user   '], good: ['user a\ntopic read a'] },
  'unknown-access': { bad: ['topic rw a', 'pattern wirte %c/a', 'topic a b'], good: ['topic read a b'] },
  'capitalised-access': { bad: ['topic Read a', 'topic DENY a'], healed: 'topic read a', good: ['topic Read', 'topic read A'] },
  'comment-behind-topic': { bad: ['topic read a/b # note'], healed: '# note\ntopic read a/b', good: ['topic read a/#', 'topic read #'] },
  'plus-not-alone': { bad: ['topic read a+', 'topic read a/+b'], good: ['topic read +/+'] },
  'hash-not-alone': { bad: ['topic read a#', 'topic read a/#b'], good: ['topic read a/#'] },
  'hash-not-last': { bad: ['topic read #/a'], good: ['topic read a/#'] },
  'too-many-levels': { bad: [`topic read ${'a/'.repeat(201)}a`], good: [LEVELS] },
  'too-long': { bad: [`topic read ${'a'.repeat(65_536)}`], good: [`topic read ${'a'.repeat(65_535)}`] },
  'refused-line': { bad: [], good: [] },
  'access-word-as-topic': { bad: ['topic deny', 'topic  readwrite ', 'topic Read'], good: ['topic denied', 'topic read deny'] },
  'deny-hides-grant': {
    bad: ['topic read a/b\ntopic deny a/#', 'topic deny a/+\ntopic a/b', 'topic read a/b\ntopic deny #', 'pattern a/%c/b\npattern deny a/%c/#'],
    healed: 'topic deny a/#',
    good: ['topic read a/#\ntopic deny a/b', 'topic deny a\nuser x\ntopic read a', 'topic read $SYS/a\ntopic deny #', 'topic a/b\npattern deny a/%c', 'pattern a/%c\npattern deny a/+'],
  },
  'grant-covered': {
    bad: ['topic read a/#\ntopic read a', 'topic a/+\ntopic write a/b', 'topic read #\ntopic write #\ntopic a/b', 'topic #\ntopic read +/a', 'pattern p/%c/#\npattern read p/%c/x'],
    healed: 'topic read a/#',
    good: ['topic read a\ntopic read a/#', 'topic read a/#\ntopic write a/b', 'topic read #\ntopic read $SYS/#', 'user x\ntopic read #\nuser y\ntopic read a', 'topic read #\npattern read a/%c', 'pattern read #\npattern read %c/x', 'topic read a/+/#\ntopic read a/#', 'pattern read a/+\npattern read a/%c'],
  },
  'deny-covered': { bad: ['topic read #\ntopic deny a/b\ntopic deny a/#', 'topic read #\ntopic deny a/#\ntopic deny a'], healed: 'topic read #\ntopic deny a/#', good: ['topic read #\ntopic deny a/b\ntopic deny a/c'] },
  'deny-without-grant': {
    bad: ['topic read b/#\ntopic deny a/#', 'topic deny $SYS/#\ntopic read #', 'topic deny a', 'user x\ntopic deny a\nuser y\ntopic read a'],
    healed: 'topic read b/#',
    good: ['topic read #\ntopic deny a/#', 'topic deny a/+\npattern read a/%c', 'topic read a/b\ntopic deny +/b', 'topic read a\ntopic deny a/#'],
  },
  'duplicate-line': { bad: ['topic read a\ntopic  read a', 'user x\ntopic a\nuser y\ntopic a\nuser x\ntopic readwrite a', 'topic a\ntopic deny a/b\ntopic a/#\ntopic deny a/b'], healed: 'topic read a', good: ['topic read a\ntopic write a', 'user x\ntopic a\nuser y\ntopic a'] },
  'user-without-lines': { bad: ['user bob', 'user bob\npattern read a/%u'], good: ['user bob\ntopic a', 'user bob\nuser eve\ntopic a\nuser bob\ntopic a'] },
  'pattern-without-name': { bad: ['pattern read a/#', 'pattern %C'], good: ['pattern read a/%c', 'pattern read %u', 'topic read a/#'] },
  'name-in-topic': { bad: ['topic read a/%c', 'topic %u'], good: ['pattern read a/%c'] },
  'name-in-part-of-level': { bad: ['pattern read p-%c/x', 'pattern read a/%u%c'], good: ['pattern read p/%c/%u'] },
  'name-at-start': { bad: ['pattern read %u/#'], good: ['pattern read a/%u', 'topic read %u/#'] },
  'system-write': { bad: ['topic readwrite $SYS/#', 'topic $SYS/a', 'topic write $SYSTEM/a'], healed: 'topic read $SYS/#', good: ['topic read $SYS/#', 'topic write $SYS/broker/connection/+/state', 'topic write $SYS/broker/connection/b/state', 'topic deny $SYS/a'] },
  'share-filter': { bad: ['topic read $share/g/a/#', 'topic read $shared'], healed: 'topic read a/#', good: ['topic read share/g/a'] },
  'user-wildcard': { bad: ['user a+b\ntopic a\npattern read a/%c', 'user #\ntopic a\npattern read a/%c'], good: ['user a+b\ntopic a'] },
  'user-slash': { bad: ['user a/b\ntopic a\npattern read a/%u'], good: ['user a/b\ntopic a\npattern read a/%c'] },
  'comment-behind-user': { bad: ['user bob # c\ntopic a'], healed: '# c\nuser bob\ntopic a', good: ['user bob#c\ntopic a', 'user bob smith\ntopic a'] },
  'tab-in-topic': { bad: ['topic read\ta', 'topic read a\tb'], healed: 'topic read a', good: ['topic read a\t'] },
  'tab-in-name': { bad: ['user a\tb\ntopic a'], healed: 'user ab\ntopic a', good: ['user a b\ntopic a'] },
  'control-character': { bad: ['topic read a\u0001b', 'user x\u007f\ntopic a'], healed: 'topic read ab', good: ['topic read a\r', 'topic read ä'] },
  nul: { bad: ['topic read abc\0', 'topic read a\0b\ntopic c'], healed: 'topic read abc', good: ['topic read a'] },
  'forgotten-line': { bad: [`topic read ${LONG.slice(1)}`], healed: `topic read ${LONG.slice(1)}\n`, good: [`topic read ${LONG.slice(1)}\n`] },
  'fails-open': { bad: ['foo'], good: ['topic a'] },
  'grants-all': { bad: ['topic #', 'user admin\ntopic write #', 'topic readwrite +/#'], good: ['topic read #', 'topic write a/#', 'topic deny #'] },
  'pattern-in-block': { bad: ['user bob\ntopic a\npattern read a/%u'], good: ['pattern read a/%u\nuser bob\ntopic a'] },
  'client-id-is-free': { bad: ['pattern read a/%c'], good: ['pattern read a/%u', 'pattern deny a/%c'] },
  'trailing-spaces': { bad: ['topic read a  ', 'topic read a \r\n'], healed: 'topic read a', good: ['topic read a\r\n', '# note  ', '   '] },
  'near-forgotten-length': { bad: [`topic read ${LONG}`, `topic read ${LONG.slice(3)}`, `topic read ${'a'.repeat(1_244 - 2)}`], healed: `topic read ${LONG}\n`, good: [`topic read ${LONG}\n`, 'topic read a'] },
  'comparing-cut': { bad: [], good: ['topic a'] },
}

describe('the lint of ACL files', () => {
  describe.each(Object.entries(cases))('%s', (rule, { bad, healed, good }) => {
    it.each(bad)('is found in %j', (text) => {
      expect(lint(text).map((finding) => finding.rule)).toContain(rule)
    })
    it.each(good)('is not found in %j', (text) => {
      expect(lint(text).map((finding) => finding.rule)).not.toContain(rule)
    })
    it('is healed by its fix', () => {
      const [text = ''] = bad
      expect(fixed(text, lint(text).find((finding) => finding.rule === rule))).toBe(healed ?? null)
    })
  })

  it('says an error just where the broker refuses a line', () => {
    for (const { bad, good } of Object.values(cases)) {
      for (const text of [...bad, ...good]) {
        const file = parseAclFile(text)
        const errors = lintAclFile(file, '2.0').filter(({ severity }) => severity === 'error')
        expect(errors[0]?.line ?? null).toBe(file.firstFaultLine)
      }
    }
  })

  it('fills every hole of its words', () => {
    for (const { bad } of Object.values(cases)) {
      for (const { rule, data } of bad.flatMap((text) => lint(text))) {
        const { title, text } = findingWords[rule]
        for (const [, hole = ''] of `${title} ${text}`.matchAll(/\{(\w+)\}/g)) expect(data, `${rule} {${hole}}`).toHaveProperty(hole)
      }
    }
  })

  it('has findings within their lines, in the order of the file', () => {
    const text = Object.values(cases).flatMap(({ bad }) => bad).filter((bad) => !bad.includes('\0')).join('\n')
    const findings = lint(text)
    const lines = text.split('\n')
    for (const { line, span } of findings) {
      expect(span.start).toBeLessThanOrEqual(span.end)
      expect(span.end).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1)
    }
    expect(findings.map(({ line }) => line)).toEqual(findings.map(({ line }) => line).sort((a, b) => a - b))
  })

  it('finds nothing wrong with a usual file', () => {
    const text = '# Admins\nuser admin\ntopic readwrite #\n\npattern read sensors/%u/+\npattern write sensors/%u/+\n\nuser gateway_01\ntopic read sensors/+/+\ntopic write gateways/gateway_01/+\n'
    expect(lint(text).filter(({ severity }) => severity !== 'note')).toEqual([])
  })
})
