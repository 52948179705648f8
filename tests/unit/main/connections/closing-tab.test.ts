import { expect, it } from 'vitest'
import { ConnectionRegistry } from '../../../../src-main/connections/connection-registry'
import { FakeEngines } from '../support/fake-engine'
import { draftOf } from '../support/profile-store-bench'

it('a tab may still be asked by its engine while it closes, and tells when that has ended', async () => {
  const engines = new FakeEngines()
  const heard: unknown[] = []
  const none = (): never => {
    throw new Error('there are no profiles')
  }
  const registry = new ConnectionRegistry(
    { get: none, secretOf: none, headersOf: none },
    () => null,
    () => Promise.resolve([{ kind: 'direct' }]),
    engines.start,
    () => ({ logBudgetBytes: 16, forgetClearedTopics: false }),
    {
      changed: () => undefined,
      tabsChanged: () => undefined,
      frame: () => undefined,
      publish: () => undefined,
      fields: ({ id }) => heard.push(['fields', id]),
      engineEnded: (id) => heard.push(['ended', id]),
    },
  )
  const { id } = registry.openUnsaved({ plan: { source: { kind: 'demo' }, draft: draftOf('a') }, password: null, expandedTopics: [] })
  await registry.connect(id)
  const closing = registry.close(id)
  engines.last.say({ kind: 'fields', request: { requestId: 1, messages: [], paths: [], mostCharacters: 1 } })
  await closing
  expect(heard).toEqual([['fields', id], ['ended', id]])
})
