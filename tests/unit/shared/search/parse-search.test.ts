import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from '@shared/search/parse-search'
import type { SearchTerm, SearchTest } from '@shared/search/search'
import { searchFaultSchema } from '@shared/search/search-fault'
import { SEARCH_OPERATORS } from '@shared/search/search-operators'

const text = (part: string): SearchTest => ({ kind: 'text', text: part })
const filter = (wanted: string): SearchTest => ({ kind: 'filter', filter: wanted })
const regex = (pattern: string, ignoreCase = false): SearchTest => ({ kind: 'regex', pattern, ignoreCase })
const payload = (part: string): SearchTest => ({ kind: 'payload', text: part })
const since = (milliseconds: number): SearchTest => ({ kind: 'since', milliseconds })
const measure = (name: 'rate' | 'size' | 'messages', sign: '>' | '<', value: number): SearchTest => ({ kind: 'measure', measure: name, sign, value })
const retained: SearchTest = { kind: 'retained' }

const term = (test: SearchTest, negated = false): SearchTerm => ({ negated, test })
const not = (test: SearchTest): SearchTerm => term(test, true)

/** The terms a text is read as; a plain test stands for one that is not negated. */
function terms(searched: string): readonly (SearchTest | SearchTerm)[] {
  const parsed = parseSearch(searched)
  if (!parsed.ok) throw new Error(parsed.fault.code)
  return parsed.search.map((one) => (one.negated ? one : one.test))
}

