import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAYLOAD_FORMATS } from '@shared/payload/format'
import { encodePayload } from '@shared/payload/payload-codec'
import { AUTOMATIC, usualChoice, type ReadableFormat } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { renderPayload as render } from '../../../../../src-main/payload/decoding/render-payload'

const ALL = Number.MAX_SAFE_INTEGER
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')

/** What is shown, bytes as hexadecimal digits. */
function renderPayload(payload: Uint8Array, wanted: ReadableFormat | 'auto', maxBytes: number) {
  const message = { topic: 't', payload, totalBytes: payload.byteLength, contentType: null, payloadFormatIndicator: null }
  const reading = wanted === 'auto' ? AUTOMATIC : { ...AUTOMATIC, format: usualChoice(wanted) }
  const { body, format, shownBytes, totalBytes } = render(message, { reading, by: wanted === 'auto' ? null : 'hand' }, maxBytes)
  return { text: textOf(body), format, shownBytes, totalBytes }
}

function textOf(body: RenderedPayload['body']): string {
  if (body.kind === 'text') return body.text
  return Array.from(body.bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

const auto = (text: string, maxBytes = ALL) => renderPayload(bytesOf(text), 'auto', maxBytes)

describe('JSON', () => {
  it('is laid out by two spaces a level', () => {
    expect(auto('{"a":[1,{"b":null}],"c":"d"}')).toEqual({
      text: ['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": "d"', '}'].join('\n'),
      format: 'json',
      shownBytes: 28,
      totalBytes: 28,
    })
  })

  it('is laid out the same however it was spaced', () => {
    expect(auto('\r\n{\r\n\t"a" :\r1 ,"b":[ ]\r}\n').text).toBe('{\n  "a": 1,\n  "b": []\n}')
  })

  it.each(['1.0', '1e400', '-0', '12345678901234567890', '0.1000', '1E+2'])('keeps the number %s as it was sent', (number) => {
    expect(auto(`[${number}]`).text).toBe(`[\n  ${number}\n]`)
  })

  it('keeps duplicate keys, escapes and the order of keys', () => {
    expect(auto('{"b":1,"a":2,"b":3}').text).toBe('{\n  "b": 1,\n  "a": 2,\n  "b": 3\n}')
    expect(auto(String.raw`{"\u0061":"\/\ud83d\ude00\"{}[],:"}`).text).toBe(
      `{\n  ${String.raw`"\u0061": "\/\ud83d\ude00\"{}[],:"`}\n}`,
    )
    expect(auto('{"__proto__":{"x":1}}').text).toContain('"__proto__"')
  })

  it.each(['{}', '[]', '{ }', '[\n]'])('leaves %j in one piece', (text) => {
    expect(auto(text).text).toMatch(/^(\{\}|\[\])$/)
  })

  it('says the same laid out as it did before, token by token', () => {
    const tokens = (text: string): string[] => text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? []
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), fc.constantFrom('', 1, '\t', 7), (value, space) => {
        const text = JSON.stringify(value, null, space)
        const rendered = auto(text)
        expect(rendered.format).toBe('json')
        expect(tokens(rendered.text)).toEqual(tokens(text))
        expect(rendered.text).toBe(JSON.stringify(value, null, 2))
      }),
      { numRuns: 100 },
    )
  })

  it('of a hundred thousand values is laid out in far less than a second', () => {
    const rendered = auto(JSON.stringify(Array.from({ length: 100_000 }, (_, index) => index)))
    expect(rendered.text.split('\n')).toHaveLength(100_002)
  }, 2_000)

  it.each([
    ['nested without end', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['wide and deep at once', `${'['.repeat(5_000)}${'0,'.repeat(100_000)}0${']'.repeat(5_000)}`],
    ['in one string', JSON.stringify(['\\'.repeat(400_000)])],
  ])('that a hostile publisher sent (%s) does not take the engine down', (_what, text) => {
    const { format, text: shown } = auto(text)
    expect(['json', 'text']).toContain(format)
    expect(shown.length).toBeLessThan(20_000_000)
    expect(shown.replace(/\s/g, '')).toBe(text)
  }, 4_000)
})

