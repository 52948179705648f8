import { describe, expect, it } from 'vitest'
import type { MessageSummary } from '@shared/message/message'
import { formatInterval, messageInterval } from '../../../../../src-renderer/features/inspector/message-interval'
import { pathSteps } from '../../../../../src-renderer/features/inspector/topic-path'

const at = (receivedAtMs: number, retain = false): MessageSummary => ({
  sequence: receivedAtMs,
  receivedAtMs,
  qos: 0,
  retain,
  dup: false,
  payloadBytes: 1,
  preview: 'x',
})

describe('messageInterval', () => {
  it('is the mean time between live messages, and its standard deviation', () => {
    expect(messageInterval([at(16_000), at(11_000), at(5_000), at(0)])).toMatchObject({ meanMs: 16_000 / 3 })
    expect(messageInterval([at(3_000), at(2_000), at(1_000), at(0)])).toEqual({ meanMs: 1_000, spreadMs: 0 })
  })

  it('leaves out retained messages, which came when we subscribed', () => {
    expect(messageInterval([at(3_000), at(2_000), at(1_000), at(0, true)])).toBeNull()
  })

  it('is not told of messages that came in one read', () => {
    expect(messageInterval([at(1), at(1), at(1), at(0), at(0), at(0)])).toBeNull()
  })

  it('reads in one unit', () => {
    expect(formatInterval({ meanMs: 5_040, spreadMs: 120 })).toEqual({ mean: '5.0 s', spread: '0.1' })
    expect(formatInterval({ meanMs: 48.4, spreadMs: 3.2 })).toEqual({ mean: '48 ms', spread: '3' })
  })
})

describe('pathSteps', () => {
  it.each([
    ['a', ['a']],
    ['/a', ['', '/a']],
    ['a/', ['a', 'a/']],
    ['a//b', ['a', 'a/', 'a//b']],
  ])('of %s lead to %j', (topic, topics) => {
    expect(pathSteps(topic).map((step) => (step.kind === 'level' ? step.topic : null))).toEqual(topics)
  })

  it('count the middle levels of a very deep topic', () => {
    const steps = pathSteps(Array.from({ length: 1_000 }, (_, level) => `l${level}`).join('/'))
    expect(steps).toHaveLength(6)
    expect(steps[2]).toEqual({ kind: 'gap', levels: 995 })
    expect(steps.at(-1)).toMatchObject({ name: 'l999' })
  })
})
