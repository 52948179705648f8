import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAYLOAD_FORMATS, type PayloadFormat } from '@shared/payload/format'
import { decodePayload, detectFormat, encodePayload, jsonFault } from '@shared/payload/payload-codec'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'))
const anyBytes = fc.uint8Array({ maxLength: 200 })
const anyText = fc.string({ unit: 'binary' })

function decoded(bytes: Uint8Array, format: PayloadFormat): string {
  const result = decodePayload(bytes, format)
  if (!result.ok) throw new Error(`not decoded: ${result.fault.kind}`)
  return result.text
}

function encoded(text: string, format: PayloadFormat): Uint8Array {
  const result = encodePayload(text, format)
  if (!result.ok) throw new Error(`not encoded: ${result.fault.kind}`)
  return result.bytes
}

describe('encodePayload after decodePayload', () => {
  it.each(['hex', 'base64'] as const)('gives the same bytes in %s, whatever they are', (format) => {
    const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(encoded(decoded(allBytes, format), format)).toEqual(allBytes)
    fc.assert(fc.property(anyBytes, (bytes) => {
      expect(encoded(decoded(bytes, format), format)).toEqual(bytes)
    }))
  })

  it('gives the same bytes in text when they are UTF-8, and says so when they are not', () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, anyText.map(bytesOf)), (bytes) => {
        const result = decodePayload(bytes, 'text')
        if (result.ok) expect(encoded(result.text, 'text')).toEqual(bytes)
        else expect(Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf8').equals(bytes)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['a byte order mark', '\uFEFFa\uFEFF'],
    ['NUL and other control characters', '\0\u0001\u001b[0m\u007f\u0085'],
    ['line ends of all kinds', 'a\r\nb\rc\nd\u2028'],
    ['characters outside the basic plane', '😀\u{10FFFF}'],
    ['U+FFFD itself', '\uFFFD'],
    ['decomposed letters', 'e\u0301'],
  ])('keeps %s', (_what, text) => {
    expect(decoded(bytesOf(text), 'text')).toBe(text)
    expect(encoded(text, 'text')).toEqual(bytesOf(text))
  })

  it('keeps JSON as it was typed', () => {
    const text = '{ "b" : 1.0e0,\n"a":"\\u00e9", "big": 12345678901234567890 }'
    expect(encoded(text, 'json')).toEqual(bytesOf(text))
    expect(decoded(bytesOf(text), 'json')).toBe(text)
  })

  it('works on payloads longer than an argument list', () => {
    const long = new Uint8Array(300_001).map((_, index) => index * 7)
    for (const format of ['hex', 'base64'] as const) {
      expect(Buffer.compare(encoded(decoded(long, format), format), long)).toBe(0)
    }
  })

  it('gives nothing for nothing', () => {
    const nothing = new Uint8Array()
    for (const format of ['text', 'hex', 'base64'] as const) {
      expect(decoded(nothing, format)).toBe('')
      expect(encoded('', format)).toEqual(nothing)
    }
  })
})

describe('decodePayload', () => {
  it.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xe2, 0x82]],
    ['a code point too high', [0xf4, 0x90, 0x80, 0x80]],
  ])('does not show %s as text', (_what, bytes) => {
    expect(decodePayload(Uint8Array.from(bytes), 'text')).toEqual({ ok: false, fault: { kind: 'not-utf8' } })
    expect(decodePayload(Uint8Array.from(bytes), 'json')).toEqual({ ok: false, fault: { kind: 'not-utf8' } })
  })

  it('writes hex in lines of sixteen bytes', () => {
    const bytes = Uint8Array.from({ length: 17 }, (_, index) => index)
    expect(decoded(bytes, 'hex')).toBe('00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n10')
  })

  it('writes base64 as RFC 4648, section 10 does', () => {
    const vectors = { '': '', f: 'Zg==', fo: 'Zm8=', foo: 'Zm9v', foob: 'Zm9vYg==', fooba: 'Zm9vYmE=', foobar: 'Zm9vYmFy' }
    for (const [text, base64] of Object.entries(vectors)) {
      expect(decoded(bytesOf(text), 'base64')).toBe(base64)
      expect(encoded(base64, 'base64')).toEqual(bytesOf(text))
    }
  })
})

