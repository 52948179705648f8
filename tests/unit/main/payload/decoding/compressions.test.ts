import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Compression } from '@shared/payload/reading'
import { bytesOf, ofHex, rendered, shownText } from '../../../../support/read-payload'
import { COMPRESSED, PLAIN, RAW_DEFLATE, ZSTD_FIFTY } from '../fixtures/compressed'

const LAID_OUT = JSON.stringify(JSON.parse(PLAIN), null, 2)

describe('a compressed payload', () => {
  it.each(Object.entries(COMPRESSED))('of another program is known by its first bytes: %s', (name, hex) => {
    const { compressions, format, body, unwrappedBytes, totalBytes, shownBytes, fault } = rendered(ofHex(hex))
    expect({ compressions, format, fault }).toEqual({ compressions: [/^[a-z]+/.exec(name)?.[0]], format: 'json', fault: null })
    expect(body).toMatchObject({ text: LAID_OUT })
    expect({ unwrappedBytes, shownBytes, totalBytes }).toEqual({ unwrappedBytes: PLAIN.length, shownBytes: PLAIN.length, totalBytes: hex.length / 2 })
  })

  it('of zstd with repeated matches is read', () => {
    expect(rendered(ofHex(ZSTD_FIFTY))).toMatchObject({ body: { text: PLAIN.repeat(50) }, compressions: ['zstd'] })
  })

  it('of brotli or raw deflate is unwrapped when somebody says so', () => {
    const brotli = brotliCompressSync(PLAIN)
    expect(rendered(brotli).compressions).toEqual([])
    expect(rendered(brotli, { compression: 'brotli' })).toMatchObject({ compressions: ['brotli'], body: { text: LAID_OUT } })
    expect(rendered(brotli, { contentType: 'application/json; content-encoding=br' })).toMatchObject({ compressions: ['brotli'], decidedBy: 'content-type' })
    expect(rendered(brotli, { contentType: 'application/x-brotli' })).toMatchObject({ compressions: ['brotli'], body: { text: LAID_OUT } })
    expect(rendered(ofHex(RAW_DEFLATE), { compression: 'deflate' })).toMatchObject({ compressions: ['deflate'], body: { text: LAID_OUT } })
    expect(rendered(ofHex(RAW_DEFLATE)).compressions).toEqual([])
  })

  it('stays wrapped when that is wanted', () => {
    expect(rendered(gzipSync(PLAIN), { compression: 'none' })).toMatchObject({ compressions: [], format: 'hex' })
  })

  it('in another is unwrapped, three deep at most', () => {
    const three = gzipSync(deflateSync(gzipSync(PLAIN)))
    expect(rendered(three)).toMatchObject({ compressions: ['gzip', 'zlib', 'gzip'], body: { text: LAID_OUT }, fault: null })
    expect(rendered(gzipSync(three))).toMatchObject({
      compressions: ['gzip', 'gzip', 'zlib'],
      format: 'hex',
      fault: { format: 'gzip', reason: { kind: 'limit', limit: 'depth', most: 3 } },
    })
  })

  it.each(['x^2 + y', 'x\u0001', 'x', 'x^'])('is not guessed from the text %j', (text) => {
    expect(rendered(bytesOf(text))).toMatchObject({ compressions: [], fault: null })
  })

  it.each([
    ['zlib', deflateSync(PLAIN), 'auto'],
    ['deflate', deflateRawSync(PLAIN), 'deflate'],
    ['brotli', brotliCompressSync(PLAIN), 'brotli'],
  ] as const)('that ends before the payload does says so: %s', (name, bytes, compression) => {
    expect(rendered(Buffer.concat([bytes, Buffer.from('hidden')]), { compression })).toMatchObject({
      compressions: [name],
      body: { text: LAID_OUT },
      fault: { format: name, reason: { kind: 'malformed', detail: 'it ends 6 bytes before the payload does' } },
    })
  })

  it.each([
    ['gzip', gzipSync(PLAIN.repeat(20))],
    ['zstd', ofHex(ZSTD_FIFTY)],
  ] as const)('that is cut says so: %s', (name, bytes) => {
    const cut = rendered(bytes.subarray(0, bytes.byteLength - 9))
    expect(cut.fault).toEqual({ format: name, reason: { kind: 'malformed', detail: 'it ends too early' } })
  })

  it('that is damaged shows what can be had', () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n')
    const damaged = Uint8Array.from(gzipSync(text))
    damaged.fill(0xff, damaged.byteLength / 2)
    const { body, fault } = rendered(damaged)
    expect(fault).toMatchObject({ format: 'gzip', reason: { kind: 'malformed' } })
    expect(body.kind === 'text' && body.text.startsWith(text.slice(0, 1_000))).toBe(true)
  })

  it('that is cut shows its start as text', () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n')
    for (const [name, bytes] of [['gzip', gzipSync(text)], ['zlib', deflateSync(text)], ['brotli', brotliCompressSync(text)]] as const) {
      const start = shownText(bytes.subarray(0, bytes.byteLength / 2), { compression: name })
      expect(start.length).toBeGreaterThan(100)
      expect(text.startsWith(start)).toBe(true)
    }
  })

  it('of which only the start was read is no fault', () => {
    const bytes = gzipSync(Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n'))
    const start = rendered(bytes.subarray(0, 1_000), { totalBytes: bytes.byteLength })
    expect(start).toMatchObject({ compressions: ['gzip'], fault: null, format: 'text' })
  })

  it('with a sum that is wrong shows everything and says so', () => {
    const bytes = gzipSync(PLAIN)
    bytes[bytes.byteLength - 6] = (bytes[bytes.byteLength - 6] ?? 0) ^ 0xff
    const { body, fault } = rendered(bytes)
    expect(body).toMatchObject({ text: expect.stringMatching(/"device": ?"boiler"/) as string })
    expect(fault).toMatchObject({ format: 'gzip', reason: { kind: 'malformed' } })
  })

  it('of any bytes by any method comes back as it was', () => {
    const methods: readonly (readonly [Compression, (bytes: Uint8Array) => Uint8Array])[] = [
      ['gzip', gzipSync],
      ['zlib', deflateSync],
      ['deflate', deflateRawSync],
      ['brotli', brotliCompressSync],
    ]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...methods), (bytes, [compression, compress]) => {
        const { body, fault } = rendered(compress(bytes), { compression, as: 'hex' })
        expect({ body, fault }).toEqual({ body: { kind: 'bytes', bytes }, fault: null })
      }),
      { numRuns: 200 },
    )
  })

  it('of any bytes by hand: never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('gzip', 'zlib', 'zstd', 'brotli', 'deflate'), (bytes, compression) => {
        expect(rendered(bytes, { compression }).totalBytes).toBe(bytes.byteLength)
      }),
      { numRuns: 300 },
    )
  })
})
