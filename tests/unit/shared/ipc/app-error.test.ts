import { describe, expect, it } from 'vitest'
import { AppError, errorCodeSchema, toWireError, wireErrorSchema } from '@shared/ipc/app-error'
import { replySchema } from '@shared/ipc/reply'

describe('AppError', () => {
  it.each(errorCodeSchema.options)('%s crosses and comes back the same', (code) => {
    const error = new AppError(code, 'what happened', { file: 'settings.json', bytes: 3 })
    const wire = wireErrorSchema.parse(structuredClone(error.toWire()))
    const back = AppError.from(wire)
    expect(back).toBeInstanceOf(AppError)
    expect(back).toBeInstanceOf(Error)
    expect([back.name, back.code, back.message, back.details]).toEqual(['AppError', code, error.message, error.details])
  })
})

describe('toWireError', () => {
  it('says of an AppError what it says itself', () => {
    expect(toWireError(new AppError('too-many', 'm', { limit: 8 }))).toEqual({
      code: 'too-many',
      message: 'm',
      details: { limit: 8 },
    })
  })

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a string', 'oops', 'oops'],
    ['nothing', undefined, 'undefined'],
    ['an object', { a: 1 }, '[object Object]'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
  ])('calls %s internal', (_what, thrown, message) => {
    const wire = toWireError(thrown)
    expect(wire).toEqual({ code: 'internal', message, details: {} })
    expect(wireErrorSchema.safeParse(structuredClone(wire)).success).toBe(true)
  })

  it('does not let a stack or a cause cross', () => {
    const error = new Error('m', { cause: new Error('/home/anna/secret') })
    expect(JSON.stringify(toWireError(error))).not.toMatch(/secret|stack|\.ts/)
  })
})

describe('replySchema', () => {
  it('takes a value of any kind, or an error', () => {
    for (const value of [undefined, null, 0, new Uint8Array(1), { a: [1] }]) {
      expect(replySchema.parse(structuredClone({ ok: true, value }))).toEqual({ ok: true, value })
    }
    const error = toWireError('oops')
    expect(replySchema.parse({ ok: false, error })).toEqual({ ok: false, error })
  })

  it.each([undefined, null, {}, { ok: false }, { ok: 'yes', value: 1 }, { ok: false, error: { code: 'new', message: '', details: {} } }])(
    'refuses %j',
    (reply) => {
      expect(replySchema.safeParse(reply).success).toBe(false)
    },
  )
})
