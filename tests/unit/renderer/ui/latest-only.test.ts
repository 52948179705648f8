import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { latestOnly } from '../../../../src-renderer/ui/latest-only'

/** A job that ends when told. */
function jobs() {
  const started: { key: number; end: () => void }[] = []
  const run = (key: number) => new Promise<string>((resolve) => started.push({ key, end: () => resolve(`r${key}`) }))
  return { started, run }
}

describe('latestOnly', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs one at a time, and of those that came meanwhile only the newest', async () => {
    const { started, run } = jobs()
    const done = vi.fn()
    const latest = latestOnly(run, done, 0)
    latest.ask(1)
    latest.ask(2)
    latest.ask(3)
    expect(started.map(({ key }) => key)).toEqual([1])
    started[0]?.end()
    await vi.runAllTimersAsync()
    expect(started.map(({ key }) => key)).toEqual([1, 3])
    expect(done).toHaveBeenCalledWith(1, { ok: true, result: 'r1' })
  })

  it('leaves a pause between two starts', async () => {
    const { started, run } = jobs()
    const latest = latestOnly(run, () => undefined, 100)
    latest.ask(1)
    started[0]?.end()
    await vi.advanceTimersByTimeAsync(40)
    latest.ask(2)
    await vi.advanceTimersByTimeAsync(50)
    expect(started).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(20)
    expect(started).toHaveLength(2)
  })

  it('keeps quiet about what was forgotten, and goes on at once', async () => {
    const { started, run } = jobs()
    const done = vi.fn()
    const latest = latestOnly(run, done, 100)
    latest.ask(1)
    latest.forget()
    latest.ask(2)
    started[0]?.end()
    await vi.advanceTimersByTimeAsync(0)
    started[1]?.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(done.mock.calls.map(([key]) => key as number)).toEqual([2])
  })

  it('tells of failures', async () => {
    const done = vi.fn()
    const error = new Error('gone')
    latestOnly(() => Promise.reject(error), done, 0).ask(1)
    await vi.runAllTimersAsync()
    expect(done).toHaveBeenCalledWith(1, { ok: false, error })
  })
})
