import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { structuredValue } from '../../../../../src-main/payload/decoding/structured-value'
import { bytesOf, messageOf, ofHex, readingOf, rendered, type How } from '../../../../support/read-payload'

const ZEROS = Buffer.alloc(80 * 1024 * 1024)
const INFLATED = { kind: 'limit', limit: 'inflated-bytes', most: 64 * 1024 * 1024 }

/** Frames of Zstandard by RFC 8878, 3.1.1: a window of 1 KB, and blocks of one repeated byte. */
function zstdBomb(blocks: number, windowDescriptor = 0x38): Uint8Array {
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0x00, windowDescriptor]
  const block = (128 * 1024) << 3
  const repeated = [(block | 2) & 0xff, (block >> 8) & 0xff, (block >> 16) & 0xff, 0x41]
  return Uint8Array.from([...head, ...Array.from({ length: blocks }, () => repeated).flat()])
}

// Soon: none of these takes a second on a machine that is free; without their limits they go on for minutes, or to the end of memory.
describe('a compressed bomb ends soon, with its start to see', () => {
  it.each([
    ['gzip', gzipSync(ZEROS)],
    ['zlib', deflateSync(ZEROS)],
    ['deflate', deflateRawSync(ZEROS)],
    ['brotli', brotliCompressSync(ZEROS, { params: { 1: 1 } })],
    ['zstd', zstdBomb(100_000)],
  ] as const)('%s', (compression, bytes) => {
    const { fault, unwrappedBytes, format } = rendered(bytes, { compression, as: 'hex' })
    expect({ fault, format }).toEqual({ fault: { format: compression, reason: INFLATED }, format: 'hex' })
    expect(unwrappedBytes).toBeGreaterThan(INFLATED.most / 4)
    expect(unwrappedBytes).toBeLessThanOrEqual(INFLATED.most)
  })

  it('zstd that asks for two gigabytes of window gets none', () => {
    expect(rendered(zstdBomb(1, 0xa8))).toMatchObject({ fault: { format: 'zstd', reason: INFLATED }, format: 'hex' })
  })

  it('zstd that makes its window move for every byte', () => {
    const tiny = Array.from({ length: 200_000 }, () => [0x08, 0x00, 0x00, 0x41]).flat() // raw blocks of one byte
    const { fault } = rendered(Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x80, ...tiny]))
    expect(fault).toMatchObject({ format: 'zstd', reason: { kind: 'limit', limit: 'milliseconds' } })
  })

  it('thousands of frames in a row', () => {
    const frame = '28b52ffd0438010000' // of nothing, with its checksum
    expect(rendered(ofHex(`${frame}99e9d851`.repeat(20_000))).compressions).toEqual(['zstd'])
  })
})

