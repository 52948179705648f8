import { describe, expect, it } from 'vitest'
import { TopicsAhead } from '../../../../../src-main/engine/wire/topics-ahead'
import { CONNACK, guardBench, PINGRESP, publish } from '../../support/guard-bench'
import { NaiveIntake } from '../../support/naive-intake'

function look(bytes: Buffer, at = 0): { topics: string[]; seen: number } {
  const intake = new NaiveIntake()
  const seen = new TopicsAhead(intake).look(bytes, at, bytes.length)
  return { topics: intake.foreseen, seen }
}

describe('TopicsAhead', () => {
  it('tells the topics of all messages that are there, whatever lies between them', () => {
    const packets = [publish('a'), PINGRESP, publish('ä/b', { qos: 1, messageId: 7 }), publish('c', { payload: 'x'.repeat(10_000) }), publish('d')]
    const bytes = Buffer.concat(packets)
    expect(look(bytes)).toEqual({ topics: ['a', 'ä/b', 'c', 'd'], seen: bytes.length })
    expect(look(bytes, packets[0]?.length)).toEqual({ topics: ['ä/b', 'c', 'd'], seen: bytes.length })
  })

  it('stops before what is not all there, very long, or wrong in its lengths', () => {
    const whole = Buffer.concat([publish('a'), publish('b')])
    const tooLongTopic = publish('c')
    tooLongTopic[3] = 200
    for (const odd of [publish('c').subarray(0, -1), publish('c', { payload: Buffer.alloc(100_000) }), tooLongTopic, Buffer.alloc(9, 0xff)]) {
      expect(look(Buffer.concat([whole, odd]))).toEqual({ topics: ['a', 'b'], seen: whole.length })
    }
  })

  it('looks at nothing for who makes nothing of it', () => {
    const intake = new NaiveIntake()
    intake.foresees = false
    const bytes = Buffer.concat([publish('a'), publish('b')])
    expect(new TopicsAhead(intake).look(bytes, 0, bytes.length)).toBe(bytes.length)
    expect(intake.foreseen).toEqual([])
  })

  it('goes on where it stopped, once what was told is taken', async () => {
    const topics = Array.from({ length: 1_000 }, (_, index) => `t/${index}`)
    const { network, intake } = guardBench({ maximumPacketBytes: 1_000_000 })
    network.push(Buffer.concat([CONNACK, ...topics.map((topic) => publish(topic))]))
    await expect.poll(() => intake.topics.length).toBe(topics.length)
    // A message that comes alone is not worth it, and so are those that a chunk's end cuts off.
    expect(intake.foreseen.length).toBeGreaterThan(topics.length - 50)
    expect(topics.filter((topic) => intake.foreseen.includes(topic))).toEqual(intake.foreseen)
  })
})
