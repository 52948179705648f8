import { describe, expect, it } from 'vitest'
import { AUTOMATIC } from '@shared/payload/reading'
import { comparePayloads } from '../../../../../src-main/payload/comparing/compare-payloads'
import type { ComparedInput } from '../../../../../src-main/payload/payload-api'

const message = (payload: string | Uint8Array): ComparedInput => {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
  return {
    kind: 'message',
    message: { topic: 't', payload: bytes, totalBytes: bytes.byteLength, contentType: null, payloadFormatIndicator: null },
    chosen: { reading: AUTOMATIC, by: null },
  }
}
const pasted = (text: string): ComparedInput => ({ kind: 'text', text })

describe('two payloads', () => {
  it('of JSON are laid out, and compared as values', () => {
    expect(comparePayloads(message('{"a":1}'), message('{"a" : 2}'), 0)).toEqual({
      kind: 'text',
      language: 'json',
      before: '{\n  "a": 1\n}',
      after: '{\n  "a": 2\n}',
      isCut: false,
      isSame: false,
      structure: { total: 1, differences: [{ kind: 'changed', path: ['a'], before: '1', after: '2' }] },
    })
  })

  it('of text have no structure, nor have JSON and text', () => {
    expect(comparePayloads(message('a'), message('a'), 0)).toMatchObject({ kind: 'text', isSame: true, structure: null })
    expect(comparePayloads(message('{"a":1}'), message('a'), 0)).toMatchObject({ kind: 'text', language: 'plain', structure: null })
  })

  it('may be a pasted text, JSON or not', () => {
    expect(comparePayloads(pasted('{ "a": 1 }'), message('{"a":1}'), 0)).toMatchObject({ isSame: true, structure: { total: 0 } })
    expect(comparePayloads(pasted('{ "a": '), message('{"a":1}'), 0)).toMatchObject({ language: 'plain', structure: null })
  })

  it('are compared byte by byte as soon as one of them is no text', () => {
    expect(comparePayloads(message(Uint8Array.of(0xff, 1, 2)), message(Uint8Array.of(0xff, 3)), 0)).toEqual({
      kind: 'bytes',
      before: Uint8Array.of(0xff, 1, 2),
      after: Uint8Array.of(0xff, 3),
      isCut: false,
      isSame: false,
      differing: 2,
    })
    expect(comparePayloads(pasted('a'), message(Uint8Array.of(0xff)), 0)).toMatchObject({ kind: 'bytes', before: Uint8Array.of(0x61) })
  })

  it('are shown in part where they are long, and counted to the end', () => {
    const [long, other] = [new Uint8Array(3_000_000).fill(0xff), new Uint8Array(3_000_000).fill(0xfe)]
    expect(comparePayloads(message(long), message(other), 0)).toMatchObject({ isCut: true, differing: 3_000_000 })
    expect(comparePayloads(message('x'.repeat(3_000_000)), message('y'), 0)).toMatchObject({ kind: 'text', isCut: true, isSame: false })
  })
})
