import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageScope, type Counters, type TemplateScope, type TemplateValue } from '@shared/template/template-scope'
import {
  hasExpressions,
  MAX_EXPRESSION_LENGTH,
  MAX_EXPRESSIONS,
  MAX_RENDERED_LENGTH,
  MAX_TEMPLATE_LENGTH,
  parseTemplate,
  renderTemplate,
} from '@shared/template/template'

const NOON = Date.UTC(2026, 0, 2, 12)

function messageAtNoon(variables: Record<string, TemplateValue>, counters: Counters = new Map()) {
  return messageScope({ variables: new Map(Object.entries(variables)), counters, nowMs: NOON, uuid: () => crypto.randomUUID() })
}

function scopeWith(variables: Record<string, TemplateValue> = {}): TemplateScope {
  return messageAtNoon(variables).scope
}

function outcomeOf(text: string, scope = scopeWith()) {
  const parsed = parseTemplate(text)
  return parsed.ok ? renderTemplate(parsed.template, scope) : parsed
}

function rendered(text: string, scope = scopeWith()): string {
  const outcome = outcomeOf(text, scope)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault))
  return outcome.text
}

function fault(text: string, scope = scopeWith()) {
  const outcome = outcomeOf(text, scope)
  if (outcome.ok) throw new Error(`rendered: ${outcome.text}`)
  return outcome.fault
}

describe('what templates say', () => {
  it.each([
    ['plain text', 'plain text'],
    ['', ''],
    ['{{now}}', String(NOON)],
    ['{{now "seconds"}}', String(NOON / 1_000)],
    ['{{now "iso"}}', '2026-01-02T12:00:00.000Z'],
    ["{{now 'iso'}}", '2026-01-02T12:00:00.000Z'],
    ['{{ now }}', String(NOON)],
    ['{{randomInt 7 7}}', '7'],
    ['{{random 2 2}}', '2.00'],
    ['{{random -1.5 -1.5 3}}', '-1.500'],
    ['{{counter}} {{counter}} {{counter "other"}}', '1 1 1'],
    ['{{"{{"}} {{5}} {{true}}', '{{ 5 true'],
    ['a{{! a word, don\'t read }}b{{!-- }} --}}c', 'abc'],
    ['{"a":{"b":{{now}}}}', `{"a":{"b":${NOON}}}`],
    ['{"a":{"b":1}} }}', '{"a":{"b":1}} }}'],
    ['\\{{now}}', '{{now}}'],
    ['\\\\{{now}}', `\\${NOON}`],
    ['{{now}}\\{{x}}{{now}}', `${NOON}{{x}}${NOON}`],
    ['C:\\dir', 'C:\\dir'],
  ])('%j becomes %j', (text, becomes) => {
    expect(rendered(text)).toBe(becomes)
  })

  it('replaces variables by their full names, as they are', () => {
    const scope = scopeWith({ 'env.site': '<b> & "x" {{now}}', 'row.n': 3, plain: false })
    expect(rendered('{{env.site}}|{{row.n}}|{{plain}}|{{env.[site]}}', scope)).toBe('<b> & "x" {{now}}|3|false|<b> & "x" {{now}}')
  })

  it('writes a variable as JSON', () => {
    expect(rendered('{{json env.x}} {{json env.n}}', scopeWith({ 'env.x': 'a"b\n', 'env.n': 2 }))).toBe('"a\\"b\\n" 2')
  })

  it('makes another UUID each time', () => {
    const [first, second] = rendered('{{uuid}} {{uuid}}').split(' ')
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(second).not.toBe(first)
  })

  it('knows whether there is anything to replace', () => {
    const found = ['a {b}', 'a {{now}}'].map((text) => parseTemplate(text))
    expect(found.map((parsed) => parsed.ok && hasExpressions(parsed.template))).toEqual([false, true])
  })
})

describe('random numbers', () => {
  it('lie where they should', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.nat(1e6), (from, width) => {
        const to = from + width
        const whole = Number(rendered(`{{randomInt ${from} ${to}}}`))
        const real = Number(rendered(`{{random ${from} ${to}}}`))
        return Number.isInteger(whole) && whole >= from && whole <= to && real >= from && real <= to
      }),
    )
  })

  it('reach both ends', () => {
    const withRandom = (value: number): TemplateScope => ({ ...scopeWith(), random: () => value })
    expect(rendered('{{randomInt 1 6}}', withRandom(0))).toBe('1')
    expect(rendered('{{randomInt 1 6}}', withRandom(0.999999))).toBe('6')
  })
})

describe('counters', () => {
  it('go on with each message that is sent, each by itself', () => {
    const first = messageAtNoon({}, new Map([['b', 4]]))
    expect(rendered('{{counter "a"}} {{counter "b"}} {{counter}}', first.scope)).toBe('1 5 1')
    const second = messageAtNoon({}, first.countersAfter())
    expect(rendered('{{counter "a"}} {{counter "c"}}', second.scope)).toBe('2 1')
    expect(second.countersAfter()).toEqual(new Map([['a', 2], ['b', 5], ['', 1], ['c', 1]]))
  })

  it('stand still while a message is only looked at', () => {
    const counters = new Map([['', 1]])
    rendered('{{counter}}', messageAtNoon({}, counters).scope)
    expect(counters).toEqual(new Map([['', 1]]))
  })
})

