import { describe, expect, it } from 'vitest'
import { forbiddenBy, receiveMaximumOf } from '../../../../../src-main/engine/connection/publish-limits'
import { grantsOf } from '../../../../../src-main/engine/connection/grants'
import { connectionConfig } from '../../../../support/engine-driver'

const MESSAGE = { topic: 'a', payload: new Uint8Array(), qos: 1, retain: true } as const
const LARGEST_PACKET = 268_435_460

describe('what a broker takes', () => {
  it('is everything when its CONNACK does not say', () => {
    const grants = grantsOf(undefined, connectionConfig(1))
    expect(receiveMaximumOf(grants)).toBe(65_535)
    expect(forbiddenBy(grants, { ...MESSAGE, qos: 2 }, LARGEST_PACKET)).toBeNull()
  })

  it('is not much at a time before 5.0, when brokers could not say', () => {
    expect(receiveMaximumOf(null)).toBe(10)
    expect(forbiddenBy(null, { ...MESSAGE, qos: 2 }, LARGEST_PACKET)).toBeNull()
  })

  it('is what its CONNACK says [3.2.2.3]', () => {
    const properties = { receiveMaximum: 5, maximumPacketSize: 100, maximumQoS: 1, retainAvailable: false }
    const grants = grantsOf(properties, connectionConfig(1))
    expect(receiveMaximumOf(grants)).toBe(5)
    expect(forbiddenBy(grants, { ...MESSAGE, qos: 2 }, 10)).toBe(0x9b)
    expect(forbiddenBy(grants, MESSAGE, 10)).toBe(0x9a)
    expect(forbiddenBy(grants, { ...MESSAGE, retain: false }, 101)).toBe(0x95)
    expect(forbiddenBy(grants, { ...MESSAGE, retain: false }, 100)).toBeNull()
  })
})
