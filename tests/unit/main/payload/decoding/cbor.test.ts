import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutJson } from '@shared/payload/lay-out-json'
import { encode } from '../../../../../src-main/payload/encoding/encoders'
import { ofHex, rendered, shownText } from '../../../../support/read-payload'
import { CBOR_APPENDIX_A } from '../fixtures/cbor-appendix-a'

const written = (form: string): string => Buffer.from(encode(form, { kind: 'cbor' }, [])).toString('hex')

describe('CBOR', () => {
  it.each(CBOR_APPENDIX_A)('%s of RFC 8949, appendix A, is read as %s', (hex, form) => {
    const { format, fault, body } = rendered(ofHex(hex), { as: 'cbor' })
    expect({ format, fault }).toEqual({ format: 'cbor', fault: null })
    expect(body).toEqual({ kind: 'text', language: 'json', text: layOutJson(form) })
  })

  it.each(CBOR_APPENDIX_A.filter(([, , isPreferred]) => isPreferred))('%s of RFC 8949, appendix A, is written from %s', (hex, form) => {
    expect(written(form)).toBe(hex)
  })

  it('keeps keys that are there twice, and in their order', () => {
    expect(shownText(ofHex('a2616101616102'), { as: 'cbor' }).replace(/\s/g, '')).toBe('{"$map":[["a",1],["a",2]]}')
    expect(shownText(ofHex('a2613201613101'), { as: 'cbor' }).replace(/\s/g, '')).toBe('{"2":1,"1":1}')
    expect(shownText(ofHex('a1695f5f70726f746f5f5fa1617801'), { as: 'cbor' }).replace(/\s/g, '')).toBe('{"__proto__":{"x":1}}')
  })

  it.each([
    ['', 'no value'],
    ['1c', 'an info that is reserved'],
    ['ff', 'a break alone'],
    ['82ff01', 'a break in a list of known length'],
    ['bf01ff', 'a key without a value'],
    ['61ff', 'text that is no UTF-8'],
    ['f800', 'a simple value in two bytes that fits in one'],
    ['5f00ff', 'a number between pieces of bytes'],
    ['0001', 'more than one value'],
  ])('%s is malformed: %s', (hex) => {
    expect(rendered(ofHex(hex), { as: 'cbor' }).fault).toMatchObject({ format: 'cbor', reason: { kind: 'malformed' } })
  })

  it('shows what stands before a fault', () => {
    const { body, fault, format } = rendered(ofHex('8301a161618202'), { as: 'cbor' })
    expect(format).toBe('cbor')
    expect(body).toMatchObject({ text: layOutJson('[1,{"a":[2]}]') })
    expect(fault).toEqual({ format: 'cbor', reason: { kind: 'malformed', detail: 'it ends too early' } })
  })

  it('finds no fault in the end of a payload that was cut', () => {
    const cut = rendered(ofHex('8301a161618202'), { as: 'cbor', totalBytes: 100 })
    expect(cut).toMatchObject({ fault: null, format: 'cbor', totalBytes: 100 })
    expect(cut.shownBytes).toBeLessThanOrEqual(7)
    expect(rendered(ofHex('8301a161618202'), { as: 'cbor', maxBytes: 2 })).toMatchObject({ fault: null, body: { text: layOutJson('[1]') } })
  })

  it('comes back as it was, whatever the value', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }).map(Math.abs)),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    }))
    fc.assert(
      fc.property(value, (original) => {
        const bytes = encode(JSON.stringify(original).replaceAll('"$', '"_$'), { kind: 'cbor' }, [])
        const text = shownText(bytes, { as: 'cbor' })
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(original).replaceAll('"$', '"_$')))
        expect(Buffer.from(encode(text, { kind: 'cbor' }, [])).equals(bytes)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('any bytes: never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { fault, format, body } = rendered(bytes, { as: 'cbor' })
        if (format === 'cbor' && fault === null && body.kind === 'text' && !body.text.includes('$more')) {
          expect(shownText(encode(body.text, { kind: 'cbor' }, []), { as: 'cbor' })).toBe(body.text)
        }
      }),
      { numRuns: 500 },
    )
  })
})
