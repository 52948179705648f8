import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ingest } from '../../../../../src-main/engine/ingest/ingest'
import { incoming, takeAll } from '../../support/incoming'

const ROOMY = 1_000_000_000

describe('Ingest', () => {
  it.each(['', 'a/#', '+', 'a/+/b', '#', 'a#b', 'nul\0', 'lone\uD800', '€'.repeat(21_846)])('refuses the illegal topic %j and counts it', (topic) => {
    const ingest = new Ingest(ROOMY, [])
    ingest.take(incoming('fine'))
    ingest.take(incoming(topic, 'x'))
    ingest.take(incoming(topic, 'x'))
    expect(ingest).toMatchObject({ refused: 2, messagesReceived: 1, bytesReceived: 4 })
    expect(ingest.tree.topicsKnown).toBe(1)
    expect(ingest.tree.root.children?.size).toBe(1)
  })

  it.each(['$SYS/broker/uptime', '/', 'a//b', ' ', 'ünï/çødé', '😀'.repeat(16_383), '__proto__/constructor'])('takes %j', (topic) => {
    const ingest = new Ingest(ROOMY, [])
    takeAll(ingest, [topic, topic])
    expect(ingest).toMatchObject({ refused: 0, messagesReceived: 2 })
    expect(ingest.tree.get(topic)).toMatchObject({ ownMessages: 2, kept: 2 })
  })

  it('keeps its own copy of a payload', () => {
    const ingest = new Ingest(ROOMY, [])
    const network = Buffer.from('first payload, second payload')
    ingest.take({ ...incoming('a'), payload: network.subarray(0, 13) })
    network.fill(0)
    expect(ingest.log.find(1)?.payload).toEqual(Buffer.from('first payload'))
  })

  it('keeps everything else of a message as it came', () => {
    const ingest = new Ingest(ROOMY, [])
    const properties = [{ name: 'Content Type', value: 'text/plain' }]
    ingest.take(incoming('a', 'x', { qos: 2, retain: true, dup: true, properties }))
    expect(ingest.log.find(1)).toMatchObject({ topic: 'a', qos: 2, retain: true, dup: true, properties, sequence: 1 })
    expect(ingest.log.find(1)?.receivedAtMs).toBeCloseTo(Date.now(), -4)
  })

  it('counts bytes as they travel, not characters', () => {
    const ingest = new Ingest(ROOMY, [])
    ingest.take(incoming('temperatur/küche', '21 °C'))
    expect(ingest.bytesReceived).toBe(Buffer.byteLength('temperatur/küche') + Buffer.byteLength('21 °C'))
  })

  it('agrees with itself: what tree, log and counters say of the same messages', () => {
    const topics = fc.array(fc.constantFrom('a', 'a/b', 'b', 'no/#', '/', 'no\0'), { maxLength: 50 })
    fc.assert(
      fc.property(topics, fc.nat({ max: 5_000 }), (list, budget) => {
        const ingest = new Ingest(budget, [])
        takeAll(ingest, list)
        const legal = list.filter((topic) => !topic.startsWith('no'))
        expect(ingest).toMatchObject({ messagesReceived: legal.length, refused: list.length - legal.length })
        expect(ingest.tree.root.messages).toBe(legal.length)
        expect(ingest.tree.topicsKnown).toBe(new Set(legal).size)
        const held = legal.map((_topic, index) => ingest.log.find(index + 1)).filter((message) => message !== undefined)
        expect([...ingest.tree.topics()].reduce((sum, { kept }) => sum + kept, 0)).toBe(held.length)
        expect(ingest.log.evicted).toBe(legal.length - held.length)
        for (const node of ingest.tree.topics()) {
          expect(node.newest?.sequence).toBe(legal.findLastIndex((topic) => topic === node.topic) + 1)
          expect(ingest.log.find(node.lastSequence)).toBeDefined()
        }
      }),
    )
  })

  it('holds a topic once, however many messages come on it', () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const ingest = new Ingest(ROOMY, [])
    const [long, messages] = [60_000, 1_000]
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    // As from the network: a string of its own each time.
    for (let count = 0; count < messages; count += 1) ingest.take(incoming(Buffer.alloc(long, 'x').toString('latin1')))
    collectGarbage()
    const grownBytes = process.memoryUsage().heapUsed - before
    expect(ingest.messagesReceived).toBe(messages)
    expect(grownBytes).toBeLessThan((long * messages) / 4)
  })
})
