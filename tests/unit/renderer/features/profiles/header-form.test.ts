import { describe, expect, it } from 'vitest'
import { hasStoredValue, headerErrors, headerRow, headersChange } from '../../../../../src-renderer/features/profiles/header-form'
import { editSecret } from '../../../../../src-renderer/features/profiles/secret'

const row = (name: string, value: string, stored = false) => ({ ...headerRow(name, stored), value })

describe('a header with a stored value', () => {
  it('needs no value, unless it becomes another header', () => {
    const stored = headerRow('Authorization', true)
    expect(hasStoredValue(stored)).toBe(true)
    expect(headerErrors([stored])).toEqual({})
    stored.name = 'authorization'
    expect(hasStoredValue(stored)).toBe(true)
    stored.name = 'X-Other'
    expect(headerErrors([stored])).toEqual({ 'headers.0.value': 'profiles.errors.headers.valueMissing' })
  })
})

describe('headersChange', () => {
  const secret = editSecret('session', true)

  it('keeps what is as it was', () => {
    expect(headersChange([], [], secret)).toEqual({ kind: 'keep' })
    expect(headersChange([row('A', '', true)], ['A'], secret)).toEqual({ kind: 'keep' })
  })

  it('lets values go with their headers, and leaves the others where they are', () => {
    const values = [{ name: 'B', value: null }]
    expect(headersChange([row('B', '', true)], ['A', 'B'], editSecret('plain', true))).toEqual({ kind: 'set', values, storage: 'plain' })
    expect(headersChange([], ['A'], secret)).toEqual({ kind: 'set', values: [], storage: 'session' })
  })

  it('keeps what is typed the way that is chosen', () => {
    const values = [{ name: 'A', value: 'x' }]
    expect(headersChange([row(' A ', ' x ')], [], editSecret('none', true))).toEqual({ kind: 'set', values, storage: 'encrypted' })
  })
})
