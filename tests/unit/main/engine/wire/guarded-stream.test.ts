import { generate, writeToStream, type IPublishPacket, type Packet } from 'mqtt-packet'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TopicFault } from '@shared/mqtt/topic'
import { GuardedStream } from '../../../../../src-main/engine/wire/guarded-stream'
import { ProtocolViolation } from '../../../../../src-main/engine/wire/violation'
import type { WireTap } from '../../../../../src-main/engine/wire/wire-tap'
import { flow, FakeNetwork } from '../../support/fake-network'
import { ListeningTap } from '../../support/listening-tap'

const LAST_WORDS_MS = 1_000

function bytesOf(packet: Packet, protocolVersion: 4 | 5 = 5): Buffer {
  return generate(packet, { protocolVersion })
}

const CONNACK = bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: false })
const PINGRESP = bytesOf({ cmd: 'pingresp' })

function publish(topic: string, more: Partial<IPublishPacket> = {}): Buffer {
  return bytesOf({ cmd: 'publish', topic, payload: 'x', qos: 0, retain: false, dup: false, ...more })
}

/** A PUBLISH on a topic that the library would not write. */
function publishOn(topic: string, qos: 0 | 1 | 2, messageId = 0): Buffer {
  const bytes = publish('x'.repeat(Buffer.byteLength(topic)), { qos, messageId })
  bytes.write(topic, 4)
  return bytes
}

interface SetUp {
  eager?: boolean
  version?: 4 | 5
  maximumPacketBytes?: number
  tap?: WireTap
}

