import { describe, expect, it } from 'vitest'
import type { Notice } from '@shared/ipc/app-info'
import { Notices } from '../../../../src-main/app/notices'

function setUp() {
  const told: Notice[][] = []
  return { told, notices: new Notices((list) => told.push(list)) }
}

describe('Notices', () => {
  it('are told and kept until they are put away', () => {
    const { told, notices } = setUp()
    notices.raise('corrupt-file', { file: 'a.json' })
    notices.raise('corrupt-file', { file: 'b.json' })
    const [first, second] = notices.list()
    expect(notices.list()).toMatchObject([{ details: { file: 'a.json' } }, { details: { file: 'b.json' } }])
    expect(first?.id).not.toBe(second?.id)
    notices.dismiss(first?.id ?? 0)
    expect(notices.list()).toEqual([second])
    expect(told).toEqual([[first], [first, second], [second]])
  })

  it('never share an identity, also with one that was put away', () => {
    const { notices } = setUp()
    notices.raise('not-saved', {})
    const [first] = notices.list()
    notices.dismiss(first?.id ?? 0)
    notices.raise('not-saved', {})
    expect(notices.list()[0]?.id).not.toBe(first?.id)
    notices.dismiss(first?.id ?? 0)
    expect(notices.list()).toHaveLength(1)
  })

  it('of one kind are shown once when that is enough', () => {
    const { told, notices } = setUp()
    for (let count = 0; count < 3; count += 1) notices.raiseOnce('not-saved', { count: String(count) })
    notices.raiseOnce('launch-failed', {})
    expect(notices.list()).toMatchObject([{ code: 'not-saved', details: { count: '0' } }, { code: 'launch-failed' }])
    expect(told).toHaveLength(2)
    notices.dismiss(notices.list()[0]?.id ?? 0)
    notices.raiseOnce('not-saved', { count: '3' })
    expect(notices.list()).toHaveLength(2)
  })
})
