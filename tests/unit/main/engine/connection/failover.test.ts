import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failure } from '../../../../../src-main/engine/connection/failure-of'
import type { ConnectionConfig } from '../../../../../src-main/engine/engine-api'
import { setUp, startClock } from '../../support/machine-bench'
import { attempts, refusedHosts } from '../../support/scripted-session'
import { DIRECT } from '../../../../support/engine-driver'

/** What a look at the preferred broker finds. */
const probe = vi.hoisted(() => ({ looks: 0, reachable: false }))

vi.mock('../../../../../src-main/engine/connection/mqtt-session', async () => ({
  MqttSession: (await import('../../support/scripted-session')).ScriptedSession,
}))
vi.mock('../../../../../src-main/engine/connection/broker-probe', () => ({
  probeBroker: () => {
    probe.looks += 1
    return Promise.resolve(probe.reachable)
  },
}))

const DOWN = failure('refused', '')
const LOST = failure('connection-lost', '')
const WRONG_PASSWORD = failure('connack', '', { reasonCode: 0x86, brokerReason: null })
const MOVED = failure('server-disconnect', '', { reasonCode: 0x9d, brokerReason: null, serverReference: 'd:1' })
const TAKEN_OVER = failure('server-disconnect', '', { reasonCode: 0x8e, brokerReason: null })

const PATIENCE_MS = 30_000
const LONGEST_LOOK_MS = 75_000
const ALTERNATES = [
  { host: 'b', port: 2, routes: DIRECT },
  { host: 'c', port: 3, routes: DIRECT },
]

/** A machine told to connect to a, b, c. */
function connected(overrides: Partial<ConnectionConfig> = {}) {
  const bench = setUp()
  const connect = (): void => bench.connect({ host: 'a', alternates: ALTERNATES, ...overrides })
  connect()
  return {
    ...bench,
    connect,
    fail: (...failures: (typeof DOWN)[]) => {
      for (const each of failures) bench.say().ended(each, false)
    },
    /** Online for long enough to count. */
    settle: () => {
      bench.say().online(false, false, null)
      vi.advanceTimersByTime(5_000)
    },
    /** Lets the next look at the preferred broker happen. */
    look: (ms = LONGEST_LOOK_MS) => vi.advanceTimersByTimeAsync(ms),
  }
}
const visited = () => attempts.map(({ config }) => config.host).join('')

beforeEach(() => {
  startClock()
  probe.looks = 0
  probe.reachable = false
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a round', () => {
  it('goes through the brokers without waiting, and says which it is at and what the one before said', () => {
    const { fail, status } = connected()
    fail(DOWN)
    expect(status()).toMatchObject({
      phase: 'connecting',
      attempt: 1,
      broker: { address: 'mqtt://b:2', index: 1, count: 3 },
      lastFailure: { broker: { index: 0 }, failure: DOWN },
    })
    fail(DOWN)
    expect(visited()).toBe('abc')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is followed by back-off, that grows, and says what each broker said', () => {
    const { fail, status } = connected()
    for (const round of [1, 2, 3]) {
      const lost = failure('timeout', `c in round ${round}`)
      fail(DOWN, DOWN, lost)
      const now = status()
      if (now?.phase !== 'reconnecting') throw new Error(`phase ${now?.phase}`)
      expect(now).toMatchObject({ attempt: round + 1, broker: { address: 'mqtt://c:3' }, failure: lost })
      expect(now.failures.map(({ broker, failure: { code } }) => [broker.index, code])).toEqual([[0, 'refused'], [1, 'refused'], [2, 'timeout']])
      const delayMs = now.nextAttemptAtMs - Date.now()
      expect(delayMs).toBeGreaterThanOrEqual(500 * 2 ** (round - 1))
      expect(delayMs).toBeLessThanOrEqual(1_000 * 2 ** (round - 1))
      vi.advanceTimersByTime(delayMs - 1)
      expect(attempts).toHaveLength(3 * round)
      vi.advanceTimersByTime(1)
    }
    expect(visited()).toBe('abcabcabca')
  })

  it('ends in failed where all fail permanently, and comes again without them where some do', () => {
    const { fail, status, connect } = connected()
    fail(WRONG_PASSWORD, DOWN, WRONG_PASSWORD)
    expect(status()).toMatchObject({ phase: 'reconnecting' })
    vi.advanceTimersByTime(PATIENCE_MS)
    expect(visited()).toBe('abcb')
    fail(WRONG_PASSWORD)
    expect(status()).toMatchObject({ phase: 'failed', attempts: 2, failures: [{}, {}, {}] })
    expect(vi.getTimerCount()).toBe(0)
    connect()
    expect(visited()).toBe('abcba')
  })

  it('goes on after an address that is none', () => {
    refusedHosts.add('a')
    connected()
    expect(visited()).toBe('b')
  })

  it('counts as one attempt', () => {
    const { fail, status } = connected({ maxConnectAttempts: 2 })
    fail(DOWN, DOWN, DOWN)
    vi.advanceTimersByTime(PATIENCE_MS)
    fail(DOWN, DOWN)
    expect(status()).toMatchObject({ phase: 'connecting', attempt: 2 })
    fail(DOWN)
    expect(status()).toMatchObject({ phase: 'failed', attempts: 2 })
  })

  it('ends when the user disconnects, whatever its brokers still say', async () => {
    const { machine, fail, say, phases } = connected()
    fail(DOWN)
    const late = say()
    await machine.disconnect()
    late.ended(DOWN, false)
    late.online(false, false, null)
    vi.advanceTimersByTime(PATIENCE_MS)
    expect(visited()).toBe('ab')
    expect(phases()).toEqual(['connecting', 'connecting', 'offline'])
  })

  it('falls back to 3.1.1 for the broker that wants it alone', () => {
    const { say, fail } = connected()
    say().ended(failure('connack', '', { reasonCode: 0x84, brokerReason: null }), true)
    fail(DOWN)
    expect(attempts.map(({ config, version }) => config.host + version)).toEqual(['a5.0', 'a3.1.1', 'b5.0'])
  })
})