function setUp({ eager = true, version = 5, maximumPacketBytes = 100_000, tap = new ListeningTap(false) }: SetUp = {}) {
  const network = new FakeNetwork({ eager })
  const faults: TopicFault[] = []
  const refused = (fault: TopicFault) => faults.push(fault)
  const stream = new GuardedStream(network, { version, maximumPacketBytes, topicAliasMaximum: 0, authenticates: false, refused, tap })
  const errors: Error[] = []
  stream.on('error', (error) => errors.push(error))
  const received: Buffer[] = []
  return {
    network,
    stream,
    faults,
    errors,
    received,
    listen: () => stream.on('data', (chunk: Buffer) => received.push(chunk)),
  }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('what the server sends', () => {
  it('goes on packet by packet, untouched, however it was cut', async () => {
    const { network, received, listen } = setUp()
    listen()
    const packets = [CONNACK, publish('a/b', { payload: Buffer.alloc(300, 7) }), PINGRESP, publish('ä')]
    for (const byte of Buffer.concat(packets)) network.arrive(Uint8Array.of(byte))
    await flow()
    expect(received).toEqual(packets)
  })

  it('waits at the network while nobody takes it, and loses nothing', async () => {
    const { network, stream, received, listen } = setUp()
    const packets = [CONNACK, ...Array.from({ length: 200 }, (_, index) => publish(`t/${index}`, { payload: Buffer.alloc(1_000, index) }))]
    network.arrive(...packets)
    await flow()
    expect(network.isPaused()).toBe(true)
    expect(stream.readableLength).toBeLessThan(3 * stream.readableHighWaterMark)
    expect(network.readableLength).toBeGreaterThan(100_000)
    listen()
    await flow()
    expect(Buffer.concat(received).equals(Buffer.concat(packets))).toBe(true)
    expect(network.isPaused()).toBe(false)
    expect(network.readableLength).toBe(0)
  })

  it('holds the network back while its reader pauses, again and again', async () => {
    const { network, stream, received, listen } = setUp()
    listen()
    network.arrive(CONNACK)
    for (let round = 0; round < 3; round += 1) {
      stream.pause()
      network.arrive(...Array.from({ length: 100 }, () => publish('t', { payload: Buffer.alloc(1_000) })))
      await flow()
      expect(network.isPaused()).toBe(true)
      stream.resume()
      await flow()
      expect(received).toHaveLength(1 + (round + 1) * 100)
    }
  })

  it('ends when the server hangs up, and then this side does', async () => {
    const { network, stream, errors, received, listen } = setUp()
    listen()
    const closed = vi.fn()
    stream.on('close', closed)
    network.arrive(CONNACK, PINGRESP)
    network.hangUp()
    await flow()
    expect(received).toEqual([CONNACK, PINGRESP])
    expect(network.finals).toBe(1)
    expect(network.destroyed).toBe(true)
    expect(closed).toHaveBeenCalledOnce()
    expect(errors).toEqual([])
  })
})

describe('what we send', () => {
  it('reaches the network as it is, in order', async () => {
    const { network, stream } = setUp()
    const packets = [publish('a'), publish('b', { payload: Buffer.alloc(100_000, 1) }), bytesOf({ cmd: 'pingreq' })]
    for (const packet of packets) stream.write(packet)
    await flow()
    expect(network.sentBytes).toBe(Buffer.concat(packets).toString('hex'))
  })

  it('waits while the network is slow: who writes can tell', async () => {
    const { network, stream } = setUp({ eager: false })
    const drained = vi.fn()
    stream.on('drain', drained)
    expect(stream.write(Buffer.alloc(100_000))).toBe(false)
    stream.write(Buffer.from('next'))
    await flow()
    expect(network.sent).toHaveLength(1)
    expect(drained).not.toHaveBeenCalled()
    network.letThrough()
    await flow()
    expect(network.sent[1]?.toString()).toBe('next')
    network.letThrough()
    await flow()
    expect(drained).toHaveBeenCalledOnce()
  })

  it('ends the network after the last of it', async () => {
    const { network, stream } = setUp({ eager: false })
    stream.end(Buffer.from('bye'))
    await flow()
    expect(network.finals).toBe(0)
    network.letThrough()
    await flow()
    expect(network.finals).toBe(1)
  })
})

describe('a message on an illegal topic', () => {
  it.each([
    ['QoS 0', 0, ''],
    ['QoS 1 with PUBACK', 1, '40021234'],
    ['QoS 2 with PUBREC', 2, '50021234'],
  ] as const)('is left out, told, and answered: %s', async (_name, qos, answer) => {
    const { network, faults, received, errors, listen } = setUp()
    listen()
    network.arrive(CONNACK, publishOn('a/#', qos, 0x1234), publish('b'))
    await flow()
    expect(received).toEqual([CONNACK, publish('b')])
    expect(faults).toEqual(['wildcard'])
    expect(network.sentBytes).toBe(answer)
    expect(errors).toEqual([])
  })

  it('is answered between the packets we send, never in the middle of one', async () => {
    const { network, stream, listen } = setUp({ eager: false })
    listen()
    network.arrive(CONNACK)
    const ours: IPublishPacket = { cmd: 'publish', topic: 'ours', payload: 'payload', qos: 1, retain: false, dup: false, messageId: 7 }
    // MQTT.js writes a packet in pieces, as here.
    writeToStream(ours, stream, { protocolVersion: 5 })
    await flow()
    network.arrive(publishOn('a/#', 1, 0x1234))
    for (let turn = 0; turn < 20; turn += 1) {
      network.letThrough()
      await flow()
    }
    expect(network.sentBytes).toBe(`${bytesOf(ours).toString('hex')}40021234`)
  })

  it('does not wait for a reader: a thousand of them hold nothing up', async () => {
    const { network, faults, received, listen } = setUp()
    listen()
    network.arrive(CONNACK, ...Array.from({ length: 1_000 }, (_, index) => publishOn('+', 1, index + 1)), PINGRESP)
    await flow()
    expect(faults).toHaveLength(1_000)
    expect(received).toEqual([CONNACK, PINGRESP])
    expect(network.sentBytes).toHaveLength(1_000 * 8)
  })

  it('that comes after our last word is not answered, and breaks nothing', async () => {
    const { network, stream, errors, faults, listen } = setUp()
    listen()
    network.arrive(CONNACK)
    stream.end(bytesOf({ cmd: 'disconnect' }))
    network.arrive(publishOn('a/#', 1, 5))
    await flow()
    expect(faults).toEqual(['wildcard'])
    expect(errors).toEqual([])
    expect(network.sentBytes).toBe(bytesOf({ cmd: 'disconnect' }).toString('hex'))
  })
})

describe('a packet that breaks the protocol', () => {
  const BROKEN: [string, Uint8Array, string][] = [
    ['malformed', Uint8Array.of(0x20, 0x80, 0x80, 0x80, 0x80), 'e0028100'],
    ['against the order', PINGRESP, 'e0028200'],
    ['too large', Uint8Array.of(0x30, 0xff, 0xff, 0x7f), 'e0029500'],
  ]

  it.each(BROKEN)('ends the connection with a DISCONNECT that says why: %s', async (_what, bytes, lastWords) => {
    const { network, errors, received, listen } = setUp({ maximumPacketBytes: 1_000 })
    listen()
    network.arrive(bytes)
    await flow()
    expect(errors).toEqual([expect.any(ProtocolViolation)])
    expect(network.sentBytes).toBe(lastWords)
    expect(network.finals).toBe(1)
    expect(received).toEqual([])
  })

  it.each(BROKEN)('ends it without a word in 3.1.1, which has none: %s', async (_what, bytes) => {
    const { network, errors } = setUp({ version: 4, maximumPacketBytes: 1_000 })
    network.arrive(bytes)
    await flow()
    expect(errors).toEqual([expect.any(ProtocolViolation)])
    expect(network.sent).toEqual([])
    expect(network.finals).toBe(1)
  })

  it('does not take back what came before it, and lets nothing through after it', async () => {
    const { network, received, errors, listen } = setUp()
    listen()
    network.arrive(CONNACK)
    await flow()
    network.arrive(Buffer.concat([publish('good'), CONNACK, publish('never')]))
    network.arrive(publish('never either'))
    await flow()
    expect(received).toEqual([CONNACK, publish('good')])
    expect(errors).toHaveLength(1)
  })

  it('gives a peer that does not close one second to hear why', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { network } = setUp()
    network.arrive(PINGRESP)
    await flow()
    expect(network.destroyed).toBe(false)
    vi.advanceTimersByTime(LAST_WORDS_MS - 1)
    expect(network.destroyed).toBe(false)
    vi.advanceTimersByTime(1)
    expect(network.destroyed).toBe(true)
  })

  it('leaves no timer behind when the peer closes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { network, errors } = setUp()
    network.arrive(PINGRESP)
    await flow()
    network.destroy(new Error('ECONNRESET'))
    await flow()
    expect(vi.getTimerCount()).toBe(0)
    expect(errors).toEqual([expect.any(ProtocolViolation)])
  })
})

