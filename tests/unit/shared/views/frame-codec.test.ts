import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packFrame, unpackFrame } from '@shared/views/frame-codec'
import type { StatisticsFrame, TopicFrame, TreeFrame, TreeRow, ValuesFrame } from '@shared/views/view-frame'

const statistics: StatisticsFrame = {
  kind: 'statistics',
  messagesReceived: 5_000_000_000,
  bytesReceived: Number.MAX_SAFE_INTEGER,
  messagesPerSecond: 0.1,
  bytesPerSecond: 0.5,
  engineCpuPercent: null,
  topicsKnown: 0,
  topicsForgotten: 0,
  logBytes: 1,
  logBudgetBytes: 268_435_456,
  evictedMessages: 0,
  oldestMessageAtMs: null,
  refusedMessages: 0,
  messagesSincePause: 0,
}
const row: TreeRow = {
  topic: 'a//b',
  name: 'b',
  level: 3,
  position: 1,
  siblings: 1,
  expanded: null,
  previewKind: 'text',
  preview: '21.5 °C 😀',
  retain: false,
  messages: 1,
  messagesPerSecond: 0.25,
  bytes: 5_000_000_000,
  subtopics: 0,
  lastMessageAtMs: 1_700_000_000_123.25,
  lastSequence: 1,
}
const tree: TreeFrame = { kind: 'tree', firstRow: 0, totalRows: 1, rows: [row], matches: null, searching: false, hiddenTopics: 0 }
const topic: TopicFrame = {
  kind: 'topic',
  topic: '',
  messages: 1,
  kept: 1,
  newer: 0,
  subtopics: 0,
  firstRow: 0,
  history: [{ sequence: 1, receivedAtMs: 1, qos: 2, retain: true, dup: false, payloadBytes: 0, preview: '' }],
}
const values: ValuesFrame = {
  kind: 'values',
  values: [
    { topic: 'a/b', known: true, previewKind: 'json', preview: '{"a":1}', retain: true, messages: 2, lastMessageAtMs: 1, lastSequence: 2 },
    { topic: 'x', known: false, previewKind: 'none', preview: '', retain: false, messages: 0, lastMessageAtMs: null, lastSequence: 0 },
  ],
}

/** What a frame of the present version would be, if it held that. */
const framed = (value: unknown): Uint8Array => Uint8Array.from([1, ...encode(value)])

describe('packFrame and unpackFrame', () => {
  it.each([['statistics', statistics], ['tree', tree], ['topic', topic], ['values', values]])('carry a frame of kind %s', (_kind, frame) => {
    expect(unpackFrame(packFrame(frame))).toEqual(frame)
  })

  it('carry any text and number', () => {
    const count = fc.nat({ max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), count, fc.double({ noNaN: true, noDefaultInfinity: true }))), (values) => {
        const rows = values.map(([text, number, time]) => ({
          ...row,
          topic: text,
          preview: text,
          messages: number,
          lastMessageAtMs: Object.is(time, -0) ? 0 : time,
        }))
        expect(unpackFrame(packFrame({ ...tree, rows }))).toEqual({ ...tree, rows })
      }),
    )
  })

  it('give bytes of their own, which can be handed over without taking other frames along', () => {
    const first = packFrame(tree)
    const copy = first.slice()
    packFrame(statistics)
    expect(first).toEqual(copy)
    expect(first.byteLength).toBe(first.buffer.byteLength)
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a frame without its version', packFrame(tree).slice(1)],
    ['a frame of the next version', Uint8Array.from([2, ...packFrame(tree).slice(1)])],
    ['half a frame', packFrame(tree).slice(0, 40)],
    ['a frame and more', Uint8Array.from([...packFrame(tree), 0])],
    ['a number', framed(1)],
    ['an unknown kind', framed({ ...statistics, kind: 'chart' })],
    ['a missing field', framed({ kind: 'topic', topic: 'a' })],
    ['an unknown field', framed({ ...tree, extra: 1 })],
    ['an unknown field in a row', framed({ ...tree, rows: [{ ...row, html: '<b>' }] })],
    ['a wrong type', framed({ ...tree, rows: [{ ...row, messages: '1' }] })],
    ['a prototype', framed(JSON.parse('{"__proto__":{"kind":"statistics"}}'))],
    ['a count that is no integer', framed({ ...statistics, topicsKnown: 1.5 })],
    ['a frame of values that are no values', framed({ ...values, values: [{ topic: 'a', known: true }] })],
  ])('refuse %s', (_what, bytes) => {
    expect(() => unpackFrame(bytes)).toThrow()
  })

  it('refuse junk', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(() => unpackFrame(bytes)).toThrow()
    }))
  })
})
