import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOutJson } from '@shared/payload/lay-out-json'

describe('layOutJson', () => {
  it('changes white space only', () => {
    const text = '{"a":1.0,"b":12345678901234567890,"a":1e400,"c":"\\u00e9\\/ x","d":[]}'
    expect(layOutJson(text)?.replace(/\n */g, '').replaceAll(': ', ':')).toBe(text)
  })

  it('gives the same value for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(layOutJson(text) ?? '')).toEqual(JSON.parse(text))
      }),
    )
  })
})
