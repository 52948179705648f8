import { describe, expect, it } from 'vitest'
import { BrokerRound } from '../../../../../src-main/engine/connection/broker-round'
import { failure } from '../../../../../src-main/engine/connection/failure-of'
import { connectionConfig, DIRECT } from '../../../../support/engine-driver'

const DOWN = failure('refused', '')
const WRONG_PASSWORD = failure('connack', '', { reasonCode: 0x86, brokerReason: null })
const ELSEWHERE = failure('connack', '', { reasonCode: 0x9c, brokerReason: null })

/** Brokers a, b, c on port 1, 2, 3. */
function three(): BrokerRound {
  return new BrokerRound(connectionConfig(1, { host: 'a', alternates: [{ host: 'b', port: 2, routes: DIRECT }, { host: 'c', port: 3, routes: DIRECT }] }))
}

/** Fails with each in turn, as long as the round lasts; the hosts it went to. */
function fail(brokers: BrokerRound, ...failures: Parameters<BrokerRound['fail']>[0][]): string {
  let visited = ''
  for (const each of failures) {
    visited += brokers.current.config.host
    if (!brokers.fail(each)) break
  }
  return visited
}

describe('BrokerRound', () => {
  it('goes through all brokers in order, with what is the same for all', () => {
    const brokers = three()
    brokers.start()
    expect(brokers.current.broker).toEqual({ address: 'mqtt://a:1', index: 0, count: 3 })
    expect(fail(brokers, DOWN, DOWN, DOWN, DOWN)).toBe('abc')
    expect(brokers.current.config).toMatchObject({ host: 'c', port: 3, clientId: brokers.preferred.config.clientId })
    expect(brokers.failures.map(({ broker }) => broker.address)).toEqual(['mqtt://a:1', 'mqtt://b:2', 'mqtt://c:3'])
    brokers.start()
    expect(fail(brokers, DOWN, DOWN, DOWN)).toBe('abc')
  })

  it('does not ask those again that failed permanently', () => {
    const brokers = three()
    expect(fail(brokers, WRONG_PASSWORD, DOWN, DOWN)).toBe('abc')
    expect(brokers.isHopeless).toBe(false)
    expect(brokers.preferredIsOpen).toBe(false)
    brokers.start()
    expect(fail(brokers, DOWN, WRONG_PASSWORD)).toBe('bc')
    brokers.start()
    expect(fail(brokers, WRONG_PASSWORD)).toBe('b')
    expect(brokers.isHopeless).toBe(true)
    expect(brokers.failures.map(({ failure: { reasonCode } }) => reasonCode)).toEqual([0x86, 0x86, 0x86])
  })

  it('takes "use another server" for a word for now', () => {
    const brokers = three()
    expect(fail(brokers, ELSEWHERE, DOWN, DOWN)).toBe('abc')
    brokers.start()
    expect(fail(brokers, ELSEWHERE, ELSEWHERE, ELSEWHERE)).toBe('abc')
    expect(brokers.isHopeless).toBe(true)
  })

  it('goes to those not tried yet when a later one fails that had been good', () => {
    const brokers = three()
    fail(brokers, DOWN)
    brokers.prove()
    brokers.start()
    fail(brokers, DOWN)
    expect(brokers.current.config.host).toBe('b')
    expect(fail(brokers, ELSEWHERE, DOWN)).toBe('bc')
  })

  it('forgets what may have healed once a broker proved good, and the rest when asked to', () => {
    const brokers = three()
    fail(brokers, WRONG_PASSWORD, DOWN)
    brokers.prove()
    expect(brokers.failures).toEqual([{ broker: brokers.preferred.broker, failure: WRONG_PASSWORD }])
    expect(brokers.lastFailure).toBeNull()
    brokers.forgivePreferred()
    expect(brokers.failures).toEqual([])
    brokers.start()
    expect(brokers.current).toBe(brokers.preferred)
  })

  it('falls back to 3.1.1 for one broker, once', () => {
    const brokers = three()
    expect(brokers.current.version).toBe('5.0')
    expect(brokers.fallBack()).toBe(true)
    expect(brokers.current).toMatchObject({ version: '3.1.1', fellBack: true })
    expect(brokers.fallBack()).toBe(false)
    brokers.fail(DOWN)
    expect(brokers.current).toMatchObject({ version: '5.0', fellBack: false })
  })

  it.each(['5.0', '3.1.1', '3.1'] as const)('does not fall back from %s when that is fixed', (mqttVersion) => {
    const brokers = new BrokerRound(connectionConfig(1, { mqttVersion }))
    expect(brokers.current.version).toBe(mqttVersion)
    expect(brokers.fallBack()).toBe(false)
  })
})
