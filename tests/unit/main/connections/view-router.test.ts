import { beforeEach, describe, expect, it } from 'vitest'
import { OpenConnection } from '../../../../src-main/connections/open-connection'
import { ViewRouter } from '../../../../src-main/connections/view-router'
import { FakeEngines, type FakeEngine } from '../support/fake-engine'
import { draftOf } from '../support/profile-store-bench'

const SPEC = { kind: 'statistics' } as const

let router: ViewRouter

beforeEach(() => {
  router = new ViewRouter()
})

async function tab(): Promise<{ connection: OpenConnection; engine: FakeEngine; engines: FakeEngines }> {
  const engines = new FakeEngines()
  const listener = { changed: () => undefined, frame: () => undefined, publish: () => undefined, fields: () => undefined, crashed: () => undefined }
  const plan = { source: { kind: 'demo' as const }, draft: draftOf('x') }
  const connection = new OpenConnection(plan, { logBudgetBytes: 1, forgetClearedTopics: false, expandedTopics: [] }, engines.start, listener)
  await connection.setPaused(false)
  engines.last.calls.length = 0
  return { connection, engine: engines.last, engines }
}

describe('ViewRouter', () => {
  it('numbers views through all tabs and brings each word to its own', async () => {
    const [one, two] = [await tab(), await tab()]
    const a = await router.open(one.connection, SPEC)
    const b = await router.open(two.connection, SPEC)
    const c = await router.open(one.connection, SPEC)
    expect(new Set([a, b, c]).size).toBe(3)
    two.engine.answers.set('reveal', 7)
    await router.acknowledge(b)
    await router.update(c, SPEC)
    expect(await router.reveal(b, 'x')).toBe(7)
    await router.close(a)
    expect(one.engine.calls).toEqual([['openView', a, SPEC], ['openView', c, SPEC], ['updateView', c, SPEC], ['closeView', a]])
    expect(two.engine.calls).toEqual([['openView', b, SPEC], ['acknowledgeView', b], ['reveal', b, 'x']])
  })

  it('is silent about views that are closed: the words crossed on the way', async () => {
    const { connection, engine } = await tab()
    const viewId = await router.open(connection, SPEC)
    await router.close(viewId)
    const before = engine.calls.length
    await router.acknowledge(viewId)
    await router.update(viewId, SPEC)
    await router.close(viewId)
    expect(await router.reveal(viewId, 'x')).toBeNull()
    expect(engine.calls).toHaveLength(before)
  })

  it('forgets the views of a tab that is closed, and of no other', async () => {
    const [one, two] = [await tab(), await tab()]
    const a = await router.open(one.connection, SPEC)
    const b = await router.open(two.connection, SPEC)
    router.forget(one.connection)
    await one.connection.stop()
    await router.acknowledge(a)
    await router.acknowledge(b)
    expect(one.engine.callsOf('acknowledgeView')).toEqual([])
    expect(two.engine.callsOf('acknowledgeView')).toEqual([[b]])
    expect(one.engines.started).toHaveLength(1)
  })

  it('closes all when the page is gone', async () => {
    const { connection, engine } = await tab()
    const ids = [await router.open(connection, SPEC), await router.open(connection, SPEC)]
    await router.closeAll()
    expect(engine.callsOf('closeView')).toEqual(ids.map((id) => [id]))
    await router.closeAll()
    expect(engine.callsOf('closeView')).toHaveLength(2)
  })

  it('keeps no view that could not be opened', async () => {
    const { connection, engine, engines } = await tab()
    const release = engine.hold()
    const opening = router.open(connection, SPEC)
    engine.crash()
    release()
    await expect(opening).rejects.toMatchObject({ code: 'engine-unavailable' })
    await connection.setPaused(false)
    expect(engines.last.callsOf('openView')).toEqual([])
    await router.closeAll()
    expect(engines.last.callsOf('closeView')).toEqual([])
  })

  it('lets the page have 200 at a time', async () => {
    const { connection } = await tab()
    const ids: number[] = []
    for (let count = 0; count < 200; count += 1) ids.push(await router.open(connection, SPEC))
    await expect(router.open(connection, SPEC)).rejects.toMatchObject({ code: 'too-many', details: { limit: 200 } })
    await router.close(ids[0] ?? 0)
    expect(ids).not.toContain(await router.open(connection, SPEC))
  })
})
