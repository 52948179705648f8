import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseExactly } from '@shared/payload/parse-exactly'

it('keeps the digits of integers that no double holds, and all else as it is', () => {
  const json = String.raw`{"id":12345678901234567890,"text":"12345678901234567890 \" -98765432109876543210","list":[-9223372036854775808,9007199254740991,1e300,0.12345678901234567890]}`
  expect(parseExactly(json)).toEqual({
    id: '12345678901234567890',
    text: '12345678901234567890 " -98765432109876543210',
    list: ['-9223372036854775808', 9007199254740991, 1e300, Number('0.12345678901234567890')],
  })
  expect(() => parseExactly('{"a":12345678901234567890')).toThrow(SyntaxError)
})

/** As JSON.stringify wrote it. */
const exactly = (_key: string, value: unknown): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && !String(value).includes('e') ? String(value) : value

it('reads all else of any JSON as JSON.parse does', () => {
  fc.assert(fc.property(fc.json(), fc.string(), (json, text) => {
    const both = `[${json},${JSON.stringify(`${text}1234567890123456`)}]`
    expect(parseExactly(both)).toEqual(JSON.parse(both, exactly))
  }))
})
