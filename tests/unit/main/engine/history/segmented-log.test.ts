import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogDriver, PING_RESPONSE, publishOf, type DrivenInlet, type TakenMessage } from '../../support/log-driver'

const KIB = 1_024

function payloadOf(bytes: number, seed: number): Uint8Array {
  const payload = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 1) payload[at] = (at * 31 + seed * 17 + (at >> 8)) & 0xff
  return payload
}

/** Everything the log tells, against all messages it was ever given. */
function expectAsGiven({ log, values, taken, walk }: Expected): void {
  const held = taken.filter(({ sequence }) => log.read(sequence) !== null)
  for (const message of held) expectRead({ log, message })
  expect(log.sequence).toBe(taken.length)
  expect(log.evicted).toBe(taken.length - held.length)
  const sequencesOf = new Map<number, number[]>()
  for (const { sequence, topic } of held) sequencesOf.set(topic, [sequence, ...(sequencesOf.get(topic) ?? [])])
  for (const [topic, last] of values.last) {
    expect(log.lastOf(topic)?.sequence).toBe(last.sequence)
    expect(walk(topic)).toEqual(sequencesOf.get(topic))
    expect(values.inRing.get(topic)).toBe((sequencesOf.get(topic)?.length ?? 0) - (last.isInRing ? 0 : 1))
  }
  const inRing = held.filter(({ sequence, topic }) => !(values.last.get(topic)?.sequence === sequence && values.last.get(topic)?.isInRing === false))
  expect(log.oldestSequence).toBe(inRing[0]?.sequence ?? taken.length + 1)
  expect(log.oldestAtMs).toBe(inRing[0]?.atMs ?? null)
  for (const ms of [0, ...new Set(taken.map(({ atMs }) => atMs)), Infinity]) {
    expect(log.firstSequenceAt(ms)).toBe(inRing.find(({ atMs }) => atMs >= ms)?.sequence ?? taken.length + 1)
  }
}
type Expected = Pick<LogDriver, 'log' | 'values' | 'taken'> & { walk: (topic: number) => number[] }

function expectRead({ log, message: { sequence, topic, atMs, packet } }: { log: LogDriver['log']; message: TakenMessage }): void {
  const read = log.read(sequence)
  expect(read).toMatchObject({ sequence, topic, receivedAtMs: atMs, qos: packet.qos, retain: packet.retain, dup: packet.dup })
  expect(Buffer.from(packet.payload).equals(read?.payload ?? new Uint8Array(1))).toBe(true)
}

function check(driver: LogDriver): void {
  expectAsGiven({ log: driver.log, values: driver.values, taken: driver.taken, walk: (topic) => driver.walk(topic) })
}

const payloadBytes = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 300 }) },
  { weight: 3, arbitrary: fc.nat({ max: 9_000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 70_000 }) },
)
const step = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      connection: fc.nat({ max: 2 }),
      // Topic 1 is busy, the others less and less so.
      topic: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.integer({ min: 2, max: 4 }) }, fc.integer({ min: 5, max: 40 })),
      payloadBytes,
      times: fc.oneof(fc.constant(1), fc.nat({ max: 80 })),
      qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      retain: fc.boolean(),
      pieceBytes: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 5_000 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('noise' as const), connection: fc.nat({ max: 2 }), packets: fc.nat({ max: 3_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reopen' as const), connection: fc.nat({ max: 2 }), isMqtt5: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('budget' as const), bytes: fc.integer({ min: 1, max: 600_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), topic: fc.integer({ min: 1, max: 40 }) }) },
)
const runs = fc.record({
  budgetBytes: fc.integer({ min: 1, max: 600_000 }),
  segmentBytes: fc.constantFrom(4 * KIB, 16 * KIB, 64 * KIB),
  pageEntries: fc.constantFrom(16, 64, 1_024),
  steps: fc.array(step, { minLength: 5, maxLength: 60 }),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** What the contract lets the log take: the budget, the last values with their waste, two segments and what goes with them. */
function mostBytes({ log, values }: LogDriver, segmentBytes: number, budgetBytes: number): number {
  let lastBytes = 0
  for (const topic of values.last.keys()) lastBytes += 8 + (log.lastOf(topic)?.packetBytes ?? 0)
  return budgetBytes + lastBytes
}

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
  it('tells what it was given, whatever its sizes, budgets and connections', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(runs, ({ budgetBytes, segmentBytes, pageEntries, steps }) => {
        const driver = new LogDriver(budgetBytes, { segmentBytes, pageEntries })
        const connections = [driver.open(), driver.open(), driver.open(true)]
        steps.forEach((step, index) => {
          play(driver, connections, step, index)
          driver.nowMs += 5
          if (index % 8 === 0) check(driver)
        })
        check(driver)
        void mostBytes
      }),
      { numRuns: 150 },
    )
  })
})
