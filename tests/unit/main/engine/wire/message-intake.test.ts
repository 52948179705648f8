import { beforeEach, describe, expect, it } from 'vitest'
import { MessageIntake } from '../../../../../src-main/engine/wire/message-intake'
import { locatePublish, PublishFields } from '../../../../../src-main/engine/wire/publish-fields'
import { TopicAliases } from '../../../../../src-main/engine/wire/topic-aliases'
import { PROTOCOL_ERROR, ProtocolViolation, QUOTA_EXCEEDED } from '../../../../../src-main/engine/wire/violation'
import { NaiveIntake } from '../../support/naive-intake'

type Bytes = readonly number[]

let intake: NaiveIntake
let received: Set<number>

beforeEach(() => {
  intake = new NaiveIntake()
  intake.begin()
  received = new Set()
})

/** A network connection, on which packets of MQTT 5.0 come, each as its first byte and its body. */
function connect(topicAliasMaximum = 3) {
  const messages = new MessageIntake({ topicAliasMaximum, received, sink: intake })
  const fields = new PublishFields()
  return {
    messages,
    take: ([first = 0, ...body]: Bytes) => {
      const packet = Uint8Array.of(first, body.length, ...body)
      locatePublish(packet, 0, 2, packet.length, true, fields)
      const fault = messages.take(packet, 0, fields)
      packet.fill(0xee)
      return fault
    },
  }
}

function aliased(topic: string, alias: number, first = 0x30, messageId: Bytes = []): Bytes {
  const bytes = Buffer.from(topic)
  return [first, 0, bytes.length, ...bytes, ...messageId, 3, 0x23, alias >> 8, alias & 0xff]
}

function exactlyOnce(topic: string, packetIdentifier: number, flags = 0): Bytes {
  return [0x34 | flags, 0, topic.length, ...Buffer.from(topic), 0, packetIdentifier, 0]
}

function violationOf(action: () => unknown): ProtocolViolation {
  try {
    action()
  } catch (error) {
    if (error instanceof ProtocolViolation) return error
    throw error
  }
  throw new Error('nothing was found wrong')
}

describe('an illegal topic', () => {
  it.each<[string, Bytes, string]>([
    ['no letter', [], 'empty'],
    ['#', [0x61, 0x2f, 0x23], 'wildcard'],
    ['+', [0x2b], 'wildcard'],
    ['null', [0x61, 0x00], 'nul'],
    ['no UTF-8', [0xff], 'ill-formed'],
  ])('is what the sink says it is: %s', (_what, topic, fault) => {
    const { take } = connect()
    for (const qos of [0, 1, 2]) {
      expect(take([0x30 | (qos << 1), 0, topic.length, ...topic, ...(qos === 0 ? [] : [0x12, 0x34]), 0])).toBe(fault)
    }
  })
})

describe('a Topic Alias', () => {
  it('may be as high as we said', () => {
    const { take } = connect(3)
    expect(take(aliased('a', 3))).toBeNull()
    expect(violationOf(() => take(aliased('a', 4)))).toMatchObject({ clause: 'MQTT-3.3.2-9', reasonCode: PROTOCOL_ERROR })
    expect(violationOf(() => connect(0).take(aliased('a', 1)))).toMatchObject({ clause: 'MQTT-3.3.2-9', reasonCode: PROTOCOL_ERROR })
    expect(violationOf(() => take(aliased('a', 0)))).toMatchObject({ clause: 'MQTT-4.13.1-1', reasonCode: PROTOCOL_ERROR })
    expect(intake.topics).toEqual(['a'])
  })

  it('stands for a topic once it was given one, and for another when it is given that', () => {
    const { take } = connect()
    for (const topic of ['a', '', 'b', '']) expect(take(aliased(topic, 2))).toBeNull()
    expect(intake.topics).toEqual(['a', 'a', 'b', 'b'])
    expect(violationOf(() => take(aliased('', 1)))).toMatchObject({ clause: 'MQTT-3.3.2-7' })
  })

  it('is refused when the topics of all take too much memory', () => {
    const bytes = new Uint8Array(65_535)
    const aliases = new TopicAliases(65_535)
    const give = (from: number, to: number) => {
      for (let alias = from; alias <= to; alias += 1) aliases.give(alias, bytes)
    }
    // Those given anew take no more.
    give(1, 1_000)
    give(1, 1_000)
    expect(violationOf(() => give(1_001, 1_100)).reasonCode).toBe(QUOTA_EXCEEDED)
  })

  it('is forgotten with the connection', () => {
    connect().take(aliased('a', 2))
    expect(violationOf(() => connect().take(aliased('', 2)))).toMatchObject({ clause: 'MQTT-3.3.2-7' })
  })

  it('is not given an illegal topic, and stands for nothing then', () => {
    const { take } = connect()
    expect(take(aliased('#', 1))).toBe('wildcard')
    expect(violationOf(() => take(aliased('', 1)))).toMatchObject({ clause: 'MQTT-3.3.2-7' })
    take(aliased('a', 1))
    take(aliased('#', 1))
    expect(violationOf(() => take(aliased('', 1)))).toMatchObject({ clause: 'MQTT-3.3.2-7' })
    expect(intake.topics).toEqual(['a'])
  })

  it('of a message that is sent again is given all the same', () => {
    connect().take(exactlyOnce('a', 7))
    const { take } = connect()
    take(aliased('a', 1, 0x3c, [0, 7]))
    take(aliased('', 1))
    expect(intake.topics).toEqual(['a', 'a'])
    take(aliased('', 1, 0x3c, [0, 7]))
    expect(intake.topics).toEqual(['a', 'a'])
  })
})

describe('QoS 2', () => {
  it('a message is taken once, however often and on however many connections it is sent [MQTT-4.3.3-10]', () => {
    connect().take(exactlyOnce('a', 7))
    const { take } = connect()
    take(exactlyOnce('a', 7, 0b1000))
    take(exactlyOnce('a', 7))
    expect(intake.topics).toEqual(['a'])
    expect([...received]).toEqual([7])
  })

  it('a released identifier stands for another message', () => {
    const { take, messages } = connect()
    take(exactlyOnce('a', 7))
    take(exactlyOnce('b', 8))
    messages.release(7)
    messages.release(9)
    take(exactlyOnce('c', 7))
    expect(intake.topics).toEqual(['a', 'b', 'c'])
  })

  it('a refused message is refused once', () => {
    const { take } = connect()
    take(exactlyOnce('#', 7))
    take(exactlyOnce('#', 7, 0b1000))
    expect(intake.faults).toEqual(['wildcard'])
  })

  it('identifiers of QoS 1 are none of them: such a message may come twice', () => {
    const { take } = connect()
    for (const first of [0x32, 0x3a, 0x34, 0x32]) take([first, 0, 1, 0x61, 0, 7, 0])
    expect(intake.taken.map(({ qos, dup }) => [qos, dup])).toEqual([[1, false], [1, true], [2, false], [1, false]])
  })
})
