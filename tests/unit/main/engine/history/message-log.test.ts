import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogDriver, payloadOf, PING_RESPONSE, publishOf, type DrivenInlet, type TakenMessage } from '../../support/log-driver'

const KIB = 1_024
const SMALL = { segmentBytes: 16 * KIB, pageEntries: 256 }

/** Everything the log tells, against all messages it was ever given. */
function expectAsGiven(driver: LogDriver): void {
  const { log, values, taken } = driver
  const held = taken.filter(({ sequence }) => log.read(sequence) !== null)
  for (const message of held) expectRead(driver, message)
  expect(log.sequence).toBe(taken.length)
  expect(log.evicted).toBe(taken.length - held.length)
  const sequencesOf = new Map<number, number[]>()
  for (const { sequence, topic } of held) sequencesOf.set(topic, [sequence, ...(sequencesOf.get(topic) ?? [])])
  for (const [topic, last] of values.last) {
    expect(log.lastOf(topic)?.sequence).toBe(last.sequence)
    expect(driver.walk(topic)).toEqual(sequencesOf.get(topic))
    expect(values.inRing.get(topic)).toBe((sequencesOf.get(topic)?.length ?? 0) - (last.isInRing ? 0 : 1))
  }
  const inRing = held.filter(({ sequence, topic }) => !(values.last.get(topic)?.sequence === sequence && values.last.get(topic)?.isInRing === false))
  expect(log.oldestSequence).toBe(inRing[0]?.sequence ?? taken.length + 1)
  expect(log.oldestAtMs).toBe(inRing[0]?.atMs ?? null)
  for (const ms of [0, ...new Set(taken.map(({ atMs }) => atMs)), Infinity]) {
    expect(log.firstSequenceAt(ms)).toBe(inRing.find(({ atMs }) => atMs >= ms)?.sequence ?? taken.length + 1)
  }
}

function expectRead({ log }: LogDriver, { sequence, topic, atMs, packet }: TakenMessage): void {
  const read = log.read(sequence)
  expect(read).toMatchObject({ sequence, topic, receivedAtMs: atMs, qos: packet.qos, retain: packet.retain, dup: packet.dup })
  expect(Buffer.from(packet.payload).equals(read?.payload ?? new Uint8Array(1))).toBe(true)
}

interface Scale {
  readonly largestPayload: number
  readonly largestBudget: number
  readonly segmentBytes: readonly number[]
  readonly repeats: number
  readonly pieces: { min: number; max: number }
}
const IN_SMALL: Scale = {
  largestPayload: 70_000,
  largestBudget: 600_000,
  segmentBytes: [4 * KIB, 16 * KIB, 64 * KIB],
  repeats: 80,
  pieces: { min: 1, max: 5_000 },
}
const IN_LARGE: Scale = {
  largestPayload: 4_000_000,
  largestBudget: 12_000_000,
  segmentBytes: [64 * KIB, 512 * KIB],
  repeats: 4,
  pieces: { min: 1_000, max: 500_000 },
}