describe('a connection that ends', () => {
  it('having lasted: begins at the preferred broker again, after a wait', () => {
    const { fail, settle, status } = connected()
    fail(DOWN)
    settle()
    fail(LOST)
    expect(status()).toMatchObject({ phase: 'reconnecting', attempt: 1, failures: [{ broker: { index: 1 }, failure: LOST }] })
    vi.advanceTimersByTime(PATIENCE_MS)
    expect(visited()).toBe('aba')
  })

  it('at once: the next one gets its turn', () => {
    const { say, fail } = connected()
    say().online(false, false, null)
    fail(LOST)
    expect(visited()).toBe('ab')
  })

  it('because the server moved: the others are tried at once, it is not', () => {
    const { fail, settle, status } = connected()
    settle()
    fail(MOVED)
    expect(status()).toMatchObject({ phase: 'connecting', attempt: 1, lastFailure: { failure: { serverReference: 'd:1' } } })
    fail(DOWN, DOWN)
    vi.advanceTimersByTime(PATIENCE_MS)
    expect(visited()).toBe('abcb')
  })

  it('because another client took the session over: stops, or the two would throw each other out', () => {
    const { fail, settle, status } = connected()
    settle()
    fail(TAKEN_OVER)
    expect(status()).toMatchObject({ phase: 'failed', failure: TAKEN_OVER })
    expect(visited()).toBe('a')
  })
})

describe('the way back to the preferred broker', () => {
  it('is gone when asked: goodbye here, then from the top', () => {
    const { fail, settle, machine, status, heard } = connected()
    fail(DOWN)
    settle()
    machine.returnToPreferred()
    expect(attempts.map(({ closed }) => closed)).toEqual([1, 1, 0])
    expect(visited()).toBe('aba')
    expect(status()).toMatchObject({ phase: 'connecting', attempt: 1, broker: { index: 0 }, lastFailure: null })
    expect(heard.slice(-2)).toEqual(['online', 'gone'])
    fail(DOWN)
    expect(visited()).toBe('abab')
  })

  it('is open to a broker that had failed permanently, when asked', () => {
    const { fail, settle, machine } = connected()
    fail(WRONG_PASSWORD)
    settle()
    machine.returnToPreferred()
    expect(visited()).toBe('aba')
  })

  it('is nothing to ask for on the preferred broker, or offline', async () => {
    const { settle, machine, phases } = connected()
    machine.returnToPreferred()
    settle()
    machine.returnToPreferred()
    await machine.disconnect()
    machine.returnToPreferred()
    expect(phases()).toEqual(['connecting', 'online', 'offline'])
  })

  it('is gone by itself once the preferred broker can be reached, when set so', async () => {
    const { fail, settle, look, status } = connected({ returnToPreferred: true })
    fail(DOWN)
    settle()
    expect(status()).toMatchObject({ phase: 'online', alternate: { returnsByItself: true, failures: [{ failure: DOWN }] } })
    await look(35_000)
    expect(probe.looks).toBe(0)
    await look()
    expect(probe.looks).toBeGreaterThan(0)
    expect(visited()).toBe('ab')
    probe.reachable = true
    await look()
    expect(visited()).toBe('aba')
    settle()
    expect(status()).toMatchObject({ phase: 'online', alternate: null })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not gone by itself when not set so', async () => {
    probe.reachable = true
    const { fail, settle, look, status } = connected()
    fail(DOWN)
    settle()
    await look(10 * LONGEST_LOOK_MS)
    expect(probe.looks).toBe(0)
    expect(status()).toMatchObject({ phase: 'online', alternate: { returnsByItself: false } })
  })

  it('is not gone by itself to a broker that refuses us for good', async () => {
    probe.reachable = true
    const { fail, settle, look, status } = connected({ returnToPreferred: true })
    fail(WRONG_PASSWORD)
    settle()
    expect(status()).toMatchObject({ alternate: { returnsByItself: false } })
    await look(10 * LONGEST_LOOK_MS)
    expect(visited()).toBe('ab')
  })

  it('is tried more rarely the more often it was gone in vain', async () => {
    probe.reachable = true
    const { fail, settle, look } = connected({ returnToPreferred: true })
    fail(DOWN)
    for (const vain of [1, 2, 3]) {
      settle()
      await look(45_000 * 2 ** (vain - 1) - 5_001)
      expect(probe.looks).toBe(vain - 1)
      await look(LONGEST_LOOK_MS * 2 ** vain)
      expect(probe.looks).toBe(vain)
      fail(DOWN)
    }
    expect(visited()).toBe('abababab')
  })

  it('is no longer looked for after a disconnect, also in mid-look', async () => {
    probe.reachable = true
    const { fail, settle, machine, phases } = connected({ returnToPreferred: true })
    fail(DOWN)
    settle()
    vi.advanceTimersByTime(LONGEST_LOOK_MS)
    expect(probe.looks).toBe(1)
    await machine.disconnect()
    await vi.advanceTimersByTimeAsync(10 * LONGEST_LOOK_MS)
    expect(phases().at(-1)).toBe('offline')
    expect(probe.looks).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
