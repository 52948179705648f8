import { describe, expect, it } from 'vitest'
import { forbiddenBy, NO_LIMITS, publishLimitsOf } from '../../../../../src-main/engine/connection/publish-limits'

const MESSAGE = { topic: 'a', payload: new Uint8Array(), qos: 1, retain: true } as const

describe('what a broker takes', () => {
  it('is everything when its CONNACK does not say', () => {
    expect(publishLimitsOf({ cmd: 'connack', sessionPresent: false }, '5.0')).toEqual(NO_LIMITS)
    expect(forbiddenBy(NO_LIMITS, { ...MESSAGE, qos: 2 }, 268_435_455)).toBeNull()
  })

  it('is not much at a time with 3.1.1, whose brokers cannot say', () => {
    expect(publishLimitsOf({ cmd: 'connack', sessionPresent: false }, '3.1.1')).toEqual({ ...NO_LIMITS, receiveMaximum: 10 })
  })

  it('is what its CONNACK says [3.2.2.3]', () => {
    const properties = { receiveMaximum: 5, maximumPacketSize: 100, maximumQoS: 1, retainAvailable: false }
    const limits = publishLimitsOf({ cmd: 'connack', sessionPresent: false, properties }, '5.0')
    expect(limits).toEqual({ receiveMaximum: 5, maximumPacketBytes: 100, maximumQoS: 1, retainAvailable: false })
    expect(forbiddenBy(limits, { ...MESSAGE, qos: 2 }, 10)).toBe(0x9b)
    expect(forbiddenBy(limits, MESSAGE, 10)).toBe(0x9a)
    expect(forbiddenBy(limits, { ...MESSAGE, retain: false }, 101)).toBe(0x95)
    expect(forbiddenBy(limits, { ...MESSAGE, retain: false }, 100)).toBeNull()
  })
})
