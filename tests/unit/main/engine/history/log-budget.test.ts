import { describe, expect, it } from 'vitest'
import { LogDriver, payloadOf, publishOf } from '../../support/log-driver'

const KIB = 1_024
const MIB = 1_024 * KIB
const SEGMENT = 16 * KIB
const SMALL = { segmentBytes: SEGMENT, pageEntries: 256 }

function expectLastValues({ log, values, taken }: LogDriver): void {
  for (const [topic, { sequence }] of values.last) {
    const payload = taken[sequence - 1]?.packet.payload ?? ''
    expect(Buffer.from(log.lastOf(topic)?.payload ?? []).equals(Buffer.from(payload))).toBe(true)
  }
}

describe('the budget of a message log', () => {
  it('is kept with every message, however often segments are recycled', () => {
    const driver = new LogDriver(400 * KIB, SMALL)
    const connection = driver.open()
    for (let topic = 2; topic <= 200; topic += 1) connection.publish(publishOf(topic, payloadOf(topic, topic)))
    for (let count = 0; count < 60_000; count += 1) {
      // A quiet topic speaks now and then, so that the kept area has dead records.
      const topic = count % 50 === 0 ? 2 + ((count / 50) % 180) : 1
      connection.publish(publishOf(topic, payloadOf(60 + (count % 90), count)))
      // Blocks that wait for reuse come on top.
      if (driver.log.capacity > 400 * KIB + 2 * SEGMENT) expect.fail(`${driver.log.capacity} bytes after ${count} messages`)
    }
    expect(driver.log.bytes).toBeGreaterThan(330 * KIB)
    expect(driver.log.bytes).toBeLessThanOrEqual(400 * KIB)
    expectLastValues(driver)
  })

  it('that is next to nothing leaves two segments and the last values', () => {
    const driver = new LogDriver(1, SMALL)
    const connection = driver.open()
    for (let topic = 2; topic <= 500; topic += 1) connection.publish(publishOf(topic, payloadOf(100, topic)))
    for (let count = 0; count < 5_000; count += 1) connection.publish(publishOf(1, payloadOf(100, count)))
    const lastBytes = 500 * 120
    // Two segments, two blocks for reuse, one kept segment that is begun, and the index of the ring.
    expect(driver.log.capacity).toBeLessThan(lastBytes + 6 * SEGMENT)
    expect(driver.log.sequence - driver.log.evicted).toBeGreaterThan(500 + 100)
    expectLastValues(driver)
  })

  it.each([
    { what: 'small values', payloadBytes: 500, mostKeptBytes: 8 * SEGMENT },
    { what: 'values larger than a segment', payloadBytes: 2 * MIB, mostKeptBytes: 20 * MIB },
  ])('is not exceeded by $what without limit: the oldest go, and are let go like others', ({ payloadBytes, mostKeptBytes }) => {
    const topics = 2 * mostKeptBytes / payloadBytes
    const driver = new LogDriver(1, { ...SMALL, mostKeptBytes })
    const connection = driver.open()
    for (let topic = 1; topic <= topics; topic += 1) {
      connection.publish(publishOf(topic, payloadOf(payloadBytes, topic)))
      if (driver.log.capacity > mostKeptBytes + 6 * SEGMENT + 2 * payloadBytes) expect.fail(`${driver.log.capacity} bytes after ${topic} messages`)
    }
    const { log, taken } = driver
    const held = taken.filter(({ topic }) => log.lastOf(topic) !== null)
    expect(held.length * payloadBytes).toBeGreaterThan(mostKeptBytes / 2)
    expect(held.every(({ topic, packet }) => Buffer.from(packet.payload).equals(log.lastOf(topic)?.payload ?? new Uint8Array()))).toBe(true)
    expect(log.lastOf(1)).toBeNull()
    expect(log.read(1)).toBeNull()
    expect(log.sequence - log.evicted).toBe(held.length)
    // One that comes again is there again.
    connection.publish(publishOf(1, payloadOf(10, 1)))
    expect(log.lastOf(1)?.payload).toHaveLength(10)
  })

  it('gives a message of 110 bytes at most 200', () => {
    const driver = new LogDriver(4 * MIB)
    const connection = driver.open()
    const packet = publishOf(1, payloadOf(110, 1), { topic: 't/' + '1'.padStart(34, '0') })
    for (let count = 0; count < 60_000; count += 1) connection.publish(packet)
    const { log } = driver
    expect(log.read(log.sequence)?.packetBytes).toBeGreaterThanOrEqual(150)
    expect(log.bytes).toBeGreaterThan(3.4 * MIB)
    expect(log.bytes / (log.sequence - log.evicted)).toBeLessThanOrEqual(200)
  })

  it('may change: a smaller one lets messages go at once, a larger one holds more', () => {
    const driver = new LogDriver(8 * MIB)
    const connection = driver.open()
    const flood = (count: number) => {
      for (let index = 0; index < count; index += 1) connection.publish(publishOf(1 + (index % 5), payloadOf(1_000, index)))
    }
    flood(12_000)
    expect(driver.log.bytes).toBeGreaterThan(6.8 * MIB)
    driver.log.budgetBytes = 2 * MIB
    expect(driver.log.budgetBytes).toBe(2 * MIB)
    expect(driver.log.capacity).toBeLessThanOrEqual(2 * MIB)
    expectLastValues(driver)
    flood(6_000)
    expect(driver.log.capacity).toBeLessThanOrEqual(2 * MIB + 2 * 512 * KIB)
    driver.log.budgetBytes = 6 * MIB
    flood(12_000)
    expect(driver.log.bytes).toBeGreaterThan(5 * MIB)
    expect(driver.log.capacity).toBeLessThanOrEqual(6 * MIB + 2 * 512 * KIB)
    expectLastValues(driver)
  })

  it('is not spent on packets that are no messages', () => {
    const driver = new LogDriver(256 * KIB, SMALL)
    const connection = driver.open()
    connection.publish(publishOf(1, payloadOf(100, 1)))
    connection.publish(publishOf(1, payloadOf(100, 2)))
    const { bytes } = driver.log
    const acknowledgements = Buffer.concat(Array.from({ length: 1_000 }, () => Uint8Array.of(0x40, 2, 0, 1)))
    for (let count = 0; count < 500; count += 1) connection.push(acknowledgements, 777)
    expect(driver.log.evicted).toBe(0)
    expect(driver.log.bytes).toBeLessThan(bytes + 1_000)
  })

  it('is not spent on connections that come and go', () => {
    const driver = new LogDriver(256 * KIB, SMALL)
    for (let count = 0; count < 100; count += 1) {
      const connection = driver.open(count % 2 === 0)
      connection.publish(publishOf(1, payloadOf(10, count)))
      connection.push(Uint8Array.of(0x30, 100, 0)) // a packet that is never whole
      connection.close()
    }
    expect(driver.log.evicted).toBe(0)
    expect(driver.log.bytes).toBeLessThan(100 * 50)
    expect(driver.log.capacity).toBeLessThanOrEqual(2 * SEGMENT + 256 * 22)
  })

  it('gets back at once what forgotten topics kept', () => {
    const driver = new LogDriver(256 * KIB, SMALL)
    speakAndFlood(driver, 1_500)
    const { log } = driver
    const held = log.sequence - log.evicted
    for (let topic = 2; topic <= 1_500; topic += 1) driver.forget(topic)
    expect(log.sequence - log.evicted).toBe(held - 1_499)
    expect(log.capacity).toBeLessThanOrEqual(256 * KIB)
  })

  it('gets back most of what topics kept that were forgotten without a word', () => {
    const driver = new LogDriver(256 * KIB, SMALL)
    speakAndFlood(driver, 3_000)
    for (let topic = 5; topic <= 3_000; topic += 5) driver.forget(topic, true)
    for (let round = 0; round < 3; round += 1) speakAndFlood(driver, 3_000)
    const kept = [...driver.values.last.values()].filter(({ isInRing }) => !isInRing).length
    const held = [...driver.values.inRing.values()].reduce((sum, count) => sum + count, kept)
    expect(driver.log.sequence - driver.log.evicted).toBeLessThan(held + 300)
    expectLastValues(driver)
  })
})

