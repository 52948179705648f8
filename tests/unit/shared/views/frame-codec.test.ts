import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packFrame, unpackFrame } from '@shared/views/frame-codec'
import type { StatisticsFrame, TopicFrame, TreeFrame, TreeRow } from '@shared/views/view-frame'

const statistics: StatisticsFrame = {
  kind: 'statistics',
  messagesReceived: 5_000_000_000,
  bytesReceived: Number.MAX_SAFE_INTEGER,
  messagesPerSecond: 0.1,
  topicsKnown: 0,
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
  subtopics: 0,
  lastMessageAtMs: 1_700_000_000_123.25,
  lastSequence: 1,
}
const tree: TreeFrame = { kind: 'tree', firstRow: 0, totalRows: 1, rows: [row], matches: null, filterFault: null }
const topic: TopicFrame = {
  kind: 'topic',
  topic: '',
  messages: 1,
  kept: 1,
  subtopics: 0,
  history: [{ sequence: 1, receivedAtMs: 1, qos: 2, retain: true, dup: false, payloadBytes: 0, preview: '' }],
}

describe('packFrame and unpackFrame', () => {
  it.each([['statistics', statistics], ['tree', tree], ['topic', topic]])('carry a frame of kind %s', (_kind, frame) => {
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
    ['half a frame', packFrame(tree).slice(0, 40)],
    ['a frame and more', Uint8Array.from([...packFrame(tree), 0])],
    ['a number', encode(1)],
    ['an unknown kind', encode({ ...statistics, kind: 'chart' })],
    ['a missing field', encode({ kind: 'topic', topic: 'a' })],
    ['an unknown field', encode({ ...tree, extra: 1 })],
    ['an unknown field in a row', encode({ ...tree, rows: [{ ...row, html: '<b>' }] })],
    ['a wrong type', encode({ ...tree, rows: [{ ...row, messages: '1' }] })],
    ['a prototype', encode(JSON.parse('{"__proto__":{"kind":"statistics"}}'))],
    ['a count that is no integer', encode({ ...statistics, topicsKnown: 1.5 })],
  ])('refuse %s', (_what, bytes) => {
    expect(() => unpackFrame(bytes)).toThrow()
  })

  it('refuse junk', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(() => unpackFrame(bytes)).toThrow()
    }))
  })
})