describe('parseSearch', () => {
  it.each<[string, ...(SearchTest | SearchTerm)[]]>([
    // Parts of a topic
    [''],
    [' \t '],
    ['press', text('press')],
    ['  plant   Pump ', text('plant'), text('Pump')],
    ['abc:def', text('abc:def')],
    ['http://x:1', text('http://x:1')],
    ['a>b', text('a>b')],
    ['a"b', text('a"b')],
    ['a-b', text('a-b')],
    ['rate', text('rate')],
    ['payloads:x', text('payloads:x')],
    ['xsize>1', text('xsize>1')],
    ['-', text('-')],
    ['$SYS', text('$SYS')],
    // Quoted
    ['"living room"', text('living room')],
    ['"living room" lamp', text('living room'), text('lamp')],
    ['"a""b"', text('a'), text('b')],
    ['"-x"', text('-x')],
    ['"payload:x"', text('payload:x')],
    ['"rate>1"', text('rate>1')],
    ['"retained"', text('retained')],
    ['"a/+/b"', text('a/+/b')],
    ['"/x/"', text('/x/')],
    ['"not" x', text('not'), text('x')],
    [String.raw`"a\"b\\c\d"`, text(String.raw`a"b\c\d`)],
    ['"still typ', text('still typ')],
    ['"'],
    ['"" x', text('x')],
    ['-""'],
    // Topic filters
    ['plant/+/temperature', filter('plant/+/temperature')],
    ['#', filter('#')],
    ['/+', filter('/+')],
    ['/+/', filter('/+/')],
    ['/a/+/', filter('/a/+/')],
    ['a:b/#', filter('a:b/#')],
    ['$share/crew/a/#', filter('$share/crew/a/#')],
    // Regular expressions
    ['/^a.*b$/', regex('^a.*b$')],
    ['/line-[12]/i', regex('line-[12]', true)],
    ['/a b/ c', regex('a b'), text('c')],
    ['/^plant/.*/temp$/', regex('^plant/.*/temp$')],
    [String.raw`/a\/ b/`, regex(String.raw`a\/ b`)],
    ['/a+/', regex('a+')],
    ['/a/x', text('/a/x')],
    ['/a', text('/a')],
    ['/', text('/')],
    ['//', text('//')],
    ['/a/g', text('/a/g')],
    // Operators
    ['payload:error', payload('error')],
    ['payload:"some text"', payload('some text')],
    ['PAYLOAD:a:b', payload('a:b')],
    ['payload:a+b', payload('a+b')],
    ['payload:/x/', payload('/x/')],
    ['payload:-1', payload('-1')],
    ['since:30s', since(30_000)],
    ['since:5m', since(300_000)],
    ['since:2H', since(7_200_000)],
    ['since:1.5d', since(129_600_000)],
    ['rate>10', measure('rate', '>', 10)],
    ['rate<0.5', measure('rate', '<', 0.5)],
    ['rate>0', measure('rate', '>', 0)],
    ['size>1k', measure('size', '>', 1_024)],
    ['size<100', measure('size', '<', 100)],
    ['size>1.5M', measure('size', '>', 1_572_864)],
    ['messages>100', measure('messages', '>', 100)],
    ['Retained', retained],
    // Negation
    ['-press', not(text('press'))],
    ['--press', not(text('-press'))],
    ['-"a b"', not(text('a b'))],
    ['-a/#', not(filter('a/#'))],
    ['-/a/', not(regex('a'))],
    ['-payload:x', not(payload('x'))],
    ['-since:1m', not(since(60_000))],
    ['-rate>1', not(measure('rate', '>', 1))],
    ['-retained', not(retained)],
    ['not press', not(text('press'))],
    ['NOT  retained x', not(retained), text('x')],
    ['not not', not(text('not'))],
    ['not', text('not')],
    ['not ', text('not')],
    ['- x', text('-'), text('x')],
    // Together
    ['plant -test payload:"on fire" since:1h', text('plant'), not(text('test')), payload('on fire'), since(3_600_000)],
  ])('reads %j', (searched, ...expected) => {
    expect(terms(searched)).toEqual(expected)
  })

  it.each([
    ['a#', { code: 'topic-filter', text: 'a#', fault: 'hash-not-alone' }],
    ['x -#/a', { code: 'topic-filter', text: '#/a', fault: 'hash-not-last' }],
    ['+a', { code: 'topic-filter', text: '+a', fault: 'plus-not-alone' }],
    ['$share/+', { code: 'topic-filter', text: '$share/+', fault: 'share-name' }],
    ['+\0', { code: 'topic-filter', text: '+\0', fault: 'nul' }],
    ['/(/', { code: 'regex', text: '/(/', detail: 'missing closing ): (' }],
    ['/(?=a)/', { code: 'regex', text: '/(?=a)/', detail: 'invalid or unsupported Perl syntax: (?=' }],
    [String.raw`/(a)\1/`, { code: 'regex', text: String.raw`/(a)\1/`, detail: String.raw`invalid escape sequence: \1` }],
    ['/a{1000}b{1000}c{1000}/', { code: 'regex-too-big', text: '/a{1000}b{1000}c{1000}/' }],
    ['payload:', { code: 'no-value', text: 'payload:', operator: 'payload' }],
    ['payload:""', { code: 'no-value', text: 'payload:""', operator: 'payload' }],
    ['since: 5m', { code: 'no-value', text: 'since:', operator: 'since' }],
    ['rate>', { code: 'no-value', text: 'rate>', operator: 'rate' }],
    ['since:5', { code: 'value', text: 'since:5', operator: 'since' }],
    ['since:5y', { code: 'value', text: 'since:5y', operator: 'since' }],
    ['since:0s', { code: 'value', text: 'since:0s', operator: 'since' }],
    ['since:toString', { code: 'value', text: 'since:toString', operator: 'since' }],
    ['rate>fast', { code: 'value', text: 'rate>fast', operator: 'rate' }],
    ['rate>=5', { code: 'value', text: 'rate>=5', operator: 'rate' }],
    ['rate>1k', { code: 'value', text: 'rate>1k', operator: 'rate' }],
    ['rate>-1', { code: 'value', text: 'rate>-1', operator: 'rate' }],
    ['rate>1e9', { code: 'value', text: 'rate>1e9', operator: 'rate' }],
    ['size>1g', { code: 'value', text: 'size>1g', operator: 'size' }],
    [`size>${'9'.repeat(16)}`, { code: 'value', text: `size>${'9'.repeat(16)}`, operator: 'size' }],
    ['messages:5', { code: 'sign', text: 'messages:5', operator: 'messages' }],
    ['rate=', { code: 'sign', text: 'rate=', operator: 'rate' }],
    ['since>5m', { code: 'sign', text: 'since>5m', operator: 'since' }],
    ['Payload>"a b"', { code: 'sign', text: 'Payload>"a b"', operator: 'payload' }],
    ['retained:yes', { code: 'sign', text: 'retained:yes', operator: 'retained' }],
  ])('says what is wrong with %j', (searched, fault) => {
    expect(parseSearch(searched)).toEqual({ ok: false, fault })
    expect(searchFaultSchema.parse(fault)).toEqual(fault)
  })

  it('has limits', () => {
    const codeOf = (searched: string): string | null => {
      const parsed = parseSearch(searched)
      return parsed.ok ? null : parsed.fault.code
    }
    expect(codeOf('a'.repeat(65_535))).toBeNull()
    expect(codeOf('a'.repeat(65_536))).toBe('too-long')
    expect(codeOf('a '.repeat(20))).toBeNull()
    expect(codeOf('a '.repeat(21))).toBe('too-many-terms')
    expect(codeOf(`/${'a'.repeat(1_000)}/`)).toBeNull()
    expect(codeOf(`/${'a'.repeat(1_001)}/`)).toBe('regex-too-long')
  })

  it('reads what its own table of operators shows', () => {
    const negated = SEARCH_OPERATORS.map(({ before, value, after }) => terms(before + value + after))
    expect(negated.map(([first]) => first && ('kind' in first ? first.kind : `not ${first.test.kind}`))).toEqual([
      ...['text', 'text', 'filter', 'regex', 'payload', 'since', 'measure', 'measure', 'measure', 'retained', 'not text'],
    ])
    expect(negated.every(({ length }) => length === 1)).toBe(true)
  })

  it('never throws, and every fault fits its schema', () => {
    const pieces = fc.constantFrom(
      ...['"', '\\', '/', '-', 'not ', ' ', '+', '#', 'payload:', 'since:', 'rate>', 'size<', 'retained', '5', 'm', 'k', '(', ')', '[', '*', '{9}', '\0', '\uD800', 'é', 'i'],
    )
    const texts = fc.oneof(fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 40 }))
    fc.assert(
      fc.property(texts, (searched) => {
        const parsed = parseSearch(searched)
        if (!parsed.ok) searchFaultSchema.parse(parsed.fault)
      }),
      { numRuns: 3_000 },
    )
  })
})

