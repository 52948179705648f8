import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MessageLog,
  type IncomingMessage,
  type LoggedMessage,
  type TopicHistory,
} from '../../../../../src-main/engine/history/message-log'
import { incoming } from '../../support/incoming'

/** A log with the histories that the topic tree holds for it. */
class Logged {
  readonly log: MessageLog
  readonly histories = new Map<string, TopicHistory>()

  constructor(budgetBytes: number) {
    this.log = new MessageLog(budgetBytes)
  }

  historyOf(topic: string): TopicHistory {
    const history = this.histories.get(topic) ?? { newest: null, kept: 0 }
    this.histories.set(topic, history)
    return history
  }

  take(message: IncomingMessage, receivedAtMs = 0): LoggedMessage {
    const logged = this.log.append(message, this.historyOf(message.topic), receivedAtMs)
    this.log.evict((topic) => this.histories.get(topic))
    return logged
  }

  /** The chain of a topic from its newest message on, checked link by link. */
  chain(topic: string): number[] {
    const sequences: number[] = []
    let newer: LoggedMessage | null = null
    for (let at = this.historyOf(topic).newest; at !== null; at = at.older) {
      expect(at.newer).toBe(newer)
      sequences.push(at.sequence)
      newer = at
    }
    return sequences
  }
}

function overheadBytes(): number {
  const one = new Logged(Number.MAX_SAFE_INTEGER)
  one.take(incoming('a'))
  return one.log.bytes
}

/** The same rules over one array: what the log should hold, worked out the slow way. */
class Model {
  readonly all: { sequence: number; topic: string; bytes: number; held: boolean; outlived: boolean }[] = []

  constructor(private readonly budgetBytes: number) {}

  take(topic: string, bytes: number): void {
    const before = this.last(topic)
    if (before?.outlived === true) before.held = false
    this.all.push({ sequence: this.all.length + 1, topic, bytes, held: true, outlived: false })
    for (const message of this.all) {
      if (this.bytes() <= this.budgetBytes) return
      if (!message.held || message.outlived) continue
      if (message === this.last(message.topic)) message.outlived = true
      else message.held = false
    }
  }

  last(topic: string) {
    return this.all.findLast((message) => message.topic === topic)
  }

  held() {
    return this.all.filter(({ held }) => held)
  }

  bytes(): number {
    return this.held().reduce((sum, { bytes }) => sum + bytes, 0)
  }
}

const overhead = overheadBytes()
const messages = fc.array(
  fc.record({ topic: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), payloadBytes: fc.nat({ max: 400 }), property: fc.string({ maxLength: 20 }) }),
  { maxLength: 60 },
)

function expectAsModel({ log, ...of }: Logged, model: Model, chain: (topic: string) => number[]): void {
  const held = model.held()
  for (const { sequence, topic, held: isHeld } of model.all) {
    const found = log.find(sequence)
    expect(found === undefined ? null : [found.sequence, found.topic]).toEqual(isHeld ? [sequence, topic] : null)
  }
  expect(log.bytes).toBe(model.bytes())
  expect(log.evicted + held.length).toBe(model.all.length)
  for (const [topic, history] of of.histories) {
    const sequences = held.filter((message) => message.topic === topic).map(({ sequence }) => sequence)
    expect(chain(topic)).toEqual(sequences.reverse())
    expect(history.kept).toBe(sequences.length)
    expect(history.newest?.sequence).toBe(model.last(topic)?.sequence)
  }
}

describe('MessageLog', () => {
  it('holds what a naive log with the same rules holds', () => {
    fc.assert(
      fc.property(messages, fc.nat({ max: 12_000 }), (list, budgetBytes) => {
        const logged = new Logged(budgetBytes)
        const model = new Model(budgetBytes)
        for (const { topic, payloadBytes, property } of list) {
          const properties = property === '' ? [] : [{ name: 'Content Type', value: property }]
          logged.take(incoming(topic, new Uint8Array(payloadBytes), { properties }))
          model.take(topic, overhead + payloadBytes + (property === '' ? 0 : 2 * ('Content Type'.length + property.length)))
          expectAsModel(logged, model, (of) => logged.chain(of))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keeps its promises: newest of each topic, an unbroken run of the latest, and no more than the budget beside', () => {
    fc.assert(
      fc.property(messages, fc.nat({ max: 12_000 }), (list, budgetBytes) => {
        const { log, ...logged } = new Logged(budgetBytes)
        const last = new Map<string, number>()
        const take = (message: IncomingMessage) => {
          const history = logged.histories.get(message.topic) ?? { newest: null, kept: 0 }
          logged.histories.set(message.topic, history)
          last.set(message.topic, log.append(message, history, 0).sequence)
          log.evict((topic) => logged.histories.get(topic))
        }
        for (const { topic, payloadBytes } of list) take(incoming(topic, new Uint8Array(payloadBytes)))
        const held = list.map((_message, index) => index + 1).filter((sequence) => log.find(sequence) !== undefined)
        for (const sequence of last.values()) expect(held).toContain(sequence)
        const spare = held.filter((sequence) => ![...last.values()].includes(sequence))
        const [oldestSpare] = spare
        if (oldestSpare !== undefined) {
          expect(log.bytes).toBeLessThanOrEqual(budgetBytes)
          expect(held.filter((sequence) => sequence >= oldestSpare)).toHaveLength(list.length - oldestSpare + 1)
        }
      }),
    )
  })

  it('finds messages across the compaction of its queue', () => {
    const logged = new Logged(100 * overhead)
    logged.take(incoming('kept'))
    for (let count = 2; count <= 20_000; count += 1) {
      logged.take(incoming('busy'))
      if (count % 97 !== 0 || count < 200) continue
      expect(logged.log.find(count)?.sequence).toBe(count)
      expect(logged.log.find(count - 98)?.sequence).toBe(count - 98)
      expect(logged.log.find(count - 99)).toBeUndefined()
      expect(logged.log.find(1)?.topic).toBe('kept')
    }
    expect(logged.log.evicted).toBe(20_000 - 100)
    expect(logged.historyOf('busy').kept).toBe(99)
  })

  it('knows nothing of sequences it never gave', () => {
    const logged = new Logged(1_000_000)
    for (const sequence of [0, 1, -1]) expect(logged.log.find(sequence)).toBeUndefined()
    logged.take(incoming('a'))
    expect([-1, 0, 1, 2].map((sequence) => logged.log.find(sequence)?.sequence)).toEqual([undefined, undefined, 1, undefined])
    expect(logged.log.sequence).toBe(1)
  })

  it('tells when the oldest message held in order came', () => {
    const logged = new Logged(2 * overhead)
    expect(logged.log.oldestAtMs).toBeNull()
    logged.take(incoming('a'), 10)
    logged.take(incoming('a'), 20)
    expect(logged.log.oldestAtMs).toBe(10)
    logged.take(incoming('a'), 30)
    expect(logged.log.oldestAtMs).toBe(20)
  })

  it('lets a value that alone is larger than the budget stay until a newer one comes', () => {
    const logged = new Logged(1_000)
    logged.take(incoming('big', new Uint8Array(5_000)))
    expect(logged.log.find(1)?.payload.byteLength).toBe(5_000)
    logged.take(incoming('other'))
    expect(logged.log.evicted).toBe(0)
    logged.take(incoming('big', new Uint8Array(1)))
    expect(logged.log.find(1)).toBeUndefined()
    expect(logged.log.bytes).toBe(2 * overhead + 1)
  })
})
