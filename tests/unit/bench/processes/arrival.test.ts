import { describe, expect, it } from 'vitest'
import { Arrival } from '../../../bench/processes/arrival'

describe('Arrival', () => {
  it('tells when all that was announced has come', async () => {
    const arrival = new Arrival()
    arrival.expect(2)
    let isThere = false
    const arrived = arrival.arrived().then((atMs) => ((isThere = true), atMs))
    arrival.count = 1
    arrival.look()
    await Promise.resolve()
    expect(isThere).toBe(false)
    arrival.count = 2
    arrival.look()
    expect(await arrived).toBeGreaterThan(0)
  })

  it('is not late when all came before anybody asked', async () => {
    const arrival = new Arrival()
    arrival.expect(1)
    arrival.count = 1
    arrival.look()
    expect(await arrival.arrived()).toBeGreaterThan(0)
  })

  it('will not hear of messages that nobody sent', () => {
    const arrival = new Arrival()
    arrival.expect(1)
    arrival.count = 2
    expect(() => arrival.look()).toThrow('2 messages came, 1 were sent')
  })
})
