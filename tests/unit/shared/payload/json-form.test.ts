import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Instant, Pairs, Simple, Tagged } from '@shared/payload/form-values'
import { FORM_LIMITS, toJsonForm } from '@shared/payload/json-form'
import { fromJsonForm } from '@shared/payload/read-json-form'

const written = (value: unknown): string => toJsonForm(value).text

function read(text: string): unknown {
  const result = fromJsonForm(text)
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

const FORMS: readonly (readonly [text: string, value: unknown])[] = [
  ['{"a":[1,null,true,"x"]}', { a: [1, null, true, 'x'] }],
  ['18446744073709551615', 18446744073709551615n],
  ['-9223372036854775808', -9223372036854775808n],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['1.152921504606847e+18', 2 ** 60],
  ['-0', -0],
  ['{"$bytes":"/wAQ"}', Uint8Array.of(0xff, 0, 0x10)],
  ['{"$number":"NaN"}', Number.NaN],
  ['{"$number":"-Infinity"}', Number.NEGATIVE_INFINITY],
  ['{"$undefined":true}', undefined],
  ['{"$date":"2013-03-21T20:04:00.500Z"}', new Date('2013-03-21T20:04:00.500Z')],
  ['{"$date":"2013-03-21T20:04:00.000000001Z"}', new Instant(Date.UTC(2013, 2, 21, 20, 4) / 1000, 1)],
  ['{"$date":"1969-12-31T23:59:59.999999999Z"}', new Instant(-1, 999_999_999)],
  ['{"$map":[[1,"a"],[{"$bytes":"AQ=="},{}]]}', new Pairs([[1, 'a'], [Uint8Array.of(1), {}]])],
  ['{"$tag":32,"value":"http://a"}', new Tagged(32, 'http://a')],
  ['{"$tag":18446744073709551615,"value":[]}', new Tagged(18446744073709551615n, [])],
  ['{"$simple":16}', new Simple(16)],
  ['{"$$bytes":"AQ=="}', { $bytes: 'AQ==' }],
  ['{"$$$tag":1,"value":2}', { $$tag: 1, value: 2 }],
  ['{"$other":1,"$":2,"$$":3}', { $other: 1, $: 2, $$: 3 }],
]

describe('the JSON form', () => {
  it.each(FORMS)('%s is written and read', (text, value) => {
    expect(written(value)).toBe(text)
    expect(read(text)).toEqual(value)
  })

  it('writes a map of strings as an object, any other as pairs', () => {
    expect(written(new Map([['a', 1]]))).toBe('{"a":1}')
    expect(written(new Map<unknown, unknown>([['a', 1], [2, 'b']]))).toBe('{"$map":[["a",1],[2,"b"]]}')
  })

  it('keeps __proto__ a key like any other', () => {
    const value = read('{"__proto__":{"polluted":true},"constructor":1}') as object
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('polluted' in value).toBe(false)
    expect(written(value)).toBe('{"__proto__":{"polluted":true},"constructor":1}')
  })

  it('comes back as it was, whatever the value', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', '$bytes', '$$bytes', '$tag', 'value', '$map', '$more', '$x'))
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.double(),
          fc.integer(),
          fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).filter((big) => !Number.isSafeInteger(Number(big))),
          fc.boolean(),
          fc.constantFrom(null, undefined),
          fc.uint8Array(),
          fc.date({ noInvalidDate: true }),
          fc.record({ seconds: fc.integer(), nanoseconds: fc.integer({ min: 1, max: 999_999 }) }).map((at) => new Instant(at.seconds, at.nanoseconds)),
          fc.nat({ max: 255 }).map((number) => new Simple(number)),
        ),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
        fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Pairs(entries)),
        fc.tuple(fc.nat(), tie('value')).map(([tag, tagged]) => new Tagged(tag, tagged)),
      ),
    }))
    fc.assert(
      fc.property(value, (original) => {
        const text = written(original)
        expect(() => void JSON.parse(text)).not.toThrow()
        expect(read(text)).toEqual(original)
        expect(written(read(text))).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['{"a":}', 'malformed', null],
    ['{"a":1,"a":2}', 'malformed', 7],
    ['[{"$bytes":"!"}]', 'malformed', 1],
    ['{"$number":5}', 'malformed', 0],
    ['{"$date":"yesterday"}', 'malformed', 0],
    ['{"$map":[[1]]}', 'malformed', 0],
    ['{"$tag":1.5,"value":1}', 'malformed', 0],
    ['{"$simple":256}', 'malformed', 0],
    ['{"$more":3}', 'malformed', 0],
  ])('is not %s', (text, kind, position) => {
    expect(fromJsonForm(text)).toMatchObject({ ok: false, fault: { kind, position } })
  })
})

describe('the limits of the JSON form', () => {
  const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'in')

  it('cut what is too deep, and say so', () => {
    expect(toJsonForm(nested(2), { ...FORM_LIMITS, depth: 1 })).toEqual({ text: '[{"$more":1}]', cutBy: 'depth' })
    expect(toJsonForm(nested(200)).cutBy).toBeNull()
    expect(toJsonForm(nested(10_000))).toMatchObject({ cutBy: 'depth' })
  })

  it('cut what is too much, and say how much', () => {
    expect(toJsonForm([1, 2, 3, 4], { ...FORM_LIMITS, values: 3 })).toEqual({ text: '[1,2,{"$more":2}]', cutBy: 'values' })
    expect(toJsonForm({ a: 1, b: 2 }, { ...FORM_LIMITS, values: 2 })).toEqual({ text: '{"a":1,"$more":1}', cutBy: 'values' })
    expect(toJsonForm(['x'.repeat(50), 'y'], { ...FORM_LIMITS, characters: 50 }).text).toMatch(/"x+",\{"\$more":1\}\]$/)
  })

  it('hold for reading too', () => {
    expect(fromJsonForm('['.repeat(201) + ']'.repeat(201))).toMatchObject({ ok: true })
    expect(fromJsonForm('['.repeat(100_000) + ']'.repeat(100_000))).toEqual({ ok: false, fault: { kind: 'limit', limit: 'depth', most: 200 } })
    expect(fromJsonForm('[1,2]', 'numbers', { ...FORM_LIMITS, values: 2 })).toEqual({ ok: false, fault: { kind: 'limit', limit: 'values', most: 2 } })
  })
})
