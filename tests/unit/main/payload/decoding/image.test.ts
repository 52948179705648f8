import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf, ofBase64, ofHex, rendered } from '../../../../support/read-payload'
import { IMAGES } from '../fixtures/images'

describe('an image', () => {
  it.each(Object.entries(IMAGES))('is known by its first bytes and measured: %s', (mediaType, base64) => {
    const bytes = ofBase64(base64)
    expect(rendered(bytes)).toMatchObject({
      format: 'image',
      decidedBy: 'content',
      fault: null,
      body: { kind: 'image', mediaType, widthPixels: 1, heightPixels: 1, bytes },
    })
  })

  it('of ours has the size it was drawn at', () => {
    const icon = readFileSync(path.resolve('resources/icon.png'))
    const header = new DataView(icon.buffer, icon.byteOffset)
    // PNG, 11.2.2: IHDR begins after the signature, a length and its name.
    expect(rendered(icon).body).toMatchObject({ widthPixels: header.getUint32(16), heightPixels: header.getUint32(20) })
  })

  it('of more than fifty million pixels is never drawn', () => {
    const bytes = ofBase64(IMAGES['image/png'])
    new DataView(bytes.buffer).setUint32(16, 60_000)
    new DataView(bytes.buffer).setUint32(20, 60_000)
    for (const how of [{}, { as: 'image' as const }]) {
      expect(rendered(bytes, how)).toMatchObject({
        format: 'hex',
        fault: { format: 'image', reason: { kind: 'limit', limit: 'pixels', most: 50_000_000 } },
      })
    }
  })

  it('of which only the start is here asks for the rest', () => {
    const bytes = ofBase64(IMAGES['image/webp'])
    expect(rendered(bytes, { totalBytes: 10_000 })).toMatchObject({
      format: 'hex',
      fault: { format: 'image', reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } },
    })
  })

  it('is shown whole, however little text would be', () => {
    expect(rendered(ofBase64(IMAGES['image/gif']), { maxBytes: 4 })).toMatchObject({ format: 'image', fault: null })
  })

  it.each(['GIF89a', 'GIF89a is a format of images', 'RIFF'])('is not guessed from the text %j', (text) => {
    expect(rendered(bytesOf(text))).toMatchObject({ format: 'text', fault: null })
  })

  it.each(['', '89504e47', 'ffd8ff', 'ffd8ffe000104a464946', '424d0000'])('by hand is none, and shown as bytes: %s', (hex) => {
    expect(rendered(ofHex(hex), { as: 'image' })).toMatchObject({ format: 'hex', fault: { format: 'image', reason: { kind: 'malformed' } } })
  })
})
