import { describe, expect, it } from 'vitest'
import { failureKey, splitAddress } from '../../../../../src-renderer/features/connections/failure-text'

describe('failureKey', () => {
  const known = new Set(['failures.connack.x87.title'])
  const has = (key: string) => known.has(key)

  it('is the code, and the reason where the broker gave one we have words for', () => {
    expect(failureKey({ code: 'timeout', reasonCode: null }, has)).toBe('failures.timeout')
    expect(failureKey({ code: 'connack', reasonCode: 0x87 }, has)).toBe('failures.connack.x87')
    expect(failureKey({ code: 'connack', reasonCode: 0xfe }, has)).toBe('failures.connack.other')
    expect(failureKey({ code: 'server-disconnect', reasonCode: 0x87 }, has)).toBe('failures.serverDisconnect.other')
  })
})

describe('splitAddress', () => {
  it.each([
    ['mqtt://localhost:1883', 'localhost', '1883'],
    ['ws://broker.example:9001/mqtt', 'broker.example', '9001'],
    ['mqtt://[::1]:1883', '[::1]', '1883'],
  ])('%s', (address, host, port) => {
    expect(splitAddress(address)).toEqual({ host, port })
  })
})
