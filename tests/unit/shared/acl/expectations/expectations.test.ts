import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectationSchema, type Expectation } from '@shared/acl/expectations/expectation'
import { generateExpectations } from '@shared/acl/expectations/generate-expectations'
import { readExpectations } from '@shared/acl/expectations/read-expectations'
import { runExpectation } from '@shared/acl/expectations/run-expectations'
import { expectationsToJson, expectationsToYaml } from '@shared/acl/expectations/write-expectations'
import { readPolicy } from '@shared/acl/policy-document'

const expectation = (part: Partial<Expectation>): Expectation => ({ user: null, client: '', access: 'read', topic: 'a', expect: 'denied', ...part })
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('null', 'yes', '42', '1e3', '~', '- a', 'a: b', '#x', '2020-01-01', '%u', "'", '"', '\ud800', '__proto__'))

const anyExpectation = fc.record(
  {
    user: fc.option(text),
    client: text,
    access: fc.constantFrom('read' as const, 'write' as const, 'subscribe' as const, 'unsubscribe' as const),
    topic: text,
    expect: fc.constantFrom('allowed' as const, 'denied' as const),
    line: fc.integer({ min: 1 }),
    note: text.filter((note) => note !== ''),
  },
  { requiredKeys: ['user', 'client', 'access', 'topic', 'expect'] },
).map((value) => expectationSchema.parse(value))

describe('a document of expectations', () => {
  it.each([['YAML', expectationsToYaml], ['JSON', expectationsToJson]] as const)('is written as %s and read again', (_name, write) => {
    fc.assert(
      fc.property(fc.array(anyExpectation, { maxLength: 5 }), fc.option(text.filter((acl) => acl !== ''), { nil: undefined }), (cases, acl) => {
        const expectations = { ...(acl !== undefined && { acl }), version: '2.1' as const, cases }
        expect(readExpectations(write(expectations))).toEqual({ ok: true, expectations })
      }),
    )
  })

  it('says in which line something is wrong', () => {
    const read = readExpectations('cases:\n  - { access: read, topic: a, expect: denied }\n  - { access: red, topic: a, expect: denied }\n')
    expect(read).toMatchObject({ ok: false, faults: [{ line: 3, reason: { kind: 'wrong-value', path: 'cases.1.access' } }] })
    expect(readExpectations('{\n "cases": [,]\n}')).toMatchObject({ ok: false, faults: [{ line: 2, reason: { kind: 'malformed' } }] })
  })

  it.each([
    ['', 'malformed'],
    ['a: &x 1\nb: *x\ncases: []', 'malformed'],
    [`cases: ${'['.repeat(100_000)}`, 'too-deep'],
    [`{"cases": ${'['.repeat(100_000)}`, 'too-deep'],
    [`#${' '.repeat(5 * 1024 * 1024)}`, 'too-long'],
  ])('is refused when hostile (%#)', (hostile, kind) => {
    expect(readExpectations(hostile)).toMatchObject({ ok: false, faults: [{ reason: { kind } }] })
  })
})

describe('a case', () => {
  const { policy } = readPolicy('topic a\nuser u\ntopic read b\ntopic read b', '2.0')

  it.each([
    [expectation({ expect: 'allowed', line: 1 }), 'passed'],
    [expectation({}), 'other-answer'],
    [expectation({ user: 'u', topic: 'b', expect: 'allowed', line: 4 }), 'other-line'],
    [expectation({ topic: 'a/#' }), 'no-topic'],
    [expectation({ access: 'subscribe', topic: 'a/#', expect: 'allowed' }), 'passed'],
    [expectation({ access: 'subscribe', topic: 'a#', expect: 'allowed' }), 'no-topic'],
  ])('%j: %s', (tried, kind) => {
    expect(runExpectation(policy, tried).kind).toBe(kind)
  })
})

describe('generated cases', () => {
  const { policy } = readPolicy('topic a\nuser u\ntopic read b', '2.0')

  it('pass on the policy that they were made of, and are the same each time', () => {
    const { cases, left } = generateExpectations(policy, [null, 'u', 'u'], ['b', 'a', 'a', '#'])
    expect(left).toBe(0)
    expect(cases).toHaveLength(2 * 2 * 2)
    expect(cases.every((one) => runExpectation(policy, one).kind === 'passed')).toBe(true)
    expect(generateExpectations(policy, [null, 'u'], ['a', 'b']).cases).toEqual(cases)
  })

  it('are no more than allowed, and the rest is counted', () => {
    expect(generateExpectations(policy, [null, 'u'], ['a', 'b'], 3)).toMatchObject({ cases: { length: 3 }, left: 5 })
  })
})
