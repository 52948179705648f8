import { describe, expect, it } from 'vitest'
import type { SoakRun, SoakSample } from '../../../bench/runs/soak'
import { growthPercent, renderSample, verdictOf } from '../../../bench/runs/soak-verdict'
import { isMet } from '../../../bench/report/statistics'

function sample(megabytes: number, more: Partial<SoakSample> = {}): SoakSample {
  return {
    atSeconds: 10,
    sent: 100,
    received: 99,
    logBytes: 0,
    evicted: 1,
    topics: 5,
    forgotten: 0,
    memory: ['Tab', 'Browser', 'GPU'].map((kind) => ({ kind, megabytes })),
    clickMs: 80,
    framesPerSecond: 60,
    longestFrameMs: 17,
    pageLongTasks: 0,
    longestTaskMs: 0,
    mainLagMs: 3,
    mainLongTasks: 0,
    ...more,
  }
}

const SENT = { messages: 100, bytes: 1, qos1: 0, qos2: 0, redelivered: 2, topics: 5, cleared: 0, cuts: 1, connections: 2 }

/** The labels of what is not as it should be. */
function failuresOf(samples: readonly SoakSample[], more: Partial<SoakRun> = {}): string[] {
  return verdictOf({ electron: '', samples, sent: SENT, received: 100, errors: [], ...more })
    .filter((figure) => isMet(figure) === false)
    .map(({ label }) => label)
}

describe('growthPercent', () => {
  it('compares the last third with the first, whatever one of them says', () => {
    expect(growthPercent([100, 100, 500, 1, 1, 1, 110, 110, 0])).toBeCloseTo(10)
    expect(growthPercent([100, 100, 90, 90])).toBeCloseTo(-10)
  })
})

describe('verdictOf', () => {
  const flat = Array.from({ length: 6 }, () => sample(100))

  it('finds nothing wrong with a run that is as it should be', () => {
    expect(failuresOf(flat)).toEqual([])
  })

  it.each([99, 101])('tells of messages that were not counted once: %i of 100', (received) => {
    expect(failuresOf(flat, { received })).toEqual(['counted too few or too many'])
  })

  it('tells of lost connections, errors and long tasks', () => {
    expect(failuresOf([...flat, sample(100, { longestTaskMs: 501 })], { sent: { ...SENT, connections: 3 }, errors: ['x'] })).toEqual([
      'connections lost without a cut',
      'errors of the page',
      'longest task of the page in all',
    ])
  })

  it('measures growth from when the log was full on', () => {
    const filling = Array.from({ length: 6 }, () => sample(10, { evicted: 0 }))
    expect(failuresOf([...filling, ...flat])).toEqual([])
    const growing = Array.from({ length: 9 }, (_, index) => sample(100 + index))
    expect(failuresOf(growing)).toEqual(['growth of page (104 MB)', 'growth of main (104 MB)', 'growth of GPU (104 MB)', 'growth of all processes (312 MB)'])
  })

  it('does not take a short run for a flat one', () => {
    expect(failuresOf(flat.slice(1))).toEqual(['samples'])
  })
})

it('a line has all that is watched', () => {
  expect(renderSample(sample(100))).toBe(
    '  10 s · sent 100, received 99 · log 0 MB, evicted 1 · topics 5, forgotten 0 · MB: page 100, main 100, GPU 100 · 60 fps, longest task 0 ms, main lag 3 ms, click 80 ms',
  )
})
