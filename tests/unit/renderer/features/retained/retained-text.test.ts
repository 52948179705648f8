// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useI18n, type ComposerTranslation } from 'vue-i18n'
import type { Failure } from '@shared/connection/failure'
import type { RetainedOutcome } from '@shared/retained/retained'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { outcomeText, propertiesText, refusalText, remarkText } from '../../../../../src-renderer/features/retained/retained-text'

function translation(): ComposerTranslation {
  let found: ComposerTranslation | null = null
  const setup = () => {
    found = useI18n({ useScope: 'global' }).t
    return () => null
  }
  mount({ setup }, { global: { plugins: [i18n] } })
  if (found === null) throw new Error('not mounted')
  return found
}
const t = translation()
const words = () => ({ title: 'Connection lost', why: 'It ended.', advice: 'Try again.' })
const lost: Failure = { code: 'connection-lost', reasonCode: null, brokerReason: null, serverReference: null, detail: '', certificates: [], atMs: 0, permanent: false }

type Deleted = Extract<RetainedOutcome, { kind: 'deleted' }>
const deleted = (more: Partial<Deleted>): Deleted => ({
  kind: 'deleted', total: 5_000, gone: 5_000, refused: 0, kept: 0, newer: 0, changed: 0, undoable: 5_000, cancelled: false, failure: null, verified: true, ...more,
})

describe('what came of a deletion', () => {
  it('is good when all is gone', () => {
    expect(outcomeText(deleted({}), t, words)).toMatchObject({ tone: 'ok', title: '5,000 retained messages deleted' })
  })

  it('says how many are there still, and why', () => {
    const { tone, title, text } = outcomeText(deleted({ gone: 4_997, refused: 1, kept: 1, newer: 1 }), t, words)
    expect([tone, title]).toEqual(['danger', '4,997 of 5,000 retained messages deleted'])
    expect(text).toContain('1 was refused by the broker.')
    expect(text).toContain('1 is still there')
    expect(text).toContain('1 has been published again meanwhile.')
  })

  it('says what was left alone because it had changed, and that it is listed as it is now where that is so', () => {
    const { tone, title, text } = outcomeText(deleted({ gone: 4_998, changed: 2 }), t, words)
    expect([tone, title]).toEqual(['warn', '4,998 of 5,000 retained messages deleted'])
    expect(text).toContain('2 had changed since they were listed and were left alone. The list shows them as they are now')
    expect(outcomeText(deleted({ gone: 4_998, changed: 2, verified: false }), t, words).text).toContain('left alone.\nThe broker could not be asked again')
  })

  it('says when the connection was lost, and that nobody could ask again', () => {
    const { tone, text } = outcomeText(deleted({ gone: 12, failure: lost, verified: false }), t, words)
    expect(tone).toBe('danger')
    expect(text).toContain('The connection did not last: Connection lost')
    expect(text).toContain('could not be asked again')
  })

  it('is no failure when the user cancelled', () => {
    expect(outcomeText(deleted({ gone: 12, cancelled: true }), t, words)).toMatchObject({ tone: 'warn', title: 'Cancelled: 12 of 5,000 retained messages deleted' })
  })
})

it('says what undoing left alone', () => {
  const restored: RetainedOutcome = {
    kind: 'restored', total: 4, restored: 1, expired: 1, newer: 1, refused: 0, missing: 1, cancelled: false, failure: null, verified: true,
  }
  const { tone, title, text } = outcomeText(restored, t, words)
  expect([tone, title]).toEqual(['warn', '1 of 4 retained messages restored'])
  expect(text.split('\n')).toHaveLength(4)
})

it('words why the broker could not be asked', () => {
  expect(outcomeText({ kind: 'not-asked', failure: lost }, t, words)).toEqual({
    tone: 'danger', title: 'The broker could not be asked: Connection lost', text: 'It ended. Try again.',
  })
})

it('words a refused subscription with its code, as far as the broker told', () => {
  expect(refusalText('a/#', 0x87, t).text).toContain('0x87, Not authorized')
  expect(refusalText('a/#', 0x80, t).text).toContain('did not say why (0x80)')
})

it('words what a message is there still for', () => {
  expect(remarkText({ kind: 'refused', reasonCode: 0x87 }, t)).toBe('Refused: 0x87, Not authorized')
  expect(remarkText({ kind: 'newer' }, t)).toBe('Published again')
})

it('says in words when a message expires', () => {
  expect(propertiesText({ properties: [{ name: 'Message Expiry Interval', value: '3900' }] })).toBe('Message Expiry Interval: 3900 s (1 h 5 min)')
})

it('puts properties on one line', () => {
  expect(propertiesText({ properties: [{ name: 'Content Type', value: 'text/plain' }, { name: 'User Property a', value: 'b' }] })).toBe('Content Type: text/plain · User Property a: b')
})
