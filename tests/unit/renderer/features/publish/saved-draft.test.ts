import { describe, expect, it } from 'vitest'
import { NO_PUBLISH_PROPERTIES } from '@shared/message/publish-properties'
import { messageContentSchema } from '@shared/collections/saved-message'
import { draftOf, EMPTY_DRAFT } from '../../../../../src-renderer/features/publish/draft'
import { contentOfDraft } from '../../../../../src-renderer/features/publish/saved-draft'

describe('contentOfDraft', () => {
  it('keeps text with its format, and templates where there are any', () => {
    const draft = { ...EMPTY_DRAFT, topic: 'a/{{uuid}}', text: '1', encoding: { kind: 'cbor' as const } }
    expect(contentOfDraft(draft)).toMatchObject({ topic: 'a/{{uuid}}', payload: { kind: 'text', text: '1', format: { kind: 'cbor' } }, usesTemplates: true })
    expect(contentOfDraft({ ...draft, topic: 'a' })).toMatchObject({ usesTemplates: false })
  })

  it('keeps received bytes and properties as they are', () => {
    const properties = { ...NO_PUBLISH_PROPERTIES, correlationData: Uint8Array.of(0, 255), contentType: 'x/y' }
    const content = contentOfDraft(draftOf({ topic: 'a', payload: Uint8Array.of(0, 255), qos: 2, retain: true, properties }))
    expect(content).toMatchObject({ payload: { kind: 'bytes', base64: 'AP8=' }, qos: 2, retain: true, properties: { correlationData: 'AP8=', contentType: 'x/y' } })
    expect(messageContentSchema.safeParse(content).success).toBe(true)
  })

  it('keeps what was read of received bytes, which becomes the same bytes', () => {
    const message = { topic: 'a', payload: Uint8Array.of(0xa0), qos: 0, retain: false } as const
    const draft = draftOf(message, { kind: 'text', text: '{}', format: { kind: 'cbor' } })
    expect(contentOfDraft(draft)).toMatchObject({ payload: { kind: 'text', text: '{}', format: { kind: 'cbor' } }, usesTemplates: false })
  })

  it('has no way to keep a file', () => {
    expect(contentOfDraft({ ...EMPTY_DRAFT, file: { fileId: null, name: 'f', bytes: null } })).toBeNull()
  })
})