describe('encodePayload', () => {
  it.each([
    ['de ad\nBE\tef', [0xde, 0xad, 0xbe, 0xef]],
    ['  00ff ', [0x00, 0xff]],
    ['d e a d', [0xde, 0xad]],
  ])('reads hex %j', (text, bytes) => {
    expect(encoded(text, 'hex')).toEqual(Uint8Array.from(bytes))
  })

  it.each([
    ['abc', { kind: 'odd-hex-digits' }],
    ['0x10', { kind: 'invalid-hex', position: 1 }],
    ['00 fg', { kind: 'invalid-hex', position: 4 }],
    ['é', { kind: 'invalid-hex', position: 0 }],
  ])('refuses hex %j', (text, fault) => {
    expect(encodePayload(text, 'hex')).toEqual({ ok: false, fault })
  })

  it.each(['Zg', 'Zg==', 'Z g\n==', ' Zg== '])('reads base64 %j', (text) => {
    expect(encoded(text, 'base64')).toEqual(bytesOf('f'))
  })

  it.each(['Z', 'Zg=', 'Z===', '====', '=Zg=', 'Zm9v!', 'Zm-_', 'é'])('refuses base64 %j', (text) => {
    expect(encodePayload(text, 'base64')).toEqual({ ok: false, fault: { kind: 'invalid-base64' } })
  })

  it.each(['text', 'json'] as const)('refuses a lone surrogate as %s instead of changing it', (format) => {
    const fault = { kind: 'ill-formed-text' }
    expect(encodePayload('"\uD800"', format)).toEqual({ ok: false, fault })
    expect(encodePayload('"\\ud800"', format).ok).toBe(true)
  })

  it.each(['', ' ', '{', "{'a':1}", '{"a":1,}', '[1 2]', 'NaN', '01', '"a', '\uFEFF{}', '{} x', '// c\n{}'])(
    'refuses %j as JSON',
    (text) => {
      expect(encodePayload(text, 'json')).toMatchObject({ ok: false, fault: { kind: 'invalid-json' } })
      expect(jsonFault(text)).toMatchObject({ detail: expect.stringMatching(/./) })
    },
  )

  it.each(['{}', '[]', ' 1 ', '"a"', 'null', 'true', '{"a":[1,{"b":-1.5e3}]}'])('takes %j as JSON', (text) => {
    expect(jsonFault(text)).toBeNull()
  })

  it('never throws and gives bytes or a reason', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...PAYLOAD_FORMATS), (text, format) => {
        const result = encodePayload(text, format)
        if (result.ok) expect(result.bytes).toBeInstanceOf(Uint8Array)
        else expect(result.fault.kind).toMatch(/./)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('detectFormat', () => {
  it.each([
    ['{"a":1}', 'json'],
    [' [1, 2]\n', 'json'],
    ['21.5', 'text'],
    ['"quoted"', 'text'],
    ['null', 'text'],
    ['{"a":', 'text'],
    ['{not json}', 'text'],
    ['', 'text'],
    ['two\r\n\tlines', 'text'],
    ['Grüße 😀', 'text'],
    ['\uFEFF{"a":1}', 'text'],
    ['a\0b', 'hex'],
    ['\u001b[31mred', 'hex'],
    ['\u007f', 'hex'],
  ])('%j is %s', (text, format) => {
    expect(detectFormat(bytesOf(text))).toBe(format)
  })

  it.each([[[0xff, 0xfe]], [[0xc3]], [[0x80, 0x41]]])('%j is hex', (bytes) => {
    expect(detectFormat(Uint8Array.from(bytes))).toBe('hex')
  })

  it('finds for any bytes a format that shows them without loss', () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, anyText.map(bytesOf), fc.json().map(bytesOf)), (bytes) => {
        const format = detectFormat(bytes)
        expect(encoded(decoded(bytes, format), format)).toEqual(bytes)
      }),
      { numRuns: 1_000 },
    )
  })

  it('calls every JSON object and array JSON', () => {
    const containers = fc.jsonValue().filter((value) => typeof value === 'object' && value !== null)
    fc.assert(fc.property(containers, (value) => {
      expect(detectFormat(bytesOf(JSON.stringify(value, null, 2)))).toBe('json')
    }))
  })
})
