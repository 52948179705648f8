import { afterEach, describe, expect, it, vi } from 'vitest'
import { GuardedStream } from '../../../../../src-main/engine/wire/guarded-stream'
import { ProtocolViolation } from '../../../../../src-main/engine/wire/violation'
import { FakeNetwork, flow } from '../../support/fake-network'
import { bytesOf, CONNACK, guardBench, hexOf, PINGRESP, publish, standIn } from '../../support/guard-bench'
import { ListeningTap } from '../../support/listening-tap'
import { NaiveIntake } from '../../support/naive-intake'

const LAST_WORDS_MS = 1_000

afterEach(() => {
  vi.useRealTimers()
})

describe('what the server sends', () => {
  it('goes on untouched, however it was cut; messages are taken in, and do not', async () => {
    const { network, intake, passedBytes, listen } = guardBench()
    listen()
    const packets = [CONNACK, publish('a/b', { payload: Buffer.alloc(300, 7) }), PINGRESP, publish('ä')]
    for (const byte of Buffer.concat(packets)) network.arrive(Uint8Array.of(byte))
    await flow()
    expect(passedBytes()).toBe(hexOf([CONNACK, PINGRESP]))
    expect(intake.taken.map(({ topic, payload }) => [topic, payload])).toEqual([['a/b', '\x07'.repeat(300)], ['ä', 'x']])
    expect(intake.chunkBytes).toBe(Buffer.concat(packets).length)
  })

  it.each([4, 5] as const)('version %i: a message to acknowledge has a stand-in, in its place', async (version) => {
    const { network, intake, passedBytes, listen } = guardBench({ version })
    listen()
    const connack = bytesOf({ cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false }, version)
    const message = (topic: string, more: Parameters<typeof publish>[1]) => bytesOf({ cmd: 'publish', topic, payload: 'x', qos: 0, retain: false, dup: false, ...more }, version)
    network.arrive(connack, Buffer.concat([message('a', { qos: 1, messageId: 0x1234, retain: true }), PINGRESP, message('b', {}), message('c', { qos: 2, messageId: 65_535, dup: true })]))
    await flow()
    expect(intake.topics).toEqual(['a', 'b', 'c'])
    expect(passedBytes()).toBe(hexOf([connack]) + standIn(1, 0x1234, version) + hexOf([PINGRESP]) + standIn(2, 65_535, version))
  })

  it('is none of what was read before when it is passed on', async () => {
    const { network, stream } = guardBench()
    network.arrive(CONNACK, PINGRESP)
    await flow()
    network.arrive(publish('a'), PINGRESP)
    await flow()
    expect((stream.read() as Buffer).toString('hex')).toBe(hexOf([CONNACK, PINGRESP, PINGRESP]))
  })

  const flood = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => bytesOf({ cmd: 'suback', messageId: index + 1, granted: Array<number>(990).fill(0) }))

  it('waits at the network while nobody takes it, and loses nothing', async () => {
    const { network, stream, passedBytes, listen } = guardBench()
    const packets = [CONNACK, ...flood(200)]
    network.arrive(...packets)
    await flow()
    expect(network.isPaused()).toBe(true)
    expect(stream.readableLength).toBeLessThan(3 * stream.readableHighWaterMark)
    expect(network.readableLength).toBeGreaterThan(100_000)
    listen()
    await flow()
    expect(passedBytes()).toBe(hexOf(packets))
    expect(network.isPaused()).toBe(false)
    expect(network.readableLength).toBe(0)
  })

  it('holds the network back while its reader pauses, again and again', async () => {
    const { network, stream, passedBytes, listen } = guardBench()
    listen()
    network.arrive(CONNACK)
    for (let round = 0; round < 3; round += 1) {
      stream.pause()
      network.arrive(...flood(100))
      await flow()
      expect(network.isPaused()).toBe(true)
      stream.resume()
      await flow()
      expect(passedBytes()).toHaveLength(2 * (CONNACK.length + (round + 1) * hexOf(flood(100)).length / 2))
    }
  })

  it('of QoS 0 is held back by nobody', async () => {
    const { network, intake } = guardBench()
    network.arrive(CONNACK, ...Array.from({ length: 200 }, (_, index) => publish(`t/${index}`, { payload: Buffer.alloc(1_000) })))
    await flow()
    expect(intake.taken).toHaveLength(200)
    expect(network.isPaused()).toBe(false)
  })

  it('ends when the server hangs up, and then this side does', async () => {
    const { network, stream, errors, inlet, passedBytes, listen } = guardBench()
    listen()
    const closed = vi.fn()
    stream.on('close', closed)
    network.arrive(CONNACK, PINGRESP)
    network.hangUp()
    await flow()
    expect(passedBytes()).toBe(hexOf([CONNACK, PINGRESP]))
    expect(inlet.isClosed).toBe(true)
    expect(network.finals).toBe(1)
    expect(network.destroyed).toBe(true)
    expect(closed).toHaveBeenCalledOnce()
    expect(errors).toEqual([])
  })
})

