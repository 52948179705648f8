import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failure, failureOfError } from '../../../../../src-main/engine/connection/failure-of'
import { ProxyError } from '../../../../../src-main/engine/proxy/proxy-error'

/** An error as Node makes it. */
function nodeError(code: string, message = `connect ${code} 127.0.0.1:1883`): Error {
  return Object.assign(new Error(message), { code })
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_234 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('failureOfError', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['EADDRNOTAVAIL', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
  ])('%s: %s, online or not', (code, expected) => {
    for (const wasOnline of [false, true]) {
      expect(failureOfError(nodeError(code), wasOnline)).toEqual({
        code: expected,
        detail: `connect ${code} 127.0.0.1:1883`,
        reasonCode: null,
        brokerReason: null,
        serverReference: null,
        certificates: [],
        atMs: 1_234,
        permanent: false,
      })
    }
  })

  it.each(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])('%s: lost when it was online, else closed before CONNACK', (code) => {
    expect(failureOfError(nodeError(code), true).code).toBe('connection-lost')
    expect(failureOfError(nodeError(code), false).code).toBe('closed-before-connack')
  })

  it.each([
    ['connack timeout', 'timeout'],
    ['Keepalive timeout', 'keepalive-timeout'],
    ['Unexpected server response: 401', 'websocket-refused'],
    ['Invalid header flag bits, must be 0x0 for puback packet', 'protocol-error'],
  ])('the message %j: %s', (message, expected) => {
    expect(failureOfError(new Error(message), false)).toMatchObject({ code: expected, detail: message })
  })

  it.each([
    ['proxy-unreachable', false],
    ['proxy-authentication', true],
    ['proxy-forbidden', true],
    ['proxy-target-unreachable', false],
  ] as const)('a proxy: %s, permanent: %s', (code, permanent) => {
    expect(failureOfError(new ProxyError(code, 'p:1: no'), false)).toMatchObject({ code, permanent, detail: 'p:1: no' })
  })

  it('a host with several addresses fails with all their reasons in one', () => {
    const errors = [nodeError('ECONNREFUSED', 'connect ECONNREFUSED ::1:1883'), nodeError('ECONNREFUSED')]
    const error = Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' })
    expect(failureOfError(error, false)).toMatchObject({
      code: 'refused',
      detail: 'connect ECONNREFUSED ::1:1883; connect ECONNREFUSED 127.0.0.1:1883',
    })
  })

  it.each(['EACCES', 'ERR_SOCKET_BAD_PORT'])('the unknown code %s: other', (code) => {
    expect(failureOfError(nodeError(code), true).code).toBe('other')
  })

  it('always has a detail to show', () => {
    expect(failureOfError(new RangeError(''), false).detail).toBe('RangeError')
    expect(failureOfError(new AggregateError(['just text', new Error('inner')], ''), false).detail).toBe('just text; inner')
  })
})

describe('failure', () => {
  it.each([
    [0x86, true],
    [0x87, true],
    [0x8e, true],
    [0x88, false],
    [0x89, false],
    [0x97, false],
  ])('with reason code %i is permanent: %s', (reasonCode, permanent) => {
    expect(failure('connack', '', { reasonCode, brokerReason: 'why' })).toMatchObject({ permanent, reasonCode, brokerReason: 'why' })
  })

  it('without a reason code is not permanent', () => {
    expect(failure('connection-lost', 'x')).toMatchObject({ permanent: false, reasonCode: null, brokerReason: null })
  })
})