const stepOf = ({ largestPayload, largestBudget, repeats, pieces }: Scale) => fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      connection: fc.nat({ max: 2 }),
      // Topic 1 is busy, the others less and less so.
      topic: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.integer({ min: 2, max: 4 }) }, fc.integer({ min: 5, max: 40 })),
      payloadBytes: fc.oneof(
        { weight: 8, arbitrary: fc.nat({ max: 300 }) },
        { weight: 3, arbitrary: fc.nat({ max: 9_000 }) },
        { weight: 1, arbitrary: fc.nat({ max: largestPayload }) },
      ),
      times: fc.oneof(fc.constant(1), fc.nat({ max: repeats })),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      retain: fc.boolean(),
      pieceBytes: fc.oneof(fc.constant(Infinity), fc.integer(pieces)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('noise' as const), connection: fc.nat({ max: 2 }), packets: fc.nat({ max: 3_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reopen' as const), connection: fc.nat({ max: 2 }), isMqtt5: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('budget' as const), bytes: fc.integer({ min: 1, max: largestBudget }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), topic: fc.integer({ min: 1, max: 40 }) }) },
)
const runsOf = (scale: Scale) =>
  fc.record({
    budgetBytes: fc.integer({ min: 1, max: scale.largestBudget }),
    segmentBytes: fc.constantFrom(...scale.segmentBytes),
    pageEntries: fc.constantFrom(16, 64, 1_024),
    steps: fc.array(stepOf(scale), { minLength: 5, maxLength: 60 }),
  })
type Step = ReturnType<typeof stepOf> extends fc.Arbitrary<infer Value> ? Value : never

function play(driver: LogDriver, connections: DrivenInlet[], step: Step, seed: number): void {
  const { kind } = step
  if (kind === 'budget') driver.log.budgetBytes = step.bytes
  else if (kind === 'forget') driver.forget(step.topic)
  else if (kind === 'reopen') {
    connections[step.connection]?.close()
    connections[step.connection] = driver.open(step.isMqtt5)
  } else if (kind === 'noise') {
    for (let count = 0; count < step.packets; count += 1) connections[step.connection]?.push(PING_RESPONSE)
  } else {
    const { qos, retain, pieceBytes } = step
    for (let count = 0; count < step.times; count += 1) {
      const packet = publishOf(step.topic, payloadOf(step.payloadBytes, seed + count), { qos, retain, messageId: 7 })
      connections[step.connection]?.publish(packet, pieceBytes)
    }
  }
}

describe('a message log', () => {
  it.each([
    ['kilobytes', IN_SMALL, 100],
    ['megabytes', IN_LARGE, 25],
  ])('tells what it was given, whatever its sizes, budgets and connections: messages of %s', { timeout: 60_000 }, (_, scale, numRuns) => {
    fc.assert(
      fc.property(runsOf(scale), ({ budgetBytes, segmentBytes, pageEntries, steps }) => {
        const driver = new LogDriver(budgetBytes, { segmentBytes, pageEntries })
        const connections = [driver.open(), driver.open(), driver.open(true)]
        steps.forEach((step, index) => {
          play(driver, connections, step, index)
          driver.nowMs += 5
          if (index % 8 === 0) expectAsGiven(driver)
        })
        expectAsGiven(driver)
      }),
      { numRuns },
    )
  })

  it('is empty before the first message', () => {
    const { log } = new LogDriver(1 << 20)
    expect([log.sequence, log.evicted, log.oldestSequence, log.oldestAtMs, log.firstSequenceAt(0)]).toEqual([0, 0, 1, null, 1])
    expect([log.lastOf(1), log.olderOf(1), log.olderOf(0)]).toEqual([null, 0, 0])
    for (const sequence of [-1, 0, 0.5, 1, 2 ** 40, NaN, Infinity]) expect(log.read(sequence)).toBeNull()
    expect(log.bytes).toBeLessThan(100)
  })

  it('knows nothing of sequences it never gave', () => {
    const driver = new LogDriver(1 << 20)
    driver.open().publish(publishOf(1, payloadOf(10, 1)))
    for (const sequence of [-1, 0, 0.5, 1.5, 2, 2 ** 40, NaN]) expect(driver.log.read(sequence)).toBeNull()
    expect(driver.log.read(1)?.sequence).toBe(1)
  })

  it('holds the newest messages of one connection without a gap, and the last values besides', () => {
    const driver = new LogDriver(300 * KIB, SMALL)
    const connection = driver.open()
    for (let topic = 2; topic <= 21; topic += 1) connection.publish(publishOf(topic, payloadOf(200, topic)))
    for (let count = 0; count < 20_000; count += 1) connection.publish(publishOf(1, payloadOf(50, count)))
    expectAsGiven(driver)
    const { log, taken } = driver
    const held = taken.filter(({ sequence }) => log.read(sequence) !== null).map(({ sequence }) => sequence)
    expect(held.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(held.slice(20)).toEqual(Array.from({ length: held.length - 20 }, (_, index) => log.oldestSequence + index))
    expect(held.length).toBeGreaterThan(2_000)
  })

  it('never times a message before the one before it', () => {
    const driver = new LogDriver(1 << 20)
    const connection = driver.open()
    for (const nowMs of [10, 30, 20, 40]) {
      driver.nowMs = nowMs
      connection.publish(publishOf(1, payloadOf(1, 1)))
    }
    expect([1, 2, 3, 4].map((sequence) => driver.log.read(sequence)?.receivedAtMs)).toEqual([10, 30, 30, 40])
    expect([driver.log.firstSequenceAt(25), driver.log.firstSequenceAt(30), driver.log.firstSequenceAt(41)]).toEqual([2, 2, 5])
  })

  it('finds a last value whose index page is gone by its sequence number', () => {
    const driver = new LogDriver(64 * KIB, SMALL)
    const connection = driver.open()
    connection.publish(publishOf(2, payloadOf(99, 3), { retain: true }))
    for (let count = 0; count < 5_000; count += 1) connection.publish(publishOf(1, payloadOf(50, count)))
    expect(driver.log.read(1)).toMatchObject({ sequence: 1, topic: 2, receivedAtMs: 1_000, retain: true })
    expect(driver.log.read(2)).toBeNull()
    expect(driver.log.olderOf(1)).toBe(0)
  })
})
