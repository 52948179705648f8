import { describe, expect, it } from 'vitest'
import { bytesOf, ofBase64, ofHex, rendered } from '../../../../support/read-payload'
import { IMAGES } from '../fixtures/images'

const seen = (...args: Parameters<typeof rendered>) => {
  const { format, decidedBy } = rendered(...args)
  return [format, decidedBy]
}

describe('what decides the format', () => {
  it.each([
    ['application/json', '1', 'json'],
    ['Application/JSON; charset=utf-8', '1', 'json'],
    ['application/senml+json', '1', 'json'],
    ['application/xml', '<a/>', 'xml'],
    ['image/svg+xml', '<svg/>', 'xml'],
    ['application/yaml', 'a: 1', 'yaml'],
    ['text/yaml', 'a: 1', 'yaml'],
    ['text/plain', '{"a":1}', 'text'],
    ['text/csv', 'a,b', 'text'],
  ])('the content type %s', (contentType, text, format) => {
    expect(seen(bytesOf(text), { contentType })).toEqual([format, 'content-type'])
  })

  it.each([
    ['application/cbor', 'a16161f5', 'cbor'],
    ['application/senml+cbor', '01', 'cbor'],
    ['application/msgpack', '81a161c3', 'msgpack'],
    ['application/x-msgpack', '01', 'msgpack'],
    ['application/vnd.google.protobuf', '089601', 'protobuf'],
    ['text/plain; charset=ISO-8859-1', 'fc', 'text'],
    ['text/plain; charset="utf-16le"', '4100', 'text'],
    ['text/plain; charset=utf-16', 'fffe4100', 'text'],
    ['text/plain; charset=utf-16', '0041', 'text'],
  ])('the content type %s of bytes', (contentType, hex, format) => {
    expect(seen(ofHex(hex), { contentType })).toEqual([format, 'content-type'])
  })

  it.each([...Object.entries(IMAGES)])('the content type %s', (contentType, base64) => {
    expect(seen(ofBase64(base64), { contentType })).toEqual(['image', 'content-type'])
  })

  it.each([null, 'application/octet-stream', 'nonsense', '', ';;;', 'application/x-unheard-of'])('the bytes, when the content type is %j', (contentType) => {
    const how = contentType === null ? {} : { contentType }
    expect(seen(bytesOf('{"a":1}'), how)).toEqual(['json', 'content'])
    expect(seen(bytesOf('on'), how)).toEqual(['text', 'content'])
    expect(seen(ofHex('ff00'), how)).toEqual(['hex', 'content'])
  })

  it('the bytes after all, when the content type is wrong, which is said', () => {
    expect(rendered(ofHex('ff00'), { contentType: 'text/plain' })).toMatchObject({ format: 'hex', decidedBy: 'content', fault: { format: 'text' } })
    expect(rendered(bytesOf('{"a":1}'), { contentType: 'image/png' })).toMatchObject({ format: 'json', decidedBy: 'content', fault: { format: 'image' } })
  })

  it('the payload format indicator: text, even with control characters', () => {
    expect(seen(bytesOf('a\u0001'))).toEqual(['hex', 'content'])
    expect(seen(bytesOf('a\u0001'), { isUtf8: true })).toEqual(['text', 'content'])
    expect(seen(bytesOf('{"a":1}'), { isUtf8: true })).toEqual(['json', 'content'])
    expect(seen(ofHex('ff'), { isUtf8: true })).toEqual(['hex', 'content'])
  })

  it.each([
    ['spBv1.0/g/NDATA/n', 'sparkplug'],
    ['spBv1.0/g/DBIRTH/n/d', 'sparkplug'],
  ])('the topic %s', (topic, format) => {
    expect(seen(ofHex('08d20918'.slice(0, 6)), { topic })).toEqual([format, 'topic'])
  })

  it.each([
    ['spBv1.0/STATE/host', 'topic'],
    ['spBv1.0/g/NOTHING/n', 'content'],
    ['other/g/NDATA/n', 'content'],
  ])('the topic %s of JSON', (topic, by) => {
    expect(seen(bytesOf('{"online":true}'), { topic })).toEqual(['json', by])
  })

  it('the hand, before all else', () => {
    expect(seen(bytesOf('{"a":1}'), { as: 'text', contentType: 'application/cbor', topic: 'spBv1.0/g/NDATA/n' })).toEqual(['text', 'hand'])
  })

  // Each of these is valid in the format named, and guessed to be what it looks like instead.
  it.each([
    ['a16161f5', 'CBOR'],
    ['81a161c3', 'MessagePack'],
    ['41ac0000', 'a number'],
    ['089601', 'Protobuf'],
  ])('never a guess: %s is %s, or anything else', (hex) => {
    expect(seen(ofHex(hex))).toEqual(['hex', 'content'])
  })
})
