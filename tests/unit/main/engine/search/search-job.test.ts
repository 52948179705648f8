import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, matchesFilter } from '@shared/mqtt/topic'
import type { SearchTest } from '@shared/search/search'
import type { SearchJob } from '../../../../../src-main/engine/search/search-job'
import { SearchBench, finish, searchOf, type Known } from '../../support/search-bench'

const found = (bench: SearchBench, text: string): string[] => bench.found(finish(bench.job(text)))

/** A term asked of strings; `rate` is the tree's own and not asked here. */
function passes(test: SearchTest, topic: string, { payload, retain, messages, atMs }: Known, nowMs: number): boolean {
  switch (test.kind) {
    case 'text':
      return topic.toLowerCase().includes(test.text.toLowerCase())
    case 'filter':
      return matchesFilter(compileFilter(test.filter), topic.split('/'))
    case 'regex':
      return new RegExp(test.pattern, test.ignoreCase ? 'i' : '').test(topic)
    case 'payload':
      return payload.toLowerCase().includes(test.text.toLowerCase())
    case 'since':
      return nowMs - atMs < test.milliseconds
    case 'measure': {
      const value = test.measure === 'size' ? Buffer.byteLength(payload) : messages
      return test.sign === '>' ? value > test.value : value < test.value
    }
    case 'retained':
      return retain
  }
}

function expectAll(bench: SearchBench, job: SearchJob, text: string): void {
  const search = searchOf(text)
  const expected = [...bench.known].filter(([topic, known]) => search.every(({ test, negated }) => passes(test, topic, known, bench.nowMs) !== negated))
  const topics = expected.map(([topic]) => topic)
  expect(bench.found(job)).toEqual(topics.sort())
  expect(job.matches).toBe(topics.length)
  const given = [...job.found().toArray()].map((topic) => bench.tree.topicOf(topic))
  expect(given.sort()).toEqual(topics.sort())
}