describe('what we send', () => {
  it('reaches the network as it is, in order', async () => {
    const { network, stream } = guardBench()
    const packets = [publish('a'), publish('b', { payload: Buffer.alloc(100_000, 1) }), bytesOf({ cmd: 'pingreq' })]
    for (const packet of packets) stream.write(packet)
    await flow()
    expect(network.sentBytes).toBe(Buffer.concat(packets).toString('hex'))
  })

  it('waits while the network is slow: who writes can tell', async () => {
    const { network, stream } = guardBench({ eager: false })
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
    const { network, stream } = guardBench({ eager: false })
    stream.end(Buffer.from('bye'))
    await flow()
    expect(network.finals).toBe(0)
    network.letThrough()
    await flow()
    expect(network.finals).toBe(1)
  })
})

describe('a packet that breaks the protocol', () => {
  const BROKEN: [string, Uint8Array, string][] = [
    ['malformed', Uint8Array.of(0x20, 0x80, 0x80, 0x80, 0x80), 'e0028100'],
    ['against the order', PINGRESP, 'e0028200'],
    ['too large', Uint8Array.of(0x30, 0xff, 0xff, 0x7f), 'e0029500'],
  ]

  it.each(BROKEN)('ends the connection with a DISCONNECT that says why: %s', async (_what, bytes, lastWords) => {
    const { network, errors, passed, listen } = guardBench({ maximumPacketBytes: 1_000 })
    listen()
    network.arrive(bytes)
    await flow()
    expect(errors).toEqual([expect.any(ProtocolViolation)])
    expect(network.sentBytes).toBe(lastWords)
    expect(network.finals).toBe(1)
    expect(passed).toEqual([])
  })

  it.each(BROKEN)('ends it without a word in 3.1.1, which has none: %s', async (_what, bytes) => {
    const { network, errors } = guardBench({ version: 4, maximumPacketBytes: 1_000 })
    network.arrive(bytes)
    await flow()
    expect(errors).toEqual([expect.any(ProtocolViolation)])
    expect(network.sent).toEqual([])
    expect(network.finals).toBe(1)
  })

  it('does not take back what came before it, and lets nothing through after it', async () => {
    const { network, intake, inlet, passedBytes, errors, listen } = guardBench()
    listen()
    network.arrive(CONNACK)
    await flow()
    network.arrive(Buffer.concat([publish('good', { qos: 1, messageId: 1 }), CONNACK, publish('never')]))
    network.arrive(publish('never either'))
    await flow()
    expect(intake.topics).toEqual(['good'])
    expect(passedBytes()).toBe(hexOf([CONNACK]) + standIn(1, 1))
    expect(errors).toHaveLength(1)
    expect(inlet.end - inlet.start).toBe(publish('never').length)
  })

  it('gives a peer that does not close one second to hear why', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { network } = guardBench()
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
    const { network, errors } = guardBench()
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
    const { network, stream, errors } = guardBench()
    stream.destroy()
    await flow()
    expect(network.destroyed).toBe(true)
    expect(errors).toEqual([])
  })

  it.each([
    ['with its error', new Error('read ECONNRESET')],
    ['without one', undefined],
  ])('goes from the network to the stream, %s', async (_name, error) => {
    const { network, stream, errors } = guardBench()
    network.destroy(error)
    await flow()
    expect(stream.destroyed).toBe(true)
    expect(errors).toEqual(error === undefined ? [] : [error])
  })
})

describe('a peer that never reads', () => {
  const flood = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => publish('a', { qos: 1, messageId: 1 })))

  it('is left before the answers it is owed fill the memory', async () => {
    const { network, stream, errors, listen } = guardBench({ eager: false })
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
    const { network, stream, errors, listen } = guardBench({ eager: false })
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

describe('the network', () => {
  it('may read into the inlet by itself', async () => {
    const network = new FakeNetwork()
    const intake = new NaiveIntake()
    const reads: ((bytes: Uint8Array) => void)[] = []
    const inlet = intake.openInlet()
    const stream = new GuardedStream(
      (reader) => {
        reads.push((bytes) => {
          reader.room().set(bytes)
          reader.filled(bytes.length)
        })
        return network
      },
      { version: 5, maximumPacketBytes: 1_000, topicAliasMaximum: 0, authenticates: false, inlet, sink: intake, received: new Set(), accepted: () => undefined, tap: new ListeningTap(false) },
    )
    for (const packet of [CONNACK, publish('a').subarray(0, 3), publish('a').subarray(3), publish('b', { qos: 1, messageId: 1 })]) reads[0]?.(packet)
    expect(intake.topics).toEqual(['a', 'b'])
    expect((stream.read() as Buffer).toString('hex')).toBe(hexOf([CONNACK]) + standIn(1, 1))
    stream.destroy()
    await flow()
    expect(inlet.isClosed).toBe(true)
  })

  it('that cannot even be opened leaves nothing open', () => {
    const intake = new NaiveIntake()
    const inlet = intake.openInlet()
    const options = { version: 5, maximumPacketBytes: 1_000, topicAliasMaximum: 0, authenticates: false, inlet, sink: intake, received: new Set<number>(), accepted: () => undefined, tap: new ListeningTap(false) } as const
    expect(() => new GuardedStream(() => { throw new TypeError('Invalid URL') }, options)).toThrow('Invalid URL')
    expect(inlet.isClosed).toBe(true)
  })
})
