import { generate, writeToStream, type Packet } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { flow } from '../../support/fake-network'
import { guardBench } from '../../support/guard-bench'
import { ListeningTap } from '../../support/listening-tap'

const bytesOf = (packet: Packet) => generate(packet, { protocolVersion: 5 })
const CONNACK = bytesOf({ cmd: 'connack', reasonCode: 0, sessionPresent: false })
const PING: Packet = { cmd: 'pingreq' }
const PUBLISH: Packet = { cmd: 'publish', topic: 'a/b', payload: 'x', qos: 0, retain: false, dup: false }
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function setUp({ eager = true, tap = new ListeningTap() } = {}) {
  const { network, stream } = guardBench({ eager, maximumPacketBytes: 1_000, tap })
  stream.resume()
  return { network, stream, tap }
}

describe('a tap', () => {
  it('hears each packet whole, both ways, however it was cut or joined', async () => {
    const { network, stream, tap } = setUp()
    const piece = bytesOf(PUBLISH)
    network.arrive(CONNACK, piece.subarray(0, 3), piece.subarray(3))
    writeToStream(PUBLISH, stream, { protocolVersion: 5 })
    writeToStream(PING, stream, { protocolVersion: 5 })
    await flow()
    expect(tap.heard.filter((line) => line.startsWith('<'))).toEqual([`< ${hexOf(CONNACK)}`, `< ${hexOf(piece)}`])
    expect(tap.heard.filter((line) => line.startsWith('>'))).toEqual([`> ${hexOf(piece)}`, `> ${hexOf(bytesOf(PING))}`])
  })

  it('hears of a packet when the network took it, not before', async () => {
    const { network, stream, tap } = setUp({ eager: false })
    writeToStream(PING, stream, { protocolVersion: 5 })
    await flow()
    expect(tap.heard).toEqual([])
    network.letThrough()
    await flow()
    expect(tap.heard).toEqual(['> c000'])
  })

  it('hears what is wrong with a packet, and what we say to it', async () => {
    const { network, tap } = setUp()
    network.arrive(CONNACK, Buffer.from('320400026162', 'hex'))
    await flow()
    expect(tap.heard.slice(0, 4)).toEqual([
      `< ${hexOf(CONNACK)}`,
      expect.stringMatching(/^< 320400026162 ! the packet identifier is missing/),
      expect.stringMatching(/^violation: the packet identifier is missing/),
      '> e0028100',
    ])
  })

  it('hears of a length that no packet may have', async () => {
    const { network, tap } = setUp()
    network.arrive(Buffer.from('30ffffff7f', 'hex'))
    await flow()
    expect(tap.heard[0]).toMatch(/^violation: packet of 268435460 bytes, where 1000 are accepted/)
  })

  it('hears of a message refused for its topic', async () => {
    const { network, tap } = setUp()
    network.arrive(CONNACK, Buffer.from('300600032b2f6200', 'hex'))
    await flow()
    expect(tap.heard[1]).toBe('< 300600032b2f6200 ! the topic name is not allowed: wildcard')
  })

  it('hears who closed the connection', async () => {
    const { network, tap } = setUp()
    network.emit('connect')
    network.hangUp()
    await flow()
    expect(tap.heard.slice(0, 2)).toEqual(['open', 'closed by broker'])
    const other = setUp()
    other.network.destroy(new Error('cable cut'))
    await flow()
    expect(other.tap.heard[0]).toBe('closed by error')
  })

  it('that does not listen hears no packet, and may begin at any time', async () => {
    const { network, stream, tap } = setUp({ tap: new ListeningTap(false) })
    network.arrive(CONNACK)
    writeToStream(PUBLISH, stream, { protocolVersion: 5 })
    await flow()
    expect(tap.heard).toEqual([])
    tap.listening = true
    writeToStream(PING, stream, { protocolVersion: 5 })
    network.arrive(bytesOf({ cmd: 'pingresp' }))
    await flow()
    expect([...tap.heard].sort()).toEqual(['< d000', '> c000'])
  })
})
