import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { topicBytesFault } from '../../../../../src-main/engine/ingest/topic-bytes'
import { NO_NODE, ROOT } from '../../../../../src-main/engine/topics/node-id'
import { isWellFormed } from '@shared/text/well-formed'
import { topicNameFault } from '@shared/mqtt/topic'
import { TopicTree } from '../../../../../src-main/engine/topics/topic-tree'
import { Received } from '../../support/received'

/** Later than all that was forgotten may wait. */
const LATER_MS = 1_000

afterEach(() => {
  vi.restoreAllMocks()
})

describe('Ingest', () => {
  it.each(['a/#', '+', 'a/+/b', '#', 'a#b', 'nul\0'])('refuses the illegal topic %j and counts it', (topic) => {
    const received = new Received()
    received.take('fine')
    received.take(topic, 'x')
    received.take(topic, 'x')
    expect(received.ingest).toMatchObject({ refused: 2, messagesReceived: 1, bytesReceived: 4 })
    expect(received.ingest.tree.topicsKnown).toBe(1)
    expect(received.ingest.tree.childCount(ROOT)).toBe(1)
  })

  it('refuses a topic without a byte, also where it is the first level of others', () => {
    const received = new Received()
    received.take('/a')
    received.takeAll('', '')
    expect(received.ingest).toMatchObject({ refused: 2, messagesReceived: 1 })
    expect(received.ingest.tree.topicsKnown).toBe(1)
  })

  it.each(['$SYS/broker/uptime', '/', 'a//b', ' ', 'ünï/çødé', '😀'.repeat(16_383), '__proto__/constructor'])('takes %j', (topic) => {
    const received = new Received()
    received.takeAll(topic, topic)
    const { tree } = received.ingest
    tree.fold(0)
    expect(received.ingest).toMatchObject({ refused: 0, messagesReceived: 2 })
    expect(tree.topicOf(received.nodeOf(topic))).toBe(topic)
    expect([tree.ownMessages(received.nodeOf(topic)), tree.kept(received.nodeOf(topic))]).toEqual([2, 2])
  })

  it('keeps a message as it came', () => {
    const received = new Received()
    const properties = { contentType: 'text/plain' }
    received.take('a', 'x', { qos: 2, messageId: 9, retain: true, dup: true, properties })
    const message = received.ingest.log.read(1)
    expect(message).toMatchObject({ topic: received.nodeOf('a'), qos: 2, retain: true, dup: true, sequence: 1 })
    expect(Buffer.from(message?.payload ?? [])).toEqual(Buffer.from('x'))
    expect(Buffer.from(message?.properties ?? []).toString('latin1')).toBe('\x03\0\ntext/plain')
    expect(message?.receivedAtMs).toBeCloseTo(Date.now(), -4)
  })

  it('counts bytes as they travel, not characters', () => {
    const received = new Received()
    received.take('temperatur/küche', '21 °C')
    expect(received.ingest.bytesReceived).toBe(Buffer.byteLength('temperatur/küche') + Buffer.byteLength('21 °C'))
  })

  it('agrees with itself: what tree, log and counters say of the same messages', () => {
    const topics = fc.array(fc.constantFrom('a', 'a/b', 'b', 'no/#', '/', 'no\0'), { maxLength: 60 })
    fc.assert(
      fc.property(topics, fc.constantFrom(1, 100_000, 1_000_000), fc.nat({ max: 9_000 }), (list, logBudgetBytes, payloadBytes) => {
        const received = new Received({ logBudgetBytes })
        const { ingest } = received
        for (const topic of list) received.take(topic, Buffer.alloc(payloadBytes))
        const legal = list.filter((topic) => !topic.startsWith('no'))
        ingest.tree.fold(0)
        expect(ingest).toMatchObject({ messagesReceived: legal.length, refused: list.length - legal.length })
        expect(ingest.tree.messages(ROOT)).toBe(legal.length)
        expect(ingest.tree.topicsKnown).toBe(new Set(legal).size)
        const held = legal.filter((_topic, index) => ingest.log.read(index + 1) !== null)
        expect(ingest.log.evicted).toBe(legal.length - held.length)
        for (const topic of new Set(legal)) {
          const node = received.nodeOf(topic)
          expect(ingest.tree.kept(node)).toBe(held.filter((each) => each === topic).length)
          expect(ingest.tree.lastSequence(node)).toBe(legal.lastIndexOf(topic) + 1)
          expect(ingest.log.lastOf(node)?.payload.byteLength).toBe(payloadBytes)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('refuses what the tree has no place for, and counts it', () => {
    const received = new Received({}, new TopicTree({ maxNodes: 4 }))
    received.takeAll('a/b', 'c', 'd/e/f', 'g/h', 'c')
    expect(received.ingest).toMatchObject({ messagesReceived: 3, refused: 2 })
    expect(received.ingest.log.sequence).toBe(3)
  })

  it('knows illegal topics by their bytes as well as by their text', () => {
    const encoder = new TextEncoder()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter(isWellFormed), fc.constantFrom('', '+', '#', '\0', 'é', '/'), (text, more) => {
        const topic = text + more
        const bytes = encoder.encode(`<${topic}>`)
        expect(topicBytesFault(bytes, 1, bytes.length - 1)).toBe(topicNameFault(topic))
      }),
    )
    expect(topicBytesFault(Buffer.from([0x61, 0xff]), 0, 2)).toBe('ill-formed')
    expect(topicBytesFault(Buffer.from([0xed, 0xa0, 0x80]), 0, 3)).toBe('ill-formed')
    expect(topicBytesFault(Buffer.from('\ufeffa'), 0, 4)).toBeNull()
  })
})

describe('forgetting cleared topics', () => {
  it('lets a topic go whose last message is empty, and its place above with it', () => {
    const received = new Received({ forgetClearedTopics: true })
    received.takeAll('a/b/c', 'a/d')
    received.take('a/b/c', '')
    received.ingest.tidy(performance.now() + LATER_MS)
    expect(received.ingest).toMatchObject({ topicsForgotten: 1, messagesReceived: 3 })
    expect(received.ingest.tree.findTopic('a/b')).toBe(NO_NODE)
    expect(received.ingest.tree.findTopic('a/d')).not.toBe(NO_NODE)
  })

  it('keeps a topic that has a value again by the time it would go', () => {
    const received = new Received({ forgetClearedTopics: true })
    received.take('a', 'x')
    received.ingest.held = true
    received.take('a', '')
    received.take('a', 'y')
    received.ingest.held = false
    received.ingest.tidy(performance.now() + LATER_MS)
    expect(received.ingest.topicsForgotten).toBe(0)
  })

  it('waits while what is looked at is held', () => {
    const received = new Received({ forgetClearedTopics: true })
    received.ingest.held = true
    received.takeAll('a', 'b')
    received.take('a', '')
    received.ingest.tidy(performance.now() + LATER_MS)
    expect(received.ingest.topicsForgotten).toBe(0)
    received.ingest.held = false
    received.ingest.tidy(performance.now() + 2 * LATER_MS)
    expect(received.ingest.topicsForgotten).toBe(1)
  })

  it('remembers a topic once, however often it is cleared during a long pause', () => {
    const received = new Received({ forgetClearedTopics: true })
    received.ingest.held = true
    for (let count = 0; count < 100; count += 1) received.take('a', '')
    received.ingest.held = false
    const lastOf = vi.spyOn(received.ingest.log, 'lastOf')
    received.ingest.tidy(performance.now() + LATER_MS)
    expect(lastOf).toHaveBeenCalledOnce()
    expect(received.ingest.topicsForgotten).toBe(1)
  })

  it('of very many is done in slices', () => {
    const received = new Received({ forgetClearedTopics: true })
    received.ingest.held = true
    for (let count = 0; count < 1_000; count += 1) received.take(`a/${count}`, '')
    received.ingest.held = false
    let nowMs = performance.now() + LATER_MS
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 4))
    received.ingest.tidy(nowMs)
    const first = received.ingest.topicsForgotten
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(500)
    for (let count = 0; count < 20; count += 1) received.ingest.tidy((nowMs += LATER_MS))
    expect(received.ingest.topicsForgotten).toBe(1_000)
  })

  it('gives ids back that the log no longer needs, also while nobody looks', () => {
    const received = new Received({ forgetClearedTopics: true, logBudgetBytes: 1 })
    let nowMs = performance.now()
    for (let count = 0; count < 1_000; count += 1) {
      received.take(`passing/${count}`, Buffer.alloc(2_000))
      received.take(`passing/${count}`, '')
      received.ingest.tidy((nowMs += LATER_MS))
    }
    expect(received.ingest.topicsForgotten).toBe(1_000)
    expect(received.ingest.tree.idLimit).toBeLessThan(500)
  })

  it('does nothing unless it is wanted', () => {
    const received = new Received()
    received.take('a', '')
    received.ingest.tidy(performance.now() + LATER_MS)
    expect(received.ingest.tree.topicsKnown).toBe(1)
  })
})
