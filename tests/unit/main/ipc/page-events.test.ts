import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { PageEvents } from '../../../../src-main/ipc/page-events'

function page(destroyed = false) {
  const sent: unknown[][] = []
  const contents = { isDestroyed: () => destroyed, send: (...args: unknown[]) => sent.push(args) }
  return { sent, contents: contents as unknown as WebContents }
}

describe('PageEvents', () => {
  it('tells the page that is there', () => {
    const events = new PageEvents()
    const { sent, contents } = page()
    events.send('notices.changed', [])
    events.attach(contents)
    events.send('connections.focus', { connectionId: 'x' })
    expect(sent).toEqual([['connections.focus', { connectionId: 'x' }]])
  })

  it('says nothing to one that is gone', () => {
    const events = new PageEvents()
    const { sent, contents } = page(true)
    events.attach(contents)
    events.send('profiles.changed', [])
    expect(sent).toEqual([])
  })
})
