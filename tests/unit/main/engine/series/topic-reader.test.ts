import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FieldPath } from '@shared/payload/field-path'
import type { FieldsRequest } from '../../../../../src-main/engine/engine-api'
import { FieldReader } from '../../../../../src-main/engine/fields/field-reader'
import { FieldSource } from '../../../../../src-main/engine/fields/field-source'
import type { FieldPoints } from '../../../../../src-main/engine/series/field-points'
import { TopicReader } from '../../../../../src-main/engine/series/topic-reader'
import { Received } from '../../support/received'

const START_MS = 1_700_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(START_MS)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function pairs({ times, values }: FieldPoints): [number, number][] {
  return Array.from({ length: times.length }, (_, at) => [times.at(times.first + at), values.at(times.first + at)])
}

function missingTimes({ missing }: FieldPoints): number[] {
  return Array.from({ length: missing.length }, (_, at) => missing.at(missing.first + at))
}

function setUp(logBudgetBytes = 1_000_000, mostPoints?: number) {
  const received = new Received({ logBudgetBytes })
  const { tree, log } = received.ingest
  return { received, tree, log, reader: (topic: string) => new TopicReader(tree, log, topic, new FieldReader(tree), mostPoints) }
}

describe('TopicReader', () => {
  it('reads numbers, booleans and numbers written as text, and counts what has none', () => {
    const { received, reader } = setUp()
    const payloads = ['{"v":1.5}', '{"v":true}', '{"v":false}', '{"v":" -2e3 "}', '{"v":""}', '{"v":"12 V"}', '{"v":null}', '{"w":1}', '{"v":1e999}', '{"v":[1]}', 'no JSON', '7']
    for (const payload of payloads) {
      vi.advanceTimersByTime(1)
      received.take('a', payload)
    }
    const topic = reader('a')
    const field = topic.look(['v'], {}, 0)
    const whole = topic.look([], {}, 0)
    topic.step(Infinity)
    expect(pairs(field).map(([, value]) => value)).toEqual([1.5, 1, 0, -2_000])
    expect(missingTimes(field)).toHaveLength(8)
    expect(pairs(whole).map(([, value]) => value)).toEqual([7])
  })

  it('reads each message once for all fields, in slices, the newest first, and no further back than somebody looks', () => {
    const { received, log, reader } = setUp(10_000_000)
    for (let count = 0; count < 1_000; count += 1) {
      vi.advanceTimersByTime(10)
      received.take('a', JSON.stringify({ v: count, w: -count }))
    }
    const read = vi.spyOn(log, 'read')
    const topic = reader('a')
    const looker = {}
    const fromMs = START_MS + 5_000
    const [v, w] = [topic.look(['v'], looker, fromMs), topic.look(['w'], looker, fromMs)]
    topic.step(0)
    expect(topic.isBusy).toBe(true)
    expect(v.times.length).toBeGreaterThan(0)
    expect(v.values.at(v.values.end - 1)).toBe(999)
    while (topic.isBusy) topic.step(0)
    // One further, to where the line goes on.
    expect(v.times.length).toBe(502)
    expect(read).toHaveBeenCalledTimes(502)
    expect(pairs(w)).toEqual(pairs(v).map(([ms, value]) => [ms, -value]))
    // Somebody looks further back: only what is missing is read.
    topic.look(['v'], looker, 0)
    while (topic.isBusy) topic.step(0)
    expect(read).toHaveBeenCalledTimes(1_000)
    expect(v.times.length).toBe(1_000)
  })

  it('hands over what is no plain JSON, in batches, and keeps the order of what comes after it', () => {
    const { received, tree, log } = setUp(10_000_000)
    const asked: FieldsRequest[] = []
    const source = new FieldSource((request) => asked.push(request))
    const payloads = [...Array.from({ length: 300 }, (_, index) => `x${index}`), '300', '301']
    for (const payload of payloads) {
      vi.advanceTimersByTime(1)
      received.take('a', payload, { properties: { contentType: 'application/x' } })
    }
    const topic = new TopicReader(tree, log, 'a', new FieldReader(tree, source))
    const points = topic.look([], {}, 0)
    const answer = () => {
      const request = asked.shift()
      const fields = (request?.messages ?? []).map(({ payload }) => [Number(Buffer.from(payload).toString().replace('x', ''))])
      source.take(request?.requestId ?? 0, fields)
    }
    topic.step(Infinity)
    expect([asked.length, topic.canStep, topic.isBusy]).toEqual([1, false, true])
    expect(asked[0]).toMatchObject({ paths: [[]], messages: { 0: { topic: 'a', sequence: 302, contentType: 'application/x', payloadFormatIndicator: null } } })
    expect(asked[0]?.messages.length).toBeLessThan(302)
    // What comes meanwhile has to wait.
    received.take('a', '302')
    topic.step(Infinity)
    expect(asked).toHaveLength(1)
    for (let count = 0; topic.isBusy && count < 10; count += 1) {
      answer()
      topic.step(Infinity)
    }
    expect(pairs(points).map(([, value]) => value)).toEqual(Array.from({ length: 303 }, (_, index) => index))
    // Plain JSON: nobody is asked.
    received.take('a', '303')
    topic.step(Infinity)
    expect([asked.length, topic.isBusy, points.values.at(points.values.end - 1)]).toEqual([0, false, 303])
  })

  it('has everything read elsewhere where a rule of the user says how', () => {
    const { received, tree, log } = setUp()
    const asked: FieldsRequest[] = []
    const source = new FieldSource((request) => asked.push(request))
    const reader = new FieldReader(tree, source)
    reader.rules.replace([{ filter: '+', version: 'big endian' }])
    const topic = new TopicReader(tree, log, 'a', reader)
    const points = topic.look([], {}, 0)
    for (const payload of ['12', '34']) {
      received.take('a', payload)
      topic.step(Infinity)
      const request = asked.shift()
      source.take(request?.requestId ?? 0, [[Buffer.from(payload).readUInt16BE()]])
    }
    expect(pairs(points).map(([, value]) => value)).toEqual([0x3132, 0x3334])
  })

  it('stops reading back when it holds as many points as it may, and lets the oldest go for new ones', () => {
    const { received, reader } = setUp(1_000_000, 5)
    for (let count = 0; count < 10; count += 1) received.take('a', String(count))
    const topic = reader('a')
    const points = topic.look([], {}, 0)
    topic.step(Infinity)
    expect(pairs(points).map(([, value]) => value)).toEqual([5, 6, 7, 8, 9])
    expect(points.letGo).toBe(0)
    received.take('a', '10')
    topic.step(Infinity)
    expect(pairs(points).map(([, value]) => value)).toEqual([6, 7, 8, 9, 10])
    expect(points.letGo).toBe(1)
  })

  it('waits for a topic that is not known yet, and reads on when one that was forgotten comes again', () => {
    const { received, tree, log, reader } = setUp()
    const topic = reader('a/b')
    const points = topic.look([], {}, 0)
    expect([topic.isKnown, topic.isBusy]).toEqual([false, false])
    received.take('a/b', '1')
    expect([topic.isKnown, topic.isBusy]).toEqual([true, true])
    topic.step(Infinity)
    const node = received.nodeOf('a/b')
    log.forget(node)
    tree.remove(node)
    expect([topic.isKnown, topic.isBusy]).toEqual([false, false])
    received.takeAll('other')
    received.take('a/b', '2')
    topic.step(Infinity)
    expect(pairs(points).map(([, value]) => value)).toEqual([1, 2])
  })

  it('reads nothing for a field that nobody looks at any more', () => {
    const { received, log, reader } = setUp()
    received.take('a', '1')
    const topic = reader('a')
    const [one, other] = [{}, {}]
    topic.look([], one, 0)
    topic.look([], other, 0)
    topic.leave(one)
    expect(topic.hasFields).toBe(true)
    topic.leave(other)
    expect(topic.hasFields).toBe(false)
    const read = vi.spyOn(log, 'read')
    topic.step(Infinity)
    expect(read).not.toHaveBeenCalled()
  })

  it('knows what a naive reader knows while messages come, are let go, and are looked at from ever other times on', () => {
    type Step =
      | { readonly kind: 'take'; readonly topic: 'a' | 'b'; readonly value: number | null; readonly waitMs: number }
      | { readonly kind: 'look'; readonly field: 0 | 1; readonly agoMs: number }
      | { readonly kind: 'leave'; readonly field: 0 | 1 }
    const someStep: fc.Arbitrary<Step> = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('take' as const), topic: fc.constantFrom('a' as const, 'b' as const), value: fc.option(fc.integer()), waitMs: fc.nat(50) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const), field: fc.constantFrom(0 as const, 1 as const), agoMs: fc.nat(2_000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), field: fc.constantFrom(0 as const, 1 as const) }) },
    )
    const paths: readonly FieldPath[] = [['x'], ['y', 0]]
    const padding = 'p'.repeat(8_000)
    let evictions = 0
    fc.assert(
      fc.property(fc.array(someStep, { minLength: 40, maxLength: 120 }), (steps) => {
        const { received, tree, log, reader } = setUp(200_000)
        const topic = reader('a')
        const messages: { sequence: number; ms: number; value: number | null }[] = []
        const fields = paths.map(() => ({ looker: {}, points: null as FieldPoints | null, fromMs: 0, known: new Set<number>() }))
        for (const step of steps) {
          if (step.kind === 'take') {
            vi.setSystemTime(Date.now() + step.waitMs)
            received.take(step.topic, JSON.stringify({ x: step.value, y: [step.value], padding }))
            if (step.topic === 'a') {
              messages.push({ sequence: log.sequence, ms: Date.now(), value: step.value })
              for (const field of fields) if (field.points !== null) field.known.add(log.sequence)
            }
          } else {
            const field = fields[step.field]
            if (field === undefined) continue
            topic.leave(step.kind === 'leave' ? field.looker : {})
            if (step.kind === 'leave') {
              field.points = null
              field.known.clear()
            } else {
              field.fromMs = Date.now() - step.agoMs
              field.points = topic.look(paths[step.field] ?? [], field.looker, field.fromMs)
              const node = tree.findTopic('a')
              const held = messages.filter(({ sequence }) => log.read(sequence, node) !== null)
              for (const { sequence, ms } of held) if (ms >= field.fromMs) field.known.add(sequence)
              // And the one before, to which the line goes on.
              const before = held.findLast(({ ms }) => ms < field.fromMs)
              if (before !== undefined) field.known.add(before.sequence)
            }
          }
          topic.step(Infinity)
          evictions += log.evicted > 0 ? 1 : 0
          for (const { points, fromMs, known } of fields) {
            if (points === null) continue
            const expected = messages.filter(({ sequence, ms }) => known.has(sequence) && ms >= fromMs)
            expect(pairs(points).filter(([ms]) => ms >= fromMs)).toEqual(expected.flatMap(({ ms, value }) => (value === null ? [] : [[ms, value]])))
            expect(missingTimes(points).filter((ms) => ms >= fromMs)).toEqual(expected.flatMap(({ ms, value }) => (value === null ? [ms] : [])))
          }
        }
      }),
      { numRuns: 40 },
    )
    expect(evictions).toBeGreaterThan(0)
  })
})
