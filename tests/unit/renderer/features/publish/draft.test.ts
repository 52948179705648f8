import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAYLOAD_FORMATS, type PayloadFormat } from '@shared/payload/format'
import { draftOf, EMPTY_DRAFT, type Draft } from '../../../../../src-renderer/features/publish/draft'
import { MAX_EDITABLE_BYTES, payloadOf, withFormat, withText } from '../../../../../src-renderer/mqtt/payload-text'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'))
const loaded = (payload: Uint8Array) => draftOf({ topic: 'a/b', payload, qos: 1, retain: true })

function bytes(draft: Draft): Uint8Array {
  const payload = payloadOf(draft)
  if (!payload.ok) throw new Error(`no payload: ${payload.fault.kind}`)
  return payload.bytes
}

function faultOf(draft: Draft, format: PayloadFormat): string | null {
  const changed = withFormat(draft, format)
  return changed.ok ? null : changed.fault.kind
}

describe('a loaded message', () => {
  it('keeps topic, QoS and retain', () => {
    expect(loaded(bytesOf('x'))).toMatchObject({ topic: 'a/b', qos: 1, retain: true })
  })

  it('is published with the very bytes it had, in whatever formats it is looked at', () => {
    const anyPayload = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'binary' }).map(bytesOf))
    fc.assert(
      fc.property(anyPayload, fc.array(fc.constantFrom(...PAYLOAD_FORMATS), { maxLength: 5 }), (payload, formats) => {
        let draft = loaded(payload)
        for (const format of formats) {
          const changed = withFormat(draft, format)
          if (changed.ok) draft = changed.draft
        }
        expect(bytes(draft)).toBe(payload)
        expect(bytes(withText(draft, draft.text))).toBe(payload)
      }),
      { numRuns: 50 },
    )
  })

  it('is not lost by an edit that is taken back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (payload) => {
        const draft = loaded(payload)
        expect(bytes(withText(withText(draft, `${draft.text} `), draft.text))).toEqual(payload)
      }),
    )
  })

  it.each([
    ['JSON as it came, not laid out', '{"b":1.0,"a":12345678901234567890}', 'json'],
    ['text', 'plain words', 'text'],
    ['a bare number as text', '42', 'text'],
    ['CRLF all through as text', 'one\r\ntwo\r\n', 'text'],
  ])('shows %s', (_what, text, format) => {
    expect(loaded(bytesOf(text))).toMatchObject({ format, text, sealed: false })
  })

  it.each([
    ['mixed line ends', 'one\r\ntwo\nthree'],
    ['a CR alone', 'one\rtwo'],
    ['a byte order mark', '\uFEFFtext'],
    ['a line separator', 'one\u2028two'],
  ])('shows %s in hex, because an editor would change it', (_what, text) => {
    const draft = loaded(bytesOf(text))
    expect(draft.format).toBe('hex')
    expect(faultOf(draft, 'text')).toBe('editor-would-change')
  })

  it('is sealed when it is too large to edit, and still published whole', () => {
    const payload = new Uint8Array(MAX_EDITABLE_BYTES + 1)
    const draft = loaded(payload)
    expect(draft).toMatchObject({ sealed: true, text: '' })
    expect(bytes(draft)).toBe(payload)
    expect(faultOf(draft, 'base64')).toBe('too-large')
    expect(bytes(withText(draft, '00'))).toEqual(Uint8Array.of(0))
  })
})

describe('changing the format', () => {
  it('refuses text for bytes that are not UTF-8', () => {
    expect(faultOf(loaded(Uint8Array.of(0xff, 0xfe)), 'text')).toBe('not-utf8')
  })

  it('takes what is no payload of the present format as one of the other', () => {
    const misplaced = { ...EMPTY_DRAFT, format: 'hex' as const, text: '{"a":1}' }
    expect(withFormat(misplaced, 'json')).toEqual({ ok: true, draft: { ...misplaced, format: 'json' } })
  })

  it('lets half-written JSON become text and go back', () => {
    const draft = { ...EMPTY_DRAFT, text: '{"a":' }
    const asText = withFormat(draft, 'text')
    expect(asText).toMatchObject({ ok: true, draft: { format: 'text', text: '{"a":' } })
    expect(withFormat({ ...draft, format: 'text' }, 'json')).toMatchObject({ ok: true, draft: { text: '{"a":' } })
  })

  it('keeps what was typed, byte for byte', () => {
    const typed = { ...EMPTY_DRAFT, format: 'text' as const, text: 'é ✓ 1' }
    const asHex = withFormat(typed, 'hex')
    expect(asHex).toMatchObject({ ok: true, draft: { text: 'c3 a9 20 e2 9c 93 20 31' } })
    if (asHex.ok) expect(withFormat(asHex.draft, 'text')).toMatchObject({ ok: true, draft: { text: typed.text } })
  })
})

describe('the payload', () => {
  it.each(PAYLOAD_FORMATS)('is zero bytes when nothing is written in %s', (format) => {
    expect(bytes({ ...EMPTY_DRAFT, format })).toEqual(new Uint8Array())
  })

  it('is refused when JSON is not valid, after an edit too', () => {
    expect(payloadOf(withText(loaded(bytesOf('{"a":1}')), '{"a":}'))).toMatchObject({ ok: false })
  })
})
