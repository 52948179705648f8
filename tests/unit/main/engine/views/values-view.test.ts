import { describe, expect, it } from 'vitest'
import type { SpecOf } from '@shared/views/view-spec'
import { NOT_PAUSED } from '../../../../../src-main/engine/views/pause'
import { ValuesView } from '../../../../../src-main/engine/views/values-view'
import { Received } from '../../support/received'

function setUp(topics: string[], logBudgetBytes = 1_000_000) {
  const received = new Received({ logBudgetBytes })
  const { tree, log } = received.ingest
  const pause = { ...NOT_PAUSED }
  const spec: SpecOf<'values'> = { kind: 'values', topics }
  const view = new ValuesView(tree, log, pause, spec)
  return {
    received,
    view,
    setPaused: (paused: boolean) => {
      tree.fold(Date.now())
      Object.assign(pause, paused ? { sequence: log.sequence, idLimit: tree.idLimit, atMs: Date.now() } : NOT_PAUSED)
      view.pauseChanged()
    },
    values: () => {
      if (pause.sequence === null) tree.fold(Date.now())
      return view.frame().values
    },
  }
}

const previews = (values: readonly { topic: string; preview: string }[]) => values.map(({ topic, preview }) => [topic, preview])

describe('ValuesView', () => {
  it('shows the last value of each topic, in the order asked for', () => {
    const { received, values } = setUp(['b', 'a', 'a/x', 'never'])
    received.take('a/x', 'old')
    received.take('a/x', '{"n":1}', { retain: true })
    received.take('b', '')
    const unknown = { known: false, previewKind: 'none', preview: '', retain: false, messages: 0, lastMessageAtMs: null, lastSequence: 0 }
    const lastMessageAtMs = expect.closeTo(Date.now(), -4) as number
    expect(values()).toEqual([
      { topic: 'b', known: true, previewKind: 'empty', preview: '', retain: false, messages: 1, lastMessageAtMs, lastSequence: 3 },
      { topic: 'a', ...unknown },
      { topic: 'a/x', known: true, previewKind: 'json', preview: '{"n":1}', retain: true, messages: 2, lastMessageAtMs, lastSequence: 2 },
      { topic: 'never', ...unknown },
    ])
  })

  it('keeps the values of the pause, and what was no topic then stays unknown', () => {
    const { received, view, setPaused, values } = setUp(['a', 'n'], 200_000)
    received.takeAll('a', 'b', 'n/x')
    setPaused(true)
    for (let count = 0; count < 20; count += 1) received.take('a', Buffer.alloc(30_000))
    received.takeAll('b', 'n', 'new')
    expect(previews(values())).toEqual([['a', 'm1'], ['n', '']])
    expect(values()[1]?.known).toBe(false)
    view.update({ kind: 'values', topics: ['b', 'new', 'a'] })
    // The value of `b` was looked at too late: the log has let it go.
    expect(previews(values())).toEqual([['b', ''], ['new', ''], ['a', 'm1']])
    expect(values()).toMatchObject([{ known: true, previewKind: 'none', messages: 1 }, { known: false }, { messages: 1 }])
    setPaused(false)
    expect(previews(values()).slice(0, 2)).toEqual([['b', 'm24'], ['new', 'm26']])
  })

  it('takes no spec of another kind', () => {
    const { view } = setUp([])
    expect(view.update({ kind: 'statistics' })).toBe(false)
    expect(view.frame()).toEqual({ kind: 'values', values: [] })
  })
})
