// @vitest-environment happy-dom
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useHistory } from '../../../../../src-renderer/features/inspector/use-history'
import { FakeViews, topicFrameOf } from '../../support/fake-views'

let views = new FakeViews()
vi.mock('../../../../../src-renderer/bridge/use-view', () => ({
  useView: (target: Parameters<FakeViews['useView']>[0]) => views.useView(target),
}))

function setUp(newest: number) {
  const engine = { newest, oldest: 1 }
  const topic = ref<string | null>('a')
  const scope = effectScope()
  const history = scope.run(() => useHistory(ref('c'), topic))
  if (history === undefined) throw new Error('no history')
  const answer = () =>
    views.show((spec) => (spec.kind === 'topic' ? topicFrameOf(spec, engine.newest, engine.oldest) : null))
  return { history, engine, topic, answer, end: () => scope.stop() }
}

beforeEach(() => {
  views = new FakeViews()
})

describe('the history of a topic', () => {
  it('is live: row 0 is the newest message', async () => {
    const { history, engine, answer } = setUp(1_000)
    await answer()
    expect(history.rowAt(0)?.sequence).toBe(1_000)
    engine.newest = 1_005
    await answer()
    expect(history.rowAt(0)?.sequence).toBe(1_005)
    expect(history.total.value).toBe(1_005)
    expect(history.isHeld.value).toBe(false)
    expect(views.specs).toHaveLength(1)
  })

  it('held, stands still and counts what comes', async () => {
    const { history, engine, answer } = setUp(1_000)
    await answer()
    history.hold()
    expect(history.rowAt(0)?.sequence).toBe(1_000)
    engine.newest = 1_123
    await answer()
    expect(history.rowAt(0)?.sequence).toBe(1_000)
    expect(history.total.value).toBe(1_000)
    expect(history.newer.value).toBe(123)
    expect(history.latest.value?.history[0]?.sequence).toBe(1_123)
    history.goLive()
    expect(history.rowAt(0)?.sequence).toBe(1_123)
    expect(history.newer.value).toBe(0)
  })

  it('fetches the rows around what is in sight, never all', async () => {
    const { history, answer } = setUp(3_000_000)
    await answer()
    history.hold()
    history.look({ first: 2_000_000, count: 20 })
    await answer()
    expect(history.rowAt(2_000_000)?.sequence).toBe(1_000_000)
    expect(history.rowAt(2_000_019)?.sequence).toBe(999_981)
    expect(history.rowAt(0)).toBeUndefined()
    for (const spec of views.specs) expect(spec).toMatchObject({ rowCount: expect.toSatisfy((count: number) => count <= 100) as number })
  })

  it('opens a row at once, or when it has come', async () => {
    const { history, engine, answer } = setUp(10_000)
    await answer()
    history.openRow(3)
    expect(history.opened.value).toEqual({ sequence: 9_997, row: 3 })
    expect(history.isHeld.value).toBe(true)
    engine.newest = 10_050
    await answer()
    history.openRow(Number.MAX_SAFE_INTEGER)
    expect(history.wantedRow.value).toBe(9_999)
    expect(history.opened.value?.row).toBe(3)
    history.look({ first: 9_980, count: 20 })
    await answer()
    expect(history.opened.value).toEqual({ sequence: 1, row: 9_999 })
  })

  it('opens the oldest there is when the row it waits for was let go meanwhile', async () => {
    const { history, engine, answer } = setUp(10_000)
    await answer()
    history.openRow(9_999)
    history.look({ first: 9_980, count: 20 })
    engine.oldest = 101
    await answer()
    history.look({ first: 9_880, count: 20 })
    await answer()
    expect(history.opened.value).toEqual({ sequence: 101, row: 9_899 })
  })

  it('can hold any message open: where it is listed, or as the first', async () => {
    const { history, engine, answer } = setUp(10_000)
    await answer()
    history.openSequence(9_950)
    expect(history.opened.value).toEqual({ sequence: 9_950, row: 50 })
    expect(history.rowAt(0)?.sequence).toBe(10_000)
    history.goLive()
    engine.newest = 20_000
    await answer()
    history.openSequence(9_950)
    await answer()
    expect(history.opened.value).toEqual({ sequence: 9_950, row: 0 })
    expect(history.rowAt(0)?.sequence).toBe(9_950)
    expect(history.newer.value).toBe(10_050)
  })

  it('has no rows when what it holds was let go, and says how many came', async () => {
    const { history, engine, answer } = setUp(100)
    await answer()
    history.hold()
    Object.assign(engine, { newest: 5_000, oldest: 4_000 })
    await answer()
    expect(history.total.value).toBe(0)
    expect(history.newer.value).toBe(1_001)
  })

  it('of another topic is live again', async () => {
    const { history, topic, answer } = setUp(100)
    await answer()
    history.openRow(5)
    topic.value = 'b'
    expect([history.opened.value, history.isHeld.value, history.listed.value]).toEqual([null, false, null])
    await nextTick()
    expect(views.specs).toEqual([expect.objectContaining({ topic: 'b', newest: null })])
  })

  it('shows the same messages in the same rows for as long as it is held, whatever is done', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('arrive' as const), count: fc.nat(2_000) }),
      fc.record({ kind: fc.constant('look' as const), first: fc.nat(3_000) }),
      fc.record({ kind: fc.constant('open' as const), row: fc.nat(3_000) }),
      fc.record({ kind: fc.constantFrom('answer' as const, 'hold' as const, 'live' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        views = new FakeViews()
        const { history, engine, answer, end } = setUp(1_500)
        await answer()
        let top: number | null = null
        for (const action of steps) {
          if (action.kind === 'arrive') engine.newest += action.count
          else if (action.kind === 'look') history.look({ first: action.first, count: 20 })
          else if (action.kind === 'open') history.openRow(action.row)
          else if (action.kind === 'hold') history.hold()
          else if (action.kind === 'live') history.goLive()
          else await answer()
          if (!history.isHeld.value) top = null
          else top ??= history.rowAt(0)?.sequence ?? null
          if (top === null) continue
          expect(history.total.value).toBe(top)
          for (const row of [0, 7, 500, top - 1]) expect([undefined, top - row]).toContain(history.rowAt(row)?.sequence)
          const { value: opened } = history.opened
          if (opened !== null) expect(opened.sequence).toBe(top - opened.row)
        }
        end()
      }),
      { numRuns: 60 },
    )
  })
})
