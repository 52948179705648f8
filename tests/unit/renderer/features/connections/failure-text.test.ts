// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Failure } from '@shared/connection/failure'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { failureKey, splitAddress, useFailureText, type FailureText } from '../../../../../src-renderer/features/connections/failure-text'
import { someFailure } from '../../../../support/connection-status'

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

describe('useFailureText', () => {
  const own = { subject: 'broker', issuer: 'CA', validFromMs: 0, validToMs: 1, fingerprint: 'AA', selfSigned: false, pem: '' }

  function wordsOf(code: Failure['code'], names: string[]): FailureText {
    const failure = someFailure({ code, certificates: [{ ...own, names }], permanent: true })
    const words: FailureText[] = []
    const setup = () => {
      words.push(useFailureText()(failure, 'mqtts://10.0.0.7:8883'))
      return () => null
    }
    mount({ setup }, { global: { plugins: [i18n] } })
    const [text] = words
    if (text === undefined) throw new Error('not mounted')
    return text
  }

  it('names whom a certificate is for, as many as a sentence holds', () => {
    const { title, why } = wordsOf('tls-wrong-host', ['a.example', 'b.example', 'c.example', 'd.example'])
    expect(title).toContain('10.0.0.7')
    expect(why).toContain('a.example, b.example, c.example, …')
    expect(wordsOf('tls-wrong-host', []).why).toContain('made out to broker.')
  })

  it('says where an authority is chosen', () => {
    expect(wordsOf('tls-unknown-issuer', []).advice).toMatch(/trust it here where it is shown, or choose its CA file in the profile, section TLS/)
  })
})
