import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { ConnectionRegistry } from '../../../../src-main/connections/connection-registry'
import { rememberTabs, reopenTabs } from '../../../../src-main/connections/tab-memory'
import { sessionSchema, type Session } from '../../../../src-main/settings/settings-store'
import { FakeEngines } from '../support/fake-engine'
import { draftOf, profileOf } from '../support/profile-store-bench'

const [A, B, GONE] = ['a', 'b', 'c'].map((end) => `6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3${end}`) as [string, string, string]

const KEEPING = { logBudgetBytes: 16, forgetClearedTopics: false }

class Memory {
  session: Session = { profileIds: [], selectedProfileId: null }
  rememberSession(session: Session): void {
    this.session = sessionSchema.parse(session)
  }
}

let memory: Memory

/** A run of the app that remembers its tabs. */
function start() {
  const engines = new FakeEngines()
  const source = {
    get: (id: string) => {
      if (id === GONE) throw new AppError('profile-not-found', 'gone')
      return profileOf(id, id)
    },
    secretOf: () => Promise.resolve(null),
    headersOf: () => Promise.resolve([]),
  }
  const registry: ConnectionRegistry = new ConnectionRegistry(source, () => null, () => Promise.resolve([]), engines.start, () => KEEPING, {
    changed: () => undefined,
    tabsChanged: () => rememberTabs(registry, memory),
    frame: () => undefined,
    publish: () => undefined,
    fields: () => undefined,
    engineEnded: () => undefined,
  })
  reopenTabs(registry, memory)
  return { registry, engines, names: () => registry.list().map(({ name }) => name) }
}

beforeEach(() => {
  memory = new Memory()
})

describe('the tabs of last time', () => {
  it('come back in order, offline, with the same one in front', () => {
    const { registry } = start()
    for (const id of [B, A]) registry.openProfile(id)
    registry.select(registry.openProfile(A).id)
    const later = start()
    expect(later.names()).toEqual([B, A])
    expect(later.registry.selectedId).toBe(later.registry.openProfile(A).id)
    expect(later.engines.started).toEqual([])
    expect(start().names()).toEqual([B, A])
  })

  it('that had no profile stay away, selected or not', () => {
    const { registry } = start()
    registry.openProfile(A)
    const { id } = registry.openUnsaved({ plan: { source: { kind: 'demo' }, draft: draftOf('x') }, password: null, expandedTopics: [] })
    registry.select(id)
    const later = start()
    expect(later.names()).toEqual([A])
    expect(later.registry.selectedId).toBeNull()
  })

  it('whose profile is gone stay away, and do not keep the others', () => {
    memory.session = { profileIds: [GONE, A], selectedProfileId: GONE }
    const { names, registry } = start()
    expect(names()).toEqual([A])
    expect(registry.selectedId).toBeNull()
    expect(memory.session.profileIds).toEqual([A])
  })

  it('that were closed do not come back', async () => {
    const { registry } = start()
    registry.openProfile(A)
    await registry.close(registry.openProfile(B).id)
    expect(start().names()).toEqual([A])
  })
})
