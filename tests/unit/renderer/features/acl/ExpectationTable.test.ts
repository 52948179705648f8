// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Expectation } from '@shared/acl/expectations/expectation'
import { useAclStore } from '../../../../../src-renderer/features/acl/acl-store'
import ExpectationTable from '../../../../../src-renderer/features/acl/ExpectationTable.vue'
import { useExpectationsStore } from '../../../../../src-renderer/features/acl/expectations-store'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

const CASES = 5_000
const ACL = 'user bob\ntopic read a/#\n'

beforeEach(() => setActivePinia(createPinia()))

const caseOf = (topic: string, more: Partial<Expectation> = {}): Expectation => ({ user: 'bob', client: '', access: 'read', topic, expect: 'allowed', ...more })

async function mountTable(cases: readonly Expectation[]) {
  const acl = useAclStore()
  acl.start(ACL)
  const store = useExpectationsStore()
  store.show(cases)
  const table = mount(ExpectationTable, {
    props: { connection: null, failureWords: () => ({ title: '', why: '', advice: '' }) },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  Object.defineProperty(table.get('.row-scroller').element, 'clientHeight', { value: 300 })
  window.dispatchEvent(new Event('resize'))
  await flushPromises()
  return { acl, store, table }
}

describe('the table of expectations', () => {
  it('draws what is in sight of 5,000 cases, and counts all of them at each change of the file', async () => {
    const { acl, store, table } = await mountTable(Array.from({ length: CASES }, (_, n) => caseOf(`a/${n}`)))
    expect(table.get('[role=grid]').attributes('aria-rowcount')).toBe(`${CASES + 1}`)
    expect(table.findAll('[data-index]').length).toBeLessThan(40)
    await vi.waitFor(() => expect(store.counts).toEqual({ passed: CASES, failed: 0 }))
    acl.text = `${ACL}topic deny a/7\n`
    await vi.waitFor(() => expect(store.counts).toEqual({ passed: CASES - 1, failed: 1 }))
    store.active = 7
    store.onlyFailed = true
    await flushPromises()
    expect(store.shown).toEqual([7])
    expect(table.get('[data-index]').text()).toContain('Failed')
    await table.get('[data-column=why]').trigger('click')
    expect(acl.wantedLine).toEqual({ line: 3 })
    // It expects what is so now: it passes, and stays until it is left.
    store.accept(7)
    await vi.waitFor(() => expect(store.counts?.failed).toBe(0))
    expect(store.shown).toEqual([7])
    store.active = 0
    expect(store.shown).toEqual([0])
  })

  it('is edited in place, walked by the keyboard, and asks its question above', async () => {
    const { acl, store, table } = await mountTable([caseOf('a/1', { line: 2 }), caseOf('b'), caseOf('c', { expect: 'denied' })])
    await table.get('[data-index="1"] [data-column=topic]').setValue('a/2')
    await table.get('[data-index="1"] [data-column=user]').setValue('')
    await table.get('[data-index="1"] [data-column=expect]').setValue('denied')
    expect(store.cases[1]).toEqual(caseOf('a/2', { user: null, expect: 'denied' }))
    const topic = table.get<HTMLInputElement>('[data-index="1"] [data-column=topic]')
    topic.element.focus()
    await topic.trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    expect(document.activeElement).toBe(table.get('[data-index="2"] [data-column=topic]').element)
    expect(table.findAll('[tabindex="0"]').every((control) => control.element.closest('[data-index="2"]') !== null)).toBe(true)
    await table.get('[data-index="2"] [data-column=state]').trigger('click')
    expect(acl.question).toEqual({ username: 'bob', clientId: '', access: 'read', topic: 'c' })
    await table.get('[data-index="2"] [data-column=remove]').trigger('click')
    expect(store.cases).toHaveLength(2)
  })

  it('adds the present question with the present answer, and generates what there is no case of', async () => {
    const { acl, store } = await mountTable([])
    acl.ask({ username: 'bob', access: 'read', topic: 'a/1' })
    store.addQuestion()
    expect(store.cases).toEqual([caseOf('a/1')])
    expect(store.generate([null, 'bob'], ['a/1', 'no/+'])).toEqual({ added: 3, left: 0 })
    await vi.waitFor(() => expect(store.counts).toEqual({ passed: 4, failed: 0 }))
    expect(store.generate(['bob'], Array.from({ length: 3_000 }, (_, n) => `t/${n}`))).toEqual({ added: 5_000, left: 1_000 })
  })
})
