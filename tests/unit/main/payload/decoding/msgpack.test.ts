import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutJson } from '@shared/payload/lay-out-json'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { ofHex, rendered, shownText } from '../../../../support/read-payload'
import { MESSAGEPACK_OF_PYTHON } from '../fixtures/messagepack-python'

const written = (form: string): string => Buffer.from(encode(form, { kind: 'msgpack' }, [])).toString('hex')
const compact = (hex: string): string => shownText(ofHex(hex), { as: 'msgpack' }).replace(/\n */g, '').replaceAll(': ', ':')

describe('MessagePack', () => {
  it.each(MESSAGEPACK_OF_PYTHON)('%s of Python is read', (form, hex) => {
    const { fault, body } = rendered(ofHex(hex), { as: 'msgpack' })
    expect(fault).toBeNull()
    expect(body).toEqual({ kind: 'text', language: 'json', text: layOutJson(form) })
  })

  it.each(MESSAGEPACK_OF_PYTHON)('%s is written as Python does', (form, hex) => {
    expect(written(form)).toBe(hex)
  })

  // The specification's "Formats", where no writer that takes the fewest bytes goes.
  it.each([
    ['ca3e800000', '0.25'],
    ['ca3f800000', '1.0'],
    ['d30000000000000001', '1'],
    ['cf0000000000000001', '1'],
    ['d90161', '"a"'],
    ['da000161', '"a"'],
    ['db0000000161', '"a"'],
    ['c5000101', '{"$bytes":"AQ=="}'],
    ['c60000000101', '{"$bytes":"AQ=="}'],
    ['dd0000000101', '[1]'],
    ['df00000001a16101', '{"a":1}'],
    ['c8000105ff', '{"$tag":5,"value":{"$bytes":"/w=="}}'],
    ['c90000000180ff', '{"$tag":-128,"value":{"$bytes":"/w=="}}'],
    ['d50101ff', '{"$tag":1,"value":{"$bytes":"Af8="}}'],
    ['d8000102030405060708090a0b0c0d0e0f10', '{"$tag":0,"value":{"$bytes":"AQIDBAUGBwgJCgsMDQ4PEA=="}}'],
    ['82a16101a16102', '{"$map":[["a",1],["a",2]]}'],
    ['a1ff', '{"$bytes":"/w=="}'],
    ['c70cff3b9aca000000000000000001', '{"$tag":-1,"value":{"$bytes":"O5rKAAAAAAAAAAAB"}}'],
    ['c70cff000000007fffffffffffffff', '{"$tag":-1,"value":{"$bytes":"AAAAAH//////////"}}'],
  ])('%s is read as %s', (hex, form) => {
    expect(compact(hex)).toBe(form)
  })

  it.each(['', 'c1', '92', '9201', 'd9ff61', '81a161', '0000', 'c8ffff01'])('%j is malformed', (hex) => {
    expect(rendered(ofHex(hex), { as: 'msgpack' }).fault).toMatchObject({ format: 'msgpack', reason: { kind: 'malformed' } })
  })

  it('shows what stands before a fault, and finds none where a payload was cut', () => {
    const hex = '9301 81a161 92 02'.replaceAll(' ', '')
    expect(rendered(ofHex(hex), { as: 'msgpack' })).toMatchObject({
      body: { text: layOutJson('[1,{"a":[2]}]') },
      fault: { format: 'msgpack', reason: { detail: 'it ends too early' } },
    })
    expect(rendered(ofHex(hex), { as: 'msgpack', totalBytes: 50 })).toMatchObject({ body: { text: layOutJson('[1,{"a":[2]}]') }, fault: null })
  })

  it('any bytes: never an error, and what is read is written with the same meaning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { fault, format, body } = rendered(bytes, { as: 'msgpack' })
        if (format !== 'msgpack' || fault !== null || body.kind !== 'text') return
        expect(shownText(encode(body.text, { kind: 'msgpack' }, []), { as: 'msgpack' })).toBe(body.text)
      }),
      { numRuns: 500 },
    )
  })

  it('any JSON comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter((value) => !/\d{19}/.test(JSON.stringify(value))), (value) => {
        const json = JSON.stringify(value).replaceAll('"$', '"_$')
        expect(JSON.parse(shownText(encode(json, { kind: 'msgpack' }, []), { as: 'msgpack' }))).toEqual(JSON.parse(json))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['18446744073709551616', /64 bits/],
    ['{"$undefined":true}', /undefined/],
    ['{"$simple":3}', /simple/],
    ['{"$tag":128,"value":{"$bytes":""}}', /-128 to 127/],
    ['{"$tag":1,"value":2}', /bytes/],
    ['"\\ud800"', /surrogate/],
  ])('has no way to write %s', (form, reason) => {
    expect(() => written(form)).toThrowError(expect.objectContaining({ code: 'payload-not-encoded', details: { reason: expect.stringMatching(reason) as string } }))
  })
})
