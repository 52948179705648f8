import { describe, expect, it } from 'vitest'
import { structuredValue } from '../../../../../src-main/payload/decoding/structured-value'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { bytesOf, messageOf, readingOf, rendered } from '../../../../support/read-payload'

const valueOf = (yaml: string) => structuredValue(messageOf(bytesOf(yaml)), readingOf({ as: 'yaml' }))

describe('YAML', () => {
  it('is shown as it came', () => {
    const text = '# a comment\nb:   1\na: [ x, "y" ]\n'
    expect(rendered(bytesOf(text), { as: 'yaml' })).toMatchObject({ format: 'yaml', body: { language: 'yaml', text }, fault: null })
  })

  // Examples of the YAML 1.2.2 specification, by their numbers.
  it.each([
    ['2.1', '- Mark McGwire\n- Sammy Sosa\n- Ken Griffey\n', ['Mark McGwire', 'Sammy Sosa', 'Ken Griffey']],
    ['2.2', 'hr:  65    # Home runs\navg: 0.278 # Batting average\nrbi: 147   # Runs Batted In\n', { hr: 65, avg: 0.278, rbi: 147 }],
    ['2.6', 'Mark McGwire: {hr: 65, avg: 0.278}\nSammy Sosa: {\n    hr: 63,\n    avg: 0.288,\n }\n', { 'Mark McGwire': { hr: 65, avg: 0.278 }, 'Sammy Sosa': { hr: 63, avg: 0.288 } }],
    ['2.10', '---\nhr:\n- Mark McGwire\n- &SS Sammy Sosa\nrbi:\n- *SS\n- Ken Griffey\n', { hr: ['Mark McGwire', 'Sammy Sosa'], rbi: ['Sammy Sosa', 'Ken Griffey'] }],
    ['2.19', 'canonical: 12345\ndecimal: +12345\noctal: 0o14\nhexadecimal: 0xC\n', { canonical: 12345, decimal: 12345, octal: 12, hexadecimal: 12 }],
    ['2.28', '---\nTime: 1\n---\nTime: 2\n', [{ Time: 1 }, { Time: 2 }]],
  ])('example %s has its value', (_number, text, value) => {
    expect(valueOf(text)).toEqual({ ok: true, value })
  })

  it('keeps what JSON lacks in the JSON form', () => {
    expect(valueOf('1: a\n? [b]\n: .nan')).toEqual({ ok: true, value: { $map: [[1, 'a'], [['b'], { $number: 'NaN' }]] } })
    const proto = valueOf('__proto__: {polluted: 1}')
    expect(proto.ok && JSON.stringify(proto.value)).toBe('{"__proto__":{"polluted":1}}')
    expect('polluted' in {}).toBe(false)
  })

  it.each(['a: [1', 'a: 1\na: 2', '\tx: 1', '*nobody', 'a: b: c'])('is not %j, which is shown as it came', (text) => {
    expect(rendered(bytesOf(text), { as: 'yaml' })).toMatchObject({ body: { text }, fault: { format: 'yaml', reason: { kind: 'malformed' } } })
    expect(valueOf(text)).toMatchObject({ ok: false })
  })

  it('is written as typed, once it is checked', () => {
    expect(Buffer.from(encode('a: ü # c', { kind: 'yaml' }, [])).toString()).toBe('a: ü # c')
    expect(() => encode('a: 1\na: 2', { kind: 'yaml' }, [])).toThrowError(
      expect.objectContaining({ code: 'payload-not-encoded', details: { reason: expect.stringContaining('unique') as string, position: 5 } }),
    )
  })
})
