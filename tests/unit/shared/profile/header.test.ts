import { validateHeaderName, validateHeaderValue } from 'node:http'
import { describe, expect, it } from 'vitest'
import { headerNameSchema, headerNamesSchema, headerValueSchema } from '@shared/profile/header'

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => schema.safeParse(value).success
const passes = (check: () => void): boolean => {
  try {
    check()
    return true
  } catch {
    return false
  }
}

describe('names of headers', () => {
  it('are what Node takes, character by character', () => {
    for (let code = 0; code < 0x180; code += 1) {
      const name = `x${String.fromCharCode(code)}y`
      expect(takes(headerNameSchema, name), JSON.stringify(name)).toBe(passes(() => validateHeaderName(name)))
    }
  })

  it.each(['Host', 'connection', 'UPGRADE', 'Sec-WebSocket-Key', 'sec-websocket-protocol', 'Content-Length', 'Transfer-Encoding', ' host ', '', ' '])(
    'are not those of the handshake itself: %j',
    (name) => {
      expect(takes(headerNameSchema, name)).toBe(false)
    },
  )

  it('are there once, whatever their case, and at most 50', () => {
    expect(takes(headerNamesSchema, ['Authorization', 'authorization'])).toBe(false)
    const names = Array.from({ length: 51 }, (_none, index) => `X-${index}`)
    expect([takes(headerNamesSchema, names), takes(headerNamesSchema, names.slice(1))]).toEqual([false, true])
  })
})

describe('values of headers', () => {
  it('are what Node takes, character by character', () => {
    for (let code = 0; code < 0x180; code += 1) {
      const value = `x${String.fromCharCode(code)}y`
      expect(takes(headerValueSchema, value), JSON.stringify(value)).toBe(passes(() => validateHeaderValue('x', value)))
    }
  })

  it('are trimmed, and something', () => {
    expect(headerValueSchema.parse(' Bearer x\t')).toBe('Bearer x')
    expect(['', '  ', 'x'.repeat(8_193)].map((value) => takes(headerValueSchema, value))).toEqual([false, false, false])
  })
})
