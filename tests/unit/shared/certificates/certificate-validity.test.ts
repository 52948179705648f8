import { describe, expect, it } from 'vitest'
import { validityOf } from '@shared/certificates/certificate-validity'

const DAY_MS = 86_400_000

describe('validityOf', () => {
  const certificate = { validFromMs: 100 * DAY_MS, validToMs: 200 * DAY_MS }

  it.each([
    [99.5, { state: 'notYet', days: 0 }],
    [100, { state: 'valid', days: 100 }],
    [170, { state: 'valid', days: 30 }],
    [170.5, { state: 'expiresSoon', days: 29 }],
    [200.5, { state: 'expired', days: 0 }],
    [202.5, { state: 'expired', days: 2 }],
  ])('on day %d', (day, expected) => {
    expect(validityOf(certificate, day * DAY_MS)).toEqual(expected)
  })
})
