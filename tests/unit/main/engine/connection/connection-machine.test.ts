import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '@shared/connection/failure'
import { failure } from '../../../../../src-main/engine/connection/failure-of'
import { ONLINE } from '../../../../support/connection-status'
import { setUp, startClock } from '../../support/machine-bench'
import { attempts, refusedHosts } from '../../support/scripted-session'

vi.mock('../../../../../src-main/engine/connection/mqtt-session', async () => ({
  MqttSession: (await import('../../support/scripted-session')).ScriptedSession,
}))

const ONLY = { address: 'mqtt://127.0.0.1:1', index: 0, count: 1 }
/** A round that failed at the only broker. */
const of = (failure: Failure) => ({ failure, broker: ONLY, failures: [{ broker: ONLY, failure }] })

const LOST = failure('connection-lost', '')
const REFUSED = failure('refused', 'connect ECONNREFUSED')
const TAKEN_OVER = failure('server-disconnect', '', { reasonCode: 0x8e, brokerReason: null })
const LONGEST_DELAY_MS = 30_000

beforeEach(startClock)
afterEach(() => {
  vi.useRealTimers()
})

describe('ConnectionMachine', () => {
  it('goes from connecting to online and back to offline', async () => {
    const { machine, connect, statuses, say, heard } = setUp()
    connect()
    say().online(true, true, null)
    await machine.disconnect()
    expect(statuses).toEqual([
      { phase: 'connecting', attempt: 1, broker: ONLY, lastFailure: null },
      { ...ONLINE, broker: ONLY, sinceMs: 1_000_000, sessionPresent: true },
      { phase: 'offline' },
    ])
    expect(heard).toEqual(['resumed', 'gone'])
    expect(attempts.map(({ closed }) => closed)).toEqual([1])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('tries again with growing patience and says when', () => {
    const { connect, status, say } = setUp()
    const refused = { broker: ONLY, failure: REFUSED }
    connect()
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      say().ended(REFUSED, false)
      const now = status()
      if (now?.phase !== 'reconnecting') throw new Error(`phase ${now?.phase}`)
      expect(now).toMatchObject({ attempt: attempt + 1, failure: REFUSED })
      const ceilingMs = Math.min(LONGEST_DELAY_MS, 1_000 * 2 ** (attempt - 1))
      const delayMs = now.nextAttemptAtMs - Date.now()
      expect(delayMs).toBeGreaterThanOrEqual(ceilingMs / 2)
      expect(delayMs).toBeLessThanOrEqual(ceilingMs)
      vi.advanceTimersByTime(delayMs - 1)
      expect(attempts).toHaveLength(attempt)
      vi.advanceTimersByTime(1)
      expect(attempts).toHaveLength(attempt + 1)
      expect(status()).toEqual({ phase: 'connecting', attempt: attempt + 1, broker: ONLY, lastFailure: refused })
    }
  })

  it('counts attempts anew after a connection that lasted, not after one that came and went', () => {
    const { connect, status, say, heard } = setUp()
    connect()
    const loseAfter = (ms: number) => {
      say().online(false, false, null)
      vi.advanceTimersByTime(ms)
      say().ended(LOST, false)
      const attempt = status()
      vi.advanceTimersByTime(LONGEST_DELAY_MS)
      return attempt
    }
    expect(loseAfter(4_999)).toMatchObject({ phase: 'reconnecting', attempt: 2 })
    expect(loseAfter(4_999)).toMatchObject({ phase: 'reconnecting', attempt: 3 })
    expect(loseAfter(5_000)).toMatchObject({ phase: 'reconnecting', attempt: 1 })
    expect(heard).toEqual(['online', 'gone', 'online', 'gone', 'online', 'gone'])
  })

  it.each([
    ['before CONNACK', false],
    ['once online', true],
  ])('stops for good when the reason cannot heal: %s', (_when, online) => {
    const { connect, status, say } = setUp()
    connect()
    if (online) say().online(false, false, null)
    say().ended(TAKEN_OVER, false)
    expect(status()).toEqual({ phase: 'failed', ...of(TAKEN_OVER), attempts: 1 })
    vi.advanceTimersByTime(10 * LONGEST_DELAY_MS)
    expect(attempts).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stops at the limit on attempts, and starts afresh when asked again', () => {
    const { connect, status, say } = setUp()
    const tryTwice = (): void => {
      connect({ maxConnectAttempts: 2 })
      say().ended(REFUSED, false)
      vi.advanceTimersByTime(LONGEST_DELAY_MS)
      say().ended(REFUSED, false)
    }
    tryTwice()
    expect(status()).toEqual({ phase: 'failed', ...of(REFUSED), attempts: 2 })
    tryTwice()
    expect(status()).toEqual({ phase: 'failed', ...of(REFUSED), attempts: 2 })
    expect(attempts).toHaveLength(4)
  })

  it('fails at once when there is no such address', () => {
    const { connect, status } = setUp()
    refusedHosts.add('%')
    connect({ host: '%' })
    expect(status()).toMatchObject({ phase: 'failed', failure: { detail: 'Invalid URL', permanent: true } })
    connect()
    expect(status()).toMatchObject({ phase: 'connecting' })
  })

  it('does not even try where the version cannot do without a client identifier', () => {
    const { connect, status } = setUp()
    connect({ clientId: '', cleanStart: false, mqttVersion: '3.1.1' })
    expect(status()).toMatchObject({ phase: 'failed', failure: { code: 'client-id-needed', permanent: true } })
    expect(attempts).toHaveLength(0)
  })

  it('connects at once instead of waiting when asked to', () => {
    const { connect, say } = setUp()
    connect()
    say().ended(REFUSED, false)
    connect({ clientId: 'other' })
    expect(attempts).toHaveLength(2)
    expect(attempts[1]?.config.clientId).toBe('other')
    vi.advanceTimersByTime(LONGEST_DELAY_MS)
    expect(attempts).toHaveLength(2)
  })

  it('does nothing when asked to connect while it does', () => {
    const { connect, phases, say } = setUp()
    connect()
    connect()
    say().online(false, false, null)
    connect()
    expect(attempts).toHaveLength(1)
    expect(phases()).toEqual(['connecting', 'online'])
  })

  it('ignores what an attempt says that is no longer its own', async () => {
    const { machine, connect, phases, heard, say } = setUp()
    connect()
    const first = say()
    await machine.disconnect()
    first.online(false, false, null)
    first.acknowledged({ cmd: 'puback', messageId: 1 })
    first.ended(REFUSED, false)
    connect()
    first.ended(TAKEN_OVER, false)
    say().acknowledged({ cmd: 'pubcomp', messageId: 1 })
    expect(phases()).toEqual(['connecting', 'offline', 'connecting'])
    expect(heard).toEqual(['gone', 'pubcomp'])
  })

  it('does not come back after a disconnect while waiting', async () => {
    const { machine, connect, say, phases } = setUp()
    connect()
    say().ended(REFUSED, false)
    await machine.disconnect()
    vi.advanceTimersByTime(10 * LONGEST_DELAY_MS)
    expect(phases()).toEqual(['connecting', 'reconnecting', 'offline'])
  })
})

describe('the protocol version', () => {
  const UNSUPPORTED = failure('connack', '', { reasonCode: 0x84, brokerReason: null })

  it('falls back once, without waiting or counting an attempt, and stays', () => {
    const { connect, statuses, say } = setUp()
    connect({ maxConnectAttempts: 1 })
    say().ended(UNSUPPORTED, true)
    say().online(false, false, null)
    expect(statuses).toMatchObject([
      { phase: 'connecting', attempt: 1 },
      { phase: 'connecting', attempt: 1 },
      { phase: 'online', mqttVersion: '3.1.1', fellBack: true },
    ])
    vi.advanceTimersByTime(5_000)
    say().ended(LOST, false)
    vi.advanceTimersByTime(LONGEST_DELAY_MS)
    expect(attempts.map(({ version }) => version)).toEqual(['5.0', '3.1.1', '3.1.1'])
  })

  it('is tried from the start on each new connect', async () => {
    const { machine, connect, say, status } = setUp()
    connect()
    say().ended(UNSUPPORTED, true)
    await machine.disconnect()
    connect()
    say().online(false, false, null)
    expect(attempts.map(({ version }) => version)).toEqual(['5.0', '3.1.1', '5.0'])
    expect(status()).toMatchObject({ phase: 'online', mqttVersion: '5.0', fellBack: false })
  })

  it.each(['5.0', '3.1.1'] as const)('does not fall back when %s is fixed', (mqttVersion) => {
    const { connect, status, say } = setUp()
    connect({ mqttVersion })
    say().ended(UNSUPPORTED, true)
    expect(status()).toMatchObject({ phase: 'failed', failure: UNSUPPORTED })
    expect(attempts.map(({ version }) => version)).toEqual([mqttVersion])
  })
})
