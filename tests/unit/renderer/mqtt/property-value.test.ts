import { describe, expect, it } from 'vitest'
import { propertyValue } from '../../../../src-renderer/mqtt/property-value'

describe('the value of a property', () => {
  it.each([
    ['0', '0 s'],
    ['59', '59 s'],
    ['60', '60 s (1 min)'],
    ['3900', '3900 s (1 h 5 min)'],
    ['90061', '90061 s (1 d 1 h 1 min 1 s)'],
  ])('says how long an expiry interval of %s seconds is', (value, text) => {
    expect(propertyValue({ name: 'Message Expiry Interval', value })).toBe(text)
  })

  it('is as it came for all others', () => {
    expect(propertyValue({ name: 'User Property Message Expiry Interval', value: '3900' })).toBe('3900')
  })
})