/** Each topic but the first says something, then the first so much that all others are just kept. */
function speakAndFlood(driver: LogDriver, topics: number): void {
  const connection = driver.open()
  for (let topic = 2; topic <= topics; topic += 1) connection.publish(publishOf(topic, payloadOf(100, topic)))
  for (let count = 0; count < 5_000; count += 1) connection.publish(publishOf(1, payloadOf(100, count)))
  connection.close()
}

describe('a large message', () => {
  it('costs no more than twice what has come of it', () => {
    const driver = new LogDriver(64 * MIB)
    const connection = driver.open()
    connection.publish(publishOf(2, payloadOf(10, 1)))
    const before = driver.log.capacity
    connection.push(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f, 0, 3, 116, 47, 49)) // 256 MiB, it says
    connection.room()
    expect(driver.log.capacity - before).toBeLessThanOrEqual(MIB)
    const chunk = payloadOf(100 * KIB, 5)
    for (let count = 1; count <= 100; count += 1) {
      connection.push(chunk)
      expect(driver.log.capacity - before).toBeLessThanOrEqual(2 * count * 100 * KIB + MIB)
    }
    connection.close()
    expect(driver.log.capacity).toBe(before)
  })

  it('comes in whole, in pieces, between small ones, which share a segment', () => {
    const driver = new LogDriver(64 * MIB)
    const connection = driver.open()
    for (let count = 1; count <= 4; count += 1) {
      connection.publish(publishOf(1, payloadOf(20, count)))
      connection.publish(publishOf(2, payloadOf(count * 1_300_000, count)), 300_007)
    }
    for (const { sequence, packet } of driver.taken) {
      expect(Buffer.from(packet.payload).equals(driver.log.read(sequence)?.payload ?? Buffer.alloc(0))).toBe(true)
    }
    expect(driver.log.capacity).toBeLessThan(4 * MIB + 10 * 1_300_000 + 65_536 * 22 + KIB)
    expect(driver.walk(2)).toEqual([8, 6, 4, 2])
    expect(driver.walk(1)).toEqual([7, 5, 3, 1])
  })

  it('that alone exceeds the budget stays until a newer one of its topic comes', () => {
    const driver = new LogDriver(2 * MIB)
    const connection = driver.open()
    const small = publishOf(1, payloadOf(500, 1))
    connection.publish(publishOf(2, payloadOf(6_000_000, 9), { retain: true }), 200_000)
    for (let count = 0; count < 5_000; count += 1) connection.publish(small)
    expect(driver.log.read(1)).toMatchObject({ sequence: 1, topic: 2, retain: true })
    expectLastValues(driver)
    expect(driver.log.capacity).toBeGreaterThan(6_000_000)
    connection.publish(publishOf(2, payloadOf(5, 1)))
    expect(driver.log.read(1)).toBeNull()
    for (let count = 0; count < 10; count += 1) connection.publish(small)
    expect(driver.log.capacity).toBeLessThanOrEqual(2 * MIB + 2 * 128 * KIB)
    expect(driver.log.evicted).toBe(driver.taken.filter(({ sequence }) => driver.log.read(sequence) === null).length)
  })
})