describe('destroying', () => {
  it('goes from the stream to the network', async () => {
    const { network, stream, errors } = setUp()
    stream.destroy()
    await flow()
    expect(network.destroyed).toBe(true)
    expect(errors).toEqual([])
  })

  it.each([
    ['with its error', new Error('read ECONNRESET')],
    ['without one', undefined],
  ])('goes from the network to the stream, %s', async (_name, error) => {
    const { network, stream, errors } = setUp()
    network.destroy(error)
    await flow()
    expect(stream.destroyed).toBe(true)
    expect(errors).toEqual(error === undefined ? [] : [error])
  })
})

describe('a peer that never reads', () => {
  const flood = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => publish('a', { qos: 1, messageId: 1 })))

  it('is left before the answers it is owed fill the memory', async () => {
    const { network, stream, errors, listen } = setUp({ eager: false })
    listen()
    stream.write('stuck')
    network.arrive(CONNACK, flood(131_070))
    await flow()
    expect(errors).toEqual([])
    network.arrive(flood(1))
    await flow()
    expect(errors).toEqual([expect.objectContaining({ clause: 'MQTT-3.3.4-7', reasonCode: 0x93 })])
  })

  it('is none that is slow: what was taken is not counted any more', async () => {
    const { network, stream, errors, listen } = setUp({ eager: false })
    listen()
    network.arrive(CONNACK)
    for (let round = 0; round < 3; round += 1) {
      stream.write('answers')
      network.arrive(flood(100_000))
      await flow()
      network.letThrough()
      await flow()
    }
    expect(errors).toEqual([])
  })
})
