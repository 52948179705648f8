// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import BrokerFailures from '../../../../../src-renderer/features/connections/BrokerFailures.vue'
import { i18n } from '../../../../../src-renderer/i18n/i18n'
import { someFailure } from '../../../../support/connection-status'

const failures = [
  { broker: { address: 'mqtt://a:1883', index: 0, count: 2 }, failure: someFailure({ detail: 'ECONNREFUSED' }) },
  {
    broker: { address: 'mqtt://b:1883', index: 1, count: 2 },
    failure: someFailure({ code: 'connack', reasonCode: 0x9d, serverReference: 'c.example:1883', permanent: true }),
  },
]

function listWith(opened: ReadonlySet<number>) {
  return mount(BrokerFailures, { props: { failures, attempts: 'Round 2', opened }, global: { plugins: [i18n] } })
}

describe('BrokerFailures', () => {
  it('says of each broker what it said, and where it sends us', () => {
    const rows = listWith(new Set()).findAll('li').map((row) => row.text())
    expect(rows[0]).toContain('Nothing listens at mqtt://a:1883')
    expect(rows[0]).toContain('ECONNREFUSED')
    expect(rows[1]).toContain('The broker has moved')
    expect(rows[1]).toContain('c.example:1883')
  })

  it('stays open where it was, when the next round has brought it anew', async () => {
    const list = listWith(new Set([1]))
    const [first, second] = list.findAll<HTMLDetailsElement>('details')
    expect([first?.element.open, second?.element.open]).toEqual([false, true])
    if (first === undefined) throw new Error('no row')
    first.element.open = true
    await first.trigger('toggle')
    expect(list.emitted<[Set<number>]>('update:opened')?.at(-1)?.[0]).toEqual(new Set([1, 0]))
  })
})