describe('what is wrong, and where', () => {
  it.each([
    ['ab {{now', { kind: 'unclosed' }, 3, 5],
    ['{{counter "a}}', { kind: 'unclosed' }, 0, 14],
    ['ab {{nope}} c', { kind: 'unknown-variable', name: 'nope' }, 3, 8],
    ['{{env.nope}}', { kind: 'unknown-variable', name: 'env.nope' }, 0, 12],
    ['{{json env.nope}}', { kind: 'unknown-variable', name: 'env.nope' }, 0, 17],
    ['{{nope 1}}', { kind: 'unknown-function', name: 'nope' }, 0, 10],
    ['{{random 1}}', { kind: 'wrong-arguments', name: 'random' }, 0, 12],
    ['{{random 2 1}}', { kind: 'wrong-arguments', name: 'random' }, 0, 14],
    ['{{randomInt 1.5 2}}', { kind: 'wrong-arguments', name: 'randomInt' }, 0, 19],
    ['{{random 1 2 99}}', { kind: 'wrong-arguments', name: 'random' }, 0, 17],
    [`{{random -${'9'.repeat(308)} ${'9'.repeat(308)}}}`, { kind: 'wrong-arguments', name: 'random' }, 0, 629],
    ['{{now "soon"}}', { kind: 'wrong-arguments', name: 'now' }, 0, 14],
    ['{{uuid 1}}', { kind: 'wrong-arguments', name: 'uuid' }, 0, 10],
    ['{{}}', { kind: 'not-understood' }, 0, 4],
    ['{{"a" 1}}', { kind: 'not-understood' }, 0, 9],
  ])('%s', (text, reason, offset, length) => {
    expect(fault(text)).toEqual({ reason, offset, length })
  })

  it.each([
    '{{{now}}}',
    '{{&now}}',
    '{{~now}}',
    '{{#if now}}x{{/if}}',
    '{{^}}',
    '{{else}}',
    '{{/now}}',
    '{{> partial}}',
    '{{* decorator}}',
    '{{@root}}',
    '{{../now}}',
    '{{this}}',
    '{{this.now}}',
    '{{.}}',
    '{{now unit="iso"}}',
    '{{json (now)}}',
    '{{(now)}}',
    '{{now as |x|}}',
    '{{undefined}}',
    '{{null}}',
    '{{counter [1 2]}}{{#',
  ])('does not take what Handlebars has beyond expressions: %s', (text) => {
    expect(outcomeOf(text).ok).toBe(false)
  })
})

describe('hostile templates', () => {
  const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__', 'process', 'globalThis', 'window', 'require']

  it.each(NAMES)('see nothing named %s', (name) => {
    for (const text of [`{{${name}}}`, `{{env.${name}}}`, `{{now.${name}}}`, `{{${name}.constructor}}`, `{{env.[${name}]}}`]) {
      expect(fault(text, scopeWith({ env: 'x' })).reason.kind).toBe('unknown-variable')
    }
    expect(fault(`{{${name} "return process"}}`).reason.kind).toBe('unknown-function')
  })

  it('end at the limits, and say them', () => {
    expect(fault('x'.repeat(MAX_TEMPLATE_LENGTH + 1)).reason).toEqual({ kind: 'template-too-long', most: MAX_TEMPLATE_LENGTH })
    expect(fault('{{1}}'.repeat(MAX_EXPRESSIONS + 1)).reason).toEqual({ kind: 'too-many-expressions', most: MAX_EXPRESSIONS })
    expect(fault(`{{${'x'.repeat(MAX_EXPRESSION_LENGTH)}}}`).reason).toEqual({ kind: 'expression-too-long', most: MAX_EXPRESSION_LENGTH })
    const big = scopeWith({ big: 'x'.repeat(1_000_000) })
    expect(fault('{{big}}'.repeat(20), big).reason).toEqual({ kind: 'result-too-long', most: MAX_RENDERED_LENGTH })
  })

  it('take time that grows with their length, and no more', () => {
    const started = performance.now()
    for (const text of ['{{'.repeat(500_000), '\\'.repeat(2_000_000) + '{{now}}', '{{now}} \\{{'.repeat(9_999), `{{${'('.repeat(990)}}}`]) outcomeOf(text)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('never throw, and leave text without braces alone', () => {
    const pieces = fc.constantFrom('{{', '}}', '{{{', '\\', '"', "'", '[', ']', 'now', 'env.a', ' ', '1', '#', '/', '>', '&', '~', '!', '--', '(', ')', '|', '=', '@', '.', '\n', '\0', '\ud800')
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        const outcome = outcomeOf(text)
        if (outcome.ok) return text.includes('{{') || outcome.text === text
        const { offset, length } = outcome.fault
        return offset >= 0 && length >= 0 && offset + length <= text.length
      }),
      { numRuns: 1_000 },
    )
  })

  it('give back any text whose braces are escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', 'a', '{{', '"', ' '), { maxLength: 20 }), (parts) => {
        const text = parts.join('')
        return rendered(text.replaceAll('{{', '\\{{')) === text
      }),
    )
  })
})
