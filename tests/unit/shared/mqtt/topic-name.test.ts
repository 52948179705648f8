import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topicNameFault } from '@shared/mqtt/topic'
import { topicNameSchema } from '@shared/mqtt/topic-schema'
import { MAX_UTF8_STRING_BYTES } from '@shared/mqtt/utf8-string'

describe('topicNameFault', () => {
  it.each(['a', '/', '/a', 'a/', 'a//b', '//', ' ', 'Accounts payable', '$SYS/broker', 'ä/😀', '\uFEFFa', 'a\nb', 'a\u0001'])(
    'accepts %j',
    (topic) => {
      expect(topicNameFault(topic)).toBeNull()
    },
  )

  it.each([
    ['', 'empty'],
    ['a\0b', 'nul'],
    ['a\uD800b', 'ill-formed'],
    ['+', 'wildcard'],
    ['a/#', 'wildcard'],
    ['a+b', 'wildcard'],
    ['a#', 'wildcard'],
  ])('refuses %j: %s', (topic, fault) => {
    expect(topicNameFault(topic)).toBe(fault)
  })

  it('allows 65,535 bytes of UTF-8 and not one more', () => {
    expect(topicNameFault('a'.repeat(MAX_UTF8_STRING_BYTES))).toBeNull()
    expect(topicNameFault('a'.repeat(MAX_UTF8_STRING_BYTES + 1))).toBe('too-long')
    // 21,845 × 3 bytes is the limit exactly.
    expect(topicNameFault('€'.repeat(21_845))).toBeNull()
    expect(topicNameFault('€'.repeat(21_845) + 'a')).toBe('too-long')
    expect(topicNameFault('😀'.repeat(16_383) + 'abc')).toBeNull()
    expect(topicNameFault('😀'.repeat(16_384))).toBe('too-long')
    expect(topicNameFault('é'.repeat(32_768))).toBe('too-long')
  })

  it('judges anything without throwing, and its schema says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (topic) => {
        const fault = topicNameFault(topic)
        const parsed = topicNameSchema.safeParse(topic)
        expect(parsed.success).toBe(fault === null)
        expect(parsed.error?.issues[0]?.message).toBe(fault ?? undefined)
      }),
      { numRuns: 500 },
    )
  })
})