describe('the format chosen', () => {
  it.each([
    ['a word', 'on', 'text'],
    ['a bare number', '21.5', 'text'],
    ['JSON with a mistake', '{"a":}', 'text'],
    ['nothing', '', 'text'],
    ['a control character', 'a\0', 'hex'],
  ] as const)('for %s', (_what, text, format) => {
    expect(auto(text)).toMatchObject({ format })
  })

  it('for bytes that are no text is hex', () => {
    expect(renderPayload(Uint8Array.of(0xff, 0x00, 0x10), 'auto', ALL)).toEqual({
      text: 'ff 00 10',
      format: 'hex',
      shownBytes: 3,
      totalBytes: 3,
    })
  })

  it.each([
    ['json', '{\n  "a": 1\n}'],
    ['text', '{"a":1}'],
    ['hex', '7b 22 61 22 3a 31 7d'],
    ['base64', 'eyJhIjoxfQ=='],
  ] as const)('by hand is kept: %s', (format, text) => {
    expect(renderPayload(bytesOf('{"a":1}'), format, ALL)).toMatchObject({ text, format })
  })

  it.each(['json', 'text'] as const)('by hand is hex where %s cannot show the bytes', (format) => {
    expect(renderPayload(Uint8Array.of(0x61, 0xff), format, ALL)).toMatchObject({ text: '61 ff', format: 'hex' })
  })

  it('by hand shows what is no JSON as it came', () => {
    expect(renderPayload(bytesOf('{oops'), 'json', ALL)).toMatchObject({ text: '{oops', format: 'json' })
  })
})

describe('a part of a payload', () => {
  it.each(['é', '€', '😀'])('ends before a character cut in two: %s', (character) => {
    const size = Buffer.byteLength(character)
    for (let maxBytes = 0; maxBytes <= 4 * size; maxBytes += 1) {
      const whole = Math.floor(maxBytes / size)
      expect(auto(character.repeat(4), maxBytes)).toEqual({
        text: character.repeat(whole),
        format: 'text',
        shownBytes: whole * size,
        totalBytes: 4 * size,
      })
    }
  })

  it('of hex and base64 is exactly as long as allowed', () => {
    const bytes = bytesOf('€€')
    expect(renderPayload(bytes, 'hex', 4)).toMatchObject({ text: 'e2 82 ac e2', shownBytes: 4, totalBytes: 6 })
    expect(renderPayload(bytes, 'base64', 4)).toMatchObject({ text: '4oKs4g==', shownBytes: 4, totalBytes: 6 })
  })

  it('of JSON is JSON, laid out as far as it goes', () => {
    expect(auto('{"a":[1,2,3]}', 8)).toMatchObject({ text: '{\n  "a": [\n    1,\n    ', format: 'json', shownBytes: 8, totalBytes: 13 })
    expect(auto('{"a":"a string that goes on"}', 12)).toMatchObject({ text: '{\n  "a": "a stri', format: 'json' })
  })

  it.each(['[notice] all is well', '{{template}} and more', '[1 2 3] and more than that'])('of %s is text', (text) => {
    expect(auto(text, text.length - 4)).toMatchObject({ text: text.slice(0, -4), format: 'text' })
  })

  it('of what is no text is hex', () => {
    const bytes = Uint8Array.from([0xff, ...bytesOf('text')])
    expect(renderPayload(bytes, 'auto', 2)).toMatchObject({ text: 'ff 74', format: 'hex', shownBytes: 2, totalBytes: 5 })
  })
})

it('any bytes in any format: never an error, and what is shown stands for the first bytes', () => {
  const format = fc.constantFrom('auto' as const, ...PAYLOAD_FORMATS)
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 40 }).map(bytesOf))
  fc.assert(
    fc.property(bytes, format, fc.nat({ max: 70 }), (payload, wanted, maxBytes) => {
      const { text, format: used, shownBytes, totalBytes } = renderPayload(payload, wanted, maxBytes)
      expect(totalBytes).toBe(payload.byteLength)
      expect(shownBytes).toBeLessThanOrEqual(Math.min(maxBytes, totalBytes))
      expect(shownBytes).toBeGreaterThan(Math.min(maxBytes, totalBytes) - 4)
      const back = encodePayload(text, used === 'hex' || used === 'base64' ? used : 'text')
      expect(back.ok).toBe(true)
      if (back.ok && used !== 'json') expect(Buffer.compare(back.bytes, payload.subarray(0, shownBytes))).toBe(0)
    }),
    { numRuns: 200 },
  )
})
