// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import PaneSplit from '../../../../src-renderer/ui/PaneSplit.vue'

function split(props: { collapsible?: boolean; collapsed?: boolean }) {
  return mount(PaneSplit, {
    props: { direction: 'vertical', percent: 60, label: 'Resize', ...props },
    slots: { first: 'one', second: 'two' },
    attachTo: document.body,
  })
}

describe('PaneSplit', () => {
  beforeEach(() => {
    document.body.innerHTML = ''
  })

  it('folds its second pane away by Enter, and brings it back', async () => {
    const panes = split({ collapsible: true })
    await panes.get('[role=separator]').trigger('keydown', { key: 'Enter' })
    expect(panes.emitted('update:collapsed')).toEqual([[true]])
    await panes.setProps({ collapsed: true })
    expect(panes.classes()).toContain('collapsed')
    await panes.get('[role=separator]').trigger('keydown', { key: 'Enter' })
    expect(panes.emitted('update:collapsed')).toEqual([[true], [false]])
  })

  it('stays as it is when it is not made to fold', async () => {
    const panes = split({ collapsed: true })
    await panes.get('[role=separator]').trigger('keydown', { key: 'Enter' })
    expect(panes.emitted('update:collapsed')).toBeUndefined()
    expect(panes.classes()).not.toContain('collapsed')
  })
})
