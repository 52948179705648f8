import { describe, expect, it } from 'vitest'
import { formatReasonCode, isPermanentReason, reasonCodeName, reasonCodeOfReturnCode } from '@shared/mqtt/reason-code'

/** MQTT 5.0, section 2.4, table 2-6, as printed; 0x00 has other names in DISCONNECT and SUBACK. */
const TABLE_2_6 = `
0x00 Success
0x01 Granted QoS 1
0x02 Granted QoS 2
0x04 Disconnect with Will Message
0x10 No matching subscribers
0x11 No subscription existed
0x18 Continue authentication
0x19 Re-authenticate
0x80 Unspecified error
0x81 Malformed Packet
0x82 Protocol Error
0x83 Implementation specific error
0x84 Unsupported Protocol Version
0x85 Client Identifier not valid
0x86 Bad User Name or Password
0x87 Not authorized
0x88 Server unavailable
0x89 Server busy
0x8A Banned
0x8B Server shutting down
0x8C Bad authentication method
0x8D Keep Alive timeout
0x8E Session taken over
0x8F Topic Filter invalid
0x90 Topic Name invalid
0x91 Packet Identifier in use
0x92 Packet Identifier not found
0x93 Receive Maximum exceeded
0x94 Topic Alias invalid
0x95 Packet too large
0x96 Message rate too high
0x97 Quota exceeded
0x98 Administrative action
0x99 Payload format invalid
0x9A Retain not supported
0x9B QoS not supported
0x9C Use another server
0x9D Server moved
0x9E Shared Subscriptions not supported
0x9F Connection rate exceeded
0xA0 Maximum connect time
0xA1 Subscription Identifiers not supported
0xA2 Wildcard Subscriptions not supported
`
const TABLE = TABLE_2_6.trim()
  .split('\n')
  .map((line) => [line.slice(0, 4), line.slice(5)] as const)

describe('reasonCodeName', () => {
  it('knows all 43 codes of the specification', () => {
    expect(TABLE).toHaveLength(43)
  })

  it.each(TABLE)('%s is %s', (code, name) => {
    expect(reasonCodeName(Number(code))).toBe(name)
    expect(formatReasonCode(Number(code))).toBe(code)
  })

  it('has no name for any other byte', () => {
    const known = new Set(TABLE.map(([code]) => Number(code)))
    for (let code = 0; code <= 0xff; code += 1) {
      if (!known.has(code)) expect(reasonCodeName(code)).toBe(`Reason code ${formatReasonCode(code)}`)
    }
    expect(reasonCodeName(0xff)).toBe('Reason code 0xFF')
    expect(reasonCodeName(3)).toBe('Reason code 0x03')
  })
})

describe('reasonCodeOfReturnCode', () => {
  // MQTT 3.1.1, section 3.2.2.3, table 3.1.
  it.each([
    [1, 'Unsupported Protocol Version'],
    [2, 'Client Identifier not valid'],
    [3, 'Server unavailable'],
    [4, 'Bad User Name or Password'],
    [5, 'Not authorized'],
    [6, 'Unspecified error'],
    [0x7f, 'Unspecified error'],
  ])('CONNACK return code %i is %s', (returnCode, name) => {
    expect(reasonCodeName(reasonCodeOfReturnCode(returnCode))).toBe(name)
  })

  it('leaves a code that is one of 5.0 already', () => {
    expect(reasonCodeOfReturnCode(0x8a)).toBe(0x8a)
  })
})

describe('isPermanentReason', () => {
  it.each([0x84, 0x85, 0x86, 0x87, 0x8a, 0x8c, 0x8e, 0x9c, 0x9d])('%i cannot heal by itself', (code) => {
    expect(isPermanentReason(code)).toBe(true)
  })

  it.each([0x00, 0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x96, 0x97, 0x98, 0x9f, 0xa0])('%i may heal', (code) => {
    expect(isPermanentReason(code)).toBe(false)
  })

  it('is said of errors of the specification only', () => {
    const errors = new Set(TABLE.map(([code]) => Number(code)).filter((code) => code >= 0x80))
    for (let code = 0; code <= 0xff; code += 1) {
      if (isPermanentReason(code)) expect(errors).toContain(code)
    }
  })
})
