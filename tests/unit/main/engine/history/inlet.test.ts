import { generate } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { LogDriver, payloadOf, PING_RESPONSE, publishOf } from '../../support/log-driver'

const KIB = 1_024
const SMALL = { segmentBytes: 16 * KIB, pageEntries: 256 }

describe('an inlet', () => {
  it('gives room that is its own while another one is open', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const rooms = [driver.log.openInlet(false), driver.log.openInlet(false), driver.log.openInlet(true)].map((inlet) => inlet.room())
    rooms.forEach((room, index) => room.fill(index + 1))
    rooms.forEach((room, index) => expect(room.every((byte) => byte === index + 1)).toBe(true))
  })

  it('goes on where the connection before of the same version ended, behind its last message', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const first = driver.log.openInlet(false)
    const packet = generate(publishOf(1, payloadOf(10, 1)))
    first.room().set(packet)
    first.filled(packet.length + 3)
    driver.take(publishOf(1, payloadOf(10, 1)), first.segment, first.start)
    first.consume(packet.length)
    first.room()
    first.close()
    const other = driver.log.openInlet(true)
    other.room()
    expect(other.segment).not.toBe(0)
    const second = driver.log.openInlet(false)
    second.room()
    expect([second.segment, second.start, second.end]).toEqual([0, packet.length, packet.length])
  })

  it('that closes in the middle of a chunk leaves the messages taken from it', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const inlet = driver.log.openInlet(false)
    const publish = publishOf(1, payloadOf(50, 1))
    const packet = generate(publish)
    inlet.room().set(packet)
    inlet.filled(packet.length + 1)
    driver.take(publish, inlet.segment, inlet.start)
    inlet.close()
    driver.open().publish(publishOf(2, payloadOf(50, 2)))
    expect(driver.log.read(1)?.payload).toEqual(payloadOf(50, 1))
    expect(driver.log.read(2)?.payload).toEqual(payloadOf(50, 2))
  })

  it('that is closed takes nothing more', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const inlet = driver.log.openInlet(false)
    inlet.room()
    inlet.close()
    inlet.close()
    const { capacity } = driver.log
    inlet.room().fill(1)
    inlet.filled(100)
    expect([inlet.start, inlet.end, inlet.bytes.length]).toEqual([0, 0, 0])
    expect(driver.log.capacity).toBe(capacity)
  })

  it('carries a packet that is not whole over the end of its segment', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const connection = driver.open()
    const packets = Array.from({ length: 200 }, (_, index) => publishOf(1, payloadOf(301 + (index % 7), index)))
    connection.push(Buffer.concat(packets.map((packet) => generate(packet))), 1_000, packets)
    expect(driver.taken).toHaveLength(200)
    expect(new Set(driver.taken.map(({ sequence }) => driver.log.read(sequence)?.payload.buffer)).size).toBeGreaterThan(3)
    for (const { sequence, packet } of driver.taken) {
      expect(Buffer.from(driver.log.read(sequence)?.payload ?? []).equals(Buffer.from(packet.payload))).toBe(true)
    }
  })

  it('has a large packet alone in its segment, and what follows where it was before', () => {
    const driver = new LogDriver(1 << 20, SMALL)
    const connection = driver.open()
    connection.publish(publishOf(1, payloadOf(10, 1)))
    const large = publishOf(2, payloadOf(50_000, 2))
    const small = publishOf(1, payloadOf(10, 3))
    connection.push(Buffer.concat([generate(large), PING_RESPONSE, generate(small)]), 7_000, [large, small])
    const buffers = [1, 2, 3].map((sequence) => driver.log.read(sequence)?.payload.buffer)
    expect(buffers[2]).toBe(buffers[0])
    expect(buffers[1]?.byteLength).toBe(generate(large).length)
  })

  it('gives at least a 32nd of a segment of room, and never much at a time', () => {
    const driver = new LogDriver(256 << 20)
    const connection = driver.open()
    const packet = generate(publishOf(1, payloadOf(500_000, 1)))
    for (let count = 0; count < 60; count += 1) {
      const room = connection.room()
      expect(room.length).toBeGreaterThanOrEqual(64 * KIB)
      expect(room.length).toBeLessThanOrEqual(512 * KIB)
      connection.push(packet, Infinity, [publishOf(1, payloadOf(500_000, 1))])
    }
  })
})
