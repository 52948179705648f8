import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { structuredValue } from '../../../../../src-main/payload/decoding/structured-value'
import { bytesOf, messageOf, ofBase64, ofHex, readingOf, type How } from '../../../../support/read-payload'
import { IMAGES } from '../fixtures/images'

const valueOf = (payload: Uint8Array, how: How = {}) => structuredValue(messageOf(payload, how), readingOf(how))

describe('the value a payload stands for', () => {
  it.each([
    ['{"a":[1,2.5],"b":"x"}', { a: [1, 2.5], b: 'x' }],
    ['21.5', 21.5],
    [' -1e3\n', -1000],
    ['on', 'on'],
    ['', ''],
    ['0x10', '0x10'],
    ['1,5', '1,5'],
    ['007', '007'],
    ['NaN', 'NaN'],
  ])('of %j', (text, value) => {
    expect(valueOf(bytesOf(text))).toEqual({ ok: true, value })
  })

  it('of compressed and binary formats', () => {
    expect(valueOf(gzipSync('{"a":1}'))).toEqual({ ok: true, value: { a: 1 } })
    expect(valueOf(ofHex('a2616101616241ff'), { as: 'cbor' })).toEqual({ ok: true, value: { a: 1, b: { $bytes: '/w==' } } })
    expect(valueOf(ofHex('81a161cb4035800000000000'), { contentType: 'application/msgpack' })).toEqual({ ok: true, value: { a: 21.5 } })
    expect(valueOf(ofHex('41ac0000'), { as: 'number' })).toEqual({ ok: true, value: 21.5 })
    expect(valueOf(bytesOf('a: 1'), { as: 'yaml' })).toEqual({ ok: true, value: { a: 1 } })
  })

  it('longer than what is shown at once is all of it', () => {
    const list = Array.from({ length: 200_000 }, (_, index) => index)
    expect(valueOf(bytesOf(JSON.stringify(list)))).toEqual({ ok: true, value: list })
  })

  it.each<[string, Uint8Array, How]>([
    ['bytes', ofHex('ff00'), {}],
    ['an image', ofBase64(IMAGES['image/gif']), {}],
    ['half of a list', ofHex('8201'), { as: 'cbor' }],
    ['no JSON', bytesOf('{"a":'), { as: 'json' }],
    ['half of something compressed', gzipSync('{"a":1}').subarray(0, 12), {}],
    ['the start of a payload', bytesOf('[1,2'), { as: 'json', totalBytes: 100 }],
  ])('does not exist: %s', (_what, payload, how) => {
    expect(valueOf(payload, how)).toMatchObject({ ok: false, reason: { kind: 'malformed' } })
  })
})