/** A term and one way to write it. */
type Written = readonly [SearchTerm, string]

const quoted = (part: string): string => `"${part.replace(/["\\]/g, '\\$&')}"`
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
const decimal = fc.tuple(fc.nat(1_000_000), fc.nat(999)).map(([whole, part]) => (part === 0 ? `${whole}` : `${whole}.${part}`))
const sign = fc.constantFrom('>' as const, '<' as const)
const units = fc.constantFrom(['s', 1_000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]) as fc.Arbitrary<[string, number]>
const levels = fc.array(fc.constantFrom('+', 'a', 'b:c', '', 'rate>1'), { minLength: 1, maxLength: 4 })

const writtenTest: fc.Arbitrary<readonly [SearchTest, string]> = fc.oneof(
  anyText.map((part) => [text(part), quoted(part)] as const),
  fc.stringMatching(/^[a-mo-z][a-z./:]{0,8}[a-z]$/).filter((word) => !/^(payload|since)[:]|^retained$/.test(word)).map((word) => [text(word), word] as const),
  levels.map((parts) => `x/${[...parts, '+'].join('/')}`).map((wanted) => [filter(wanted), wanted] as const),
  fc.tuple(fc.stringMatching(/^[a-z.|?]*[a-z]$/), fc.boolean()).filter(([pattern]) => !/\?\?|\|\?|^\?/.test(pattern)).map(([pattern, any]) => [regex(pattern, any), `/${pattern}/${any ? 'i' : ''}`] as const),
  anyText.map((part) => [payload(part), `payload:${quoted(part)}`] as const),
  fc.tuple(decimal.filter((number) => Number(number) > 0), units).map(([number, [unit, factor]]) => [since(Number(number) * factor), `since:${number}${unit}`] as const),
  fc.tuple(fc.constantFrom('rate' as const, 'size' as const, 'messages' as const), sign, decimal).map(([name, than, number]) => [measure(name, than, Number(number)), `${name}${than}${number}`] as const),
  fc.constant([retained, 'retained'] as const),
)
const written: fc.Arbitrary<Written> = fc
  .tuple(writtenTest, fc.constantFrom('', '-', 'not ', 'not  '))
  .map(([[test, form], negation]) => [term(test, negation !== ''), negation + form] as const)

describe('a search that is written down', () => {
  it('is read as it was meant, whatever stands side by side', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 20 }), fc.constantFrom(' ', '  ', '\t'), (all, space) => {
        const parsed = parseSearch(all.map(([, form]) => form).join(space))
        expect(parsed).toEqual({ ok: true, search: all.map(([meant]) => meant) })
      }),
      { numRuns: 2_000 },
    )
  })
})
