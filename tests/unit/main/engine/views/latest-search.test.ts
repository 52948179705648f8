import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseSearch } from '@shared/search/parse-search'
import { SearchJob } from '../../../../../src-main/engine/search/search-job'
import { LastPayloads } from '../../../../../src-main/engine/views/last-payloads'
import { LatestSearch } from '../../../../../src-main/engine/views/latest-search'
import { Received } from '../../support/received'

let nowMs = 0

beforeEach(() => {
  nowMs = 1_000
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
})
afterEach(() => {
  vi.restoreAllMocks()
})

function setUp(text: string, needsAll = false) {
  const received = new Received()
  const { tree, log } = received.ingest
  const latest = new LatestSearch(needsAll)
  const jobOf = (words: string): SearchJob => {
    const parsed = parseSearch(words)
    if (!parsed.ok) throw new Error(parsed.fault.code)
    return new SearchJob(tree, new LastPayloads(log), parsed.search, Date.now())
  }
  const start = (words = text): void => latest.start(jobOf(words))
  const matches = () => latest.shown?.job.matches
  return { received, latest, start, matches }
}

/** One look at the clock. */
const SLICE = 0
const WHOLE = Number.POSITIVE_INFINITY
const many = Array.from({ length: 5_000 }, (_, index) => `t/${index}`)

describe('LatestSearch', () => {
  it('shows what a search has found from the first find on, or only when it is through where it needs all', () => {
    for (const needsAll of [false, true]) {
      const { received, latest, start, matches } = setUp('t/', needsAll)
      received.takeAll(...many)
      start()
      expect([latest.isSearching, matches()]).toEqual([true, undefined])
      latest.step(SLICE, 0)
      expect(latest.isSearching).toBe(true)
      expect(matches() === undefined).toBe(needsAll)
      latest.step(WHOLE, 0)
      expect([latest.isSearching, matches()]).toEqual([false, 5_000])
    }
  })

  it('ends with nothing to search for at once', () => {
    const { received, latest, start, matches } = setUp('a')
    received.takeAll('a')
    start()
    latest.step(WHOLE, 0)
    start('b')
    latest.start(null)
    expect([latest.isSearching, matches(), latest.isBusy(1e9)]).toEqual([false, undefined, false])
  })

  it('searches again once a second for what changes by itself, and shows the new when it is through', () => {
    const { received, latest, start, matches } = setUp('payload:on')
    received.takeAll(...many)
    received.take('t/7', 'on')
    start()
    latest.step(WHOLE, 0)
    expect(matches()).toBe(1)
    received.take('t/7', 'off')
    received.take('t/4990', 'on')
    received.take('t/4991', 'on')
    expect(latest.isBusy(nowMs + 999)).toBe(false)
    nowMs += 1_000
    expect(latest.isBusy(nowMs)).toBe(true)
    const { version } = latest
    latest.step(SLICE, 0)
    expect([latest.isSearching, latest.isBusy(nowMs), matches(), latest.version]).toEqual([false, true, 1, version])
    latest.step(WHOLE, 0)
    expect([latest.isBusy(nowMs), matches()]).toEqual([false, 2])
    expect(latest.version).toBeGreaterThan(version)
  })

  it('takes an eighth of the time for that at the most', () => {
    const { received, latest, start } = setUp('payload:on')
    received.takeAll('a')
    start()
    const { tree } = received.ingest
    const isTopic = tree.isTopic.bind(tree)
    tree.isTopic = (node) => {
      nowMs += 500
      return isTopic(node)
    }
    latest.step(WHOLE, 0)
    expect(latest.isBusy(nowMs + 3_499)).toBe(false)
    expect(latest.isBusy(nowMs + 4_000)).toBe(true)
  })

  it('does not search again for what only depends on the topic', () => {
    const { received, latest, start } = setUp('a')
    received.takeAll('a')
    start()
    latest.step(WHOLE, 0)
    expect(latest.isBusy(nowMs + 1e9)).toBe(false)
  })

  it('sees topics that come and go, in what is shown and in what is coming', () => {
    const { received, latest, start, matches } = setUp('t')
    const { tree } = received.ingest
    tree.onNewTopic = (topic) => latest.consider(topic)
    tree.onRemoved = (node) => latest.forget(node)
    received.takeAll('t/1')
    start()
    latest.step(WHOLE, 0)
    start('t/')
    received.takeAll('t/2', 't/3')
    expect(matches()).toBe(3)
    tree.remove(received.nodeOf('t/1'))
    expect(matches()).toBe(2)
    latest.step(WHOLE, 0)
    expect(matches()).toBe(2)
  })
})
