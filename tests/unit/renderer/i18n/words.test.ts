// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { useI18n } from 'vue-i18n'
import { AppError } from '@shared/ipc/app-error'
import { useErrorText, type ErrorText } from '../../../../src-renderer/i18n/error-text'
import { i18n } from '../../../../src-renderer/i18n/i18n'
import { isolate } from '../../../../src-renderer/i18n/isolate'

function leaves(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [path]
  return Object.entries(node).flatMap(([name, child]) => leaves(child, path === '' ? name : `${path}.${name}`))
}

/** What `use` gives in a component. */
function inComponent<Result>(use: () => Result): Result {
  const results: Result[] = []
  const setup = () => {
    results.push(use())
    return () => null
  }
  mount({ setup }, { global: { plugins: [i18n] } })
  const [result] = results
  if (result === undefined) throw new Error('not mounted')
  return result
}

const errorTextOf = (error: unknown): ErrorText => inComponent(() => useErrorText()(error))

describe('the catalogue', () => {
  it('has no text that the message format cannot read', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const error = vi.spyOn(console, 'error').mockReturnValue()
    const { t, messages } = inComponent(() => useI18n())
    const keys = leaves(messages.value['en'], '')
    expect(keys.length).toBeGreaterThan(100)
    for (const key of keys) expect(t(key, 2), key).not.toBe(key)
    expect(error).not.toHaveBeenCalled()
    // Values that are missing here are warned of; syntax errors are not among that.
    expect(warn.mock.calls.flat().filter((text) => String(text).includes('compilation'))).toEqual([])
  })
})

describe('errorText', () => {
  it('words an error by its code', () => {
    expect(errorTextOf(new AppError('message-evicted', 'x')).title).toBe('This message is no longer kept')
  })

  it.each([
    [new AppError('password-needed', '', { profile: 'Plant', secret: 'passphrase' }), 'passphrase'],
    [new AppError('password-needed', '', { profile: 'Plant', secret: 'password' }), 'password'],
    [new AppError('certificate-unusable', '', { name: 'a.txt', purpose: 'key' }), 'a.txt is no private key'],
    [new AppError('certificate-unusable', '', { name: 'a.txt', purpose: 'key', reason: 'EACCES' }), 'cannot be read'],
    [new AppError('certificate-missing', '', { name: 'ca.pem' }), 'kept of ca.pem'],
  ])('says what an error is about: %#', (error, words) => {
    expect(errorTextOf(error).title).toContain(words)
  })

  it('calls anything else our fault, with what it said', () => {
    const { title, text } = errorTextOf(new TypeError('boom {n} @:x'))
    expect(title).toContain('Something went wrong')
    expect(text).toContain('boom {n} @:x')
  })
})

describe('isolate', () => {
  it('leaves ordinary text as it is', () => {
    expect(isolate('Plant Hamburg · 22 °C')).toBe('Plant Hamburg · 22 °C')
  })

  it('keeps right-to-left text to itself, and lets no control out', () => {
    expect(isolate('שלום')).toBe('\u2068שלום\u2069')
    expect(isolate('a\u2069\u202Eb')).toBe('a⟨U+2069⟩⟨U+202E⟩b')
  })
})