describe('a nested or endless value ends soon, with its start to see', () => {
  const depth = { kind: 'limit', limit: 'depth', most: 200 }
  const values = { kind: 'limit', limit: 'values', most: 1_000_000 }
  const cases: readonly (readonly [what: string, bytes: Uint8Array, how: How, reason: object])[] = [
    ['CBOR, lists in lists', Buffer.alloc(100_000, 0x81), { as: 'cbor' }, depth],
    ['CBOR, endless lists in lists', Buffer.alloc(100_000, 0x9f), { as: 'cbor' }, depth],
    ['CBOR, maps as keys', Buffer.alloc(100_000, 0xa1), { as: 'cbor' }, depth],
    ['CBOR, tags in tags', Buffer.alloc(100_000, 0xc6), { as: 'cbor' }, depth],
    ['CBOR, a list of more than a million', Buffer.concat([ofHex('9a00200000'), Buffer.alloc(0x200000)]), { as: 'cbor' }, values],
    ['MessagePack, lists in lists', Buffer.alloc(100_000, 0x91), { as: 'msgpack' }, depth],
    ['MessagePack, maps as keys', Buffer.alloc(100_000, 0x81), { as: 'msgpack' }, depth],
    ['MessagePack, huge lists in lists', Buffer.from('ddffffffff'.repeat(20_000), 'hex'), { as: 'msgpack' }, depth],
    ['MessagePack, a list of more than a million', Buffer.concat([ofHex('dd00200000'), Buffer.alloc(0x200000)]), { as: 'msgpack' }, values],
    ['numbers, more than a million', Buffer.alloc(0x200000), { as: { kind: 'number', type: 'int8', byteOrder: 'big-endian' } }, values],
    ['YAML, lists in lists', bytesOf('['.repeat(50_000)), { as: 'yaml' }, depth],
    ['YAML, indented', bytesOf(Array.from({ length: 400 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')), { as: 'yaml' }, depth],
    ['XML, elements in elements', bytesOf('<a>'.repeat(50_000) + '</a>'.repeat(50_000)), { as: 'xml' }, depth],
  ]
  it.each(cases)('%s', (_what, bytes, how, reason) => {
    const { fault, shownBytes } = rendered(bytes, { ...how, maxBytes: Number.MAX_SAFE_INTEGER })
    expect(fault?.reason).toEqual(reason)
    expect(shownBytes).toBeGreaterThan(0)
  })

  it('CBOR and MessagePack that promise what does not come', () => {
    for (const hex of ['9bffffffffffffffff', 'bbffffffffffffffff', '5bffffffffffffffff', '7bffffffffffffffff', '9affffffff00']) {
      expect(rendered(ofHex(hex), { as: 'cbor' }).fault).toMatchObject({ reason: { kind: 'malformed', detail: 'it ends too early' } })
    }
    for (const hex of ['ddffffffff', 'dfffffffff', 'c6ffffffff', 'dbffffffff', 'c9ffffffff00']) {
      expect(rendered(ofHex(hex), { as: 'msgpack' }).fault).toMatchObject({ reason: { kind: 'malformed', detail: 'it ends too early' } })
    }
  })

  it('CBOR with an integer of a million digits shows bytes', () => {
    const bytes = Buffer.concat([ofHex('c25a00080000'), Buffer.alloc(0x80000, 0xff)])
    expect(rendered(bytes, { as: 'cbor', maxBytes: 1_000_000 })).toMatchObject({ fault: null, body: { text: expect.stringContaining('"$tag": 2') as string } })
  })

  it.each([
    ['yaml', 'a: '.repeat(1_000_000), 256 * 1024],
    ['xml', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 1024 * 1024],
  ] as const)('%s that takes long to check is shown unchecked', (as, text, most) => {
    expect(rendered(bytesOf(text), { as, maxBytes: Number.MAX_SAFE_INTEGER })).toMatchObject({
      body: { language: as, text },
      fault: { format: as, reason: { kind: 'limit', limit: 'bytes', most } },
    })
  })

  it('YAML with aliases of aliases', () => {
    const levels = 'abcdefghijkl'.split('')
    const text = levels.map((name, index) => `${name}: &${name} [${(index === 0 ? Array<string>(9).fill('x') : Array<string>(9).fill(`*${levels[index - 1] ?? ''}`)).join(',')}]`).join('\n')
    expect(rendered(bytesOf(text), { as: 'yaml' })).toMatchObject({ fault: { format: 'yaml', reason: values }, body: { text } })
    expect(structuredValue(messageOf(bytesOf(text)), readingOf({ as: 'yaml' }))).toEqual({ ok: false, reason: values })
  })

  it.each([
    ['in braces', '{' + Array.from({ length: 40_000 }, (_, key) => key.toString(36)).join(',') + '}'],
    ['in lines', Array.from({ length: 40_000 }, (_, key) => `${key.toString(36)}:`).join('\n')],
  ])('YAML with thousands of keys, %s', (_what, text) => {
    expect(rendered(bytesOf(text), { as: 'yaml' })).toMatchObject({ fault: null, body: { text } })
  })

  it('XML with entities of entities', () => {
    const entities = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('')
    const text = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><a>&l9;</a>`
    expect(rendered(bytesOf(text), { as: 'xml' })).toMatchObject({
      fault: { format: 'xml', reason: { kind: 'malformed', detail: 'it has a DOCTYPE, which is not read' } },
      body: { kind: 'text', text },
    })
  })

  it('JSON that would keep its parser busy for long is shown, but is no value', () => {
    const bytes = Buffer.concat([bytesOf('['), Buffer.alloc(64 * 1024 * 1024, '[],'), bytesOf('1]')])
    const reason = { kind: 'limit', limit: 'bytes', most: 64 * 1024 * 1024 }
    expect(rendered(bytes, { as: 'json', maxBytes: bytes.byteLength })).toMatchObject({ format: 'json', fault: { format: 'json', reason } })
    expect(structuredValue(messageOf(bytes), readingOf({}))).toEqual({ ok: false, reason })
    const noJson = Buffer.alloc(65 * 1024 * 1024, '[x]')
    expect(rendered(noJson, { maxBytes: noJson.byteLength })).toMatchObject({ format: 'text', fault: null })
  })

  it('JSON nested without end is shown, but is no value', () => {
    const bytes = bytesOf('['.repeat(100_000) + ']'.repeat(100_000))
    expect(rendered(bytes, { as: 'json' })).toMatchObject({ format: 'json', fault: null })
    expect(structuredValue(messageOf(bytes), readingOf({ as: 'json' }))).toEqual({ ok: false, reason: depth })
  })
})