describe('SearchJob', () => {
  it.each([
    ['b', ['a/b', 'a/b/c', 'B']],
    ['a/b', ['a/b', 'a/b/c']],
    ['B/', ['a/b/c']],
    ['a b', ['a/b', 'a/b/c']],
    ['-b', ['a', 'x/y']],
    ['a/#', ['a', 'a/b', 'a/b/c']],
    ['+ -a', ['B']],
    ['/^.\\/.$/', ['a/b', 'x/y']],
    ['/b$/i', ['B', 'a/b']],
    ['"/b"', ['a/b', 'a/b/c']],
  ])('finds by topic: %s', (text, topics) => {
    expect(found(SearchBench.of('a', 'a/b', 'a/b/c', 'x/y', 'B'), text)).toEqual([...topics].sort())
  })

  it('finds by the last message', () => {
    const bench = new SearchBench()
    bench.take('on', '{"state":"ON"}', true)
    bench.take('off', 'off')
    bench.take('off', '')
    bench.take('ü', 'größer')
    expect(found(bench, 'payload:on')).toEqual(['on'])
    expect(found(bench, 'payload:off')).toEqual([])
    expect(found(bench, 'payload:GRÖSSER')).toEqual(['ü'])
    expect(found(bench, 'retained')).toEqual(['on'])
    expect(found(bench, 'not retained')).toEqual(['off', 'ü'])
    expect(found(bench, 'size>7')).toEqual(['on', 'ü'])
    expect(found(bench, 'size<1')).toEqual(['off'])
    expect(found(bench, 'messages>1')).toEqual(['off'])
    expect(found(bench, 'rate>1000')).toEqual([])
    expect(found(bench, 'rate<1000')).toEqual(['off', 'on', 'ü'])
  })

  it('says which searches have to be run again', () => {
    const bench = SearchBench.of('a')
    const live = ['payload:x', 'since:1s', 'rate>1', 'size>1', 'messages>1', 'retained', 'a -retained']
    expect(live.map((text) => bench.job(text).isLive)).toEqual(live.map(() => true))
    const lasting = ['a', '-a', 'a/#', '/a/']
    expect(lasting.map((text) => bench.job(text).isLive)).toEqual(lasting.map(() => false))
  })

  it('goes in slices and shows what it has found so far', () => {
    const bench = SearchBench.of(...Array.from({ length: 5_000 }, (_, index) => `t${index}`))
    const job = bench.job('t')
    const sizes: number[] = []
    while (!job.step(performance.now())) sizes.push(job.matches)
    expect(sizes.length).toBeGreaterThan(2)
    expect(sizes.every((size, index) => size > (sizes[index - 1] ?? 0))).toBe(true)
    expect(job.matches).toBe(5_000)
  })

  it('looks at the clock in between when payloads are long', () => {
    const bench = new SearchBench()
    for (let index = 0; index < 10; index += 1) bench.take(`t${index}`, 'x'.repeat(200_000))
    const job = bench.job('payload:y')
    let steps = 1
    while (!job.step(performance.now())) steps += 1
    expect(steps).toBe(10)
  })

  it.each(['é', 'y', '-x', 'a/+', '/y+/'])('looks at the clock in between when topics are long, searching for %s', (text) => {
    const bench = SearchBench.of(...Array.from({ length: 40 }, (_, index) => `${'x'.repeat(60_000)}${index}`))
    const job = bench.job(text)
    let steps = 1
    while (!job.step(performance.now())) steps += 1
    expect(steps).toBeGreaterThan(10)
  })

  it('looks for a text in the first 4 MB of a payload', () => {
    const bench = new SearchBench()
    bench.take('within', `${'x'.repeat(4 * 1_024 * 1_024 - 1)}y`)
    bench.take('beyond', `${'x'.repeat(4 * 1_024 * 1_024)}y`)
    expect(bench.found(finish(bench.job('payload:y')))).toEqual(['within'])
  })

  it('runs again without emptying what it shows', () => {
    const bench = new SearchBench()
    for (let index = 0; index < 3_000; index += 1) bench.take(`t${index}`, 'on')
    const job = finish(bench.job('payload:on'))
    for (let index = 0; index < 1_500; index += 1) bench.take(`t${index}`, 'off')
    job.rerun(bench.nowMs)
    expect(job.done).toBe(false)
    while (!job.step(performance.now())) expect(job.matches).toBe(3_000)
    expect(job.matches).toBe(1_500)
    job.rerun(bench.nowMs)
    expect(finish(job).matches).toBe(1_500)
  })

  it('lets time pass from run to run', () => {
    const bench = SearchBench.of('a', 'b')
    const job = finish(bench.job('since:1s'))
    expect(bench.found(job)).toEqual(['a', 'b'])
    job.rerun(bench.nowMs + 995)
    expect(bench.found(finish(job))).toEqual(['b'])
  })

  it('sees no node from its limit on, until run without', () => {
    const bench = SearchBench.of('a1')
    const limit = bench.tree.idLimit
    bench.take('a2')
    const job = finish(bench.job('a', limit))
    expect(bench.found(job)).toEqual(['a1'])
    job.rerun(bench.nowMs)
    expect(bench.found(finish(job))).toEqual(['a1', 'a2'])
  })

  it('finds nothing of an old path under an id that is used again', () => {
    const bench = SearchBench.of('needle/x', 'other')
    const job = finish(bench.job('needle'))
    bench.tree.onRemoved = (node) => job.forget(node)
    bench.tree.onNewTopic = (node) => job.consider(node)
    const ids = ['needle', 'needle/x'].map((topic) => bench.trees.node(topic))
    bench.remove('needle/x')
    expect(job.matches).toBe(0)
    bench.tree.reclaim(Number.MAX_SAFE_INTEGER)
    bench.take('hay/x')
    expect(new Set(['hay', 'hay/x'].map((topic) => bench.trees.node(topic)))).toEqual(new Set(ids))
    expect(job.matches).toBe(0)
    job.rerun(bench.nowMs)
    expect(finish(job).matches).toBe(0)
  })

  it('finds what brute force finds, whatever comes, goes and is asked', () => {
    const topic = fc.array(fc.constantFrom('a', 'B', 'ab', 'é', '', '$x'), { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/')).filter((name) => name !== '')
    const change = fc.oneof(
      { weight: 3, arbitrary: fc.record({ topic, payload: fc.constantFrom('', 'on', 'OFF', 'é'), retain: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ remove: topic }) },
      { weight: 1, arbitrary: fc.constantFrom('step' as const, 'reclaim' as const) },
    )
    const term = fc.constantFrom(
      ...['a', 'B', '"/a"', 'b/', 'é', '"É/"', 'a/#', '+/+', '/B/', '/^a|b$/i'],
      ...['payload:o', 'payload:É', 'since:1s', 'size>1', 'messages>1', 'messages<2', 'retained'],
    )
    const text = fc.array(fc.tuple(fc.constantFrom('', '-'), term).map((parts) => parts.join('')), { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' '))
    fc.assert(
      fc.property(text, fc.array(change, { maxLength: 30 }), fc.array(change, { maxLength: 30 }), (searched, before, after) => {
        const bench = new SearchBench()
        const apply = (changes: typeof before, job?: SearchJob): void => {
          for (const one of changes) {
            if (one === 'step') job?.step(performance.now())
            else if (one === 'reclaim') bench.tree.reclaim(Number.MAX_SAFE_INTEGER)
            else if ('remove' in one) bench.remove(one.remove)
            else bench.take(one.topic, one.payload, one.retain)
          }
        }
        apply(before)
        const job = bench.job(searched)
        bench.tree.onNewTopic = (node) => job.consider(node)
        bench.tree.onRemoved = (node) => job.forget(node)
        apply(after, job)
        if (job.isLive) {
          finish(job)
          job.rerun(bench.nowMs)
        }
        expectAll(bench, finish(job), searched)
      }),
      { numRuns: 400 },
    )
  })
})
