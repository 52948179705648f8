import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '@shared/settings/settings'
import { ConnectionRegistry } from '../../../../src-main/connections/connection-registry'
import { keepingOf } from '../../../../src-main/connections/keeping-of'
import type { Keeping } from '../../../../src-main/engine/engine-api'
import { FakeEngines } from '../support/fake-engine'
import { draftOf, profileOf } from '../support/profile-store-bench'

const USUAL: Keeping = { logBudgetBytes: 268_435_456, forgetClearedTopics: false }
const FORGETTING: Keeping = { logBudgetBytes: 16_777_216, forgetClearedTopics: true }

it('a megabyte of the settings is 1,048,576 bytes of the log', () => {
  expect(keepingOf(DEFAULT_SETTINGS)).toEqual(USUAL)
  const explore = { logBudgetMegabytes: 16, forgetClearedTopics: true }
  expect(keepingOf({ ...DEFAULT_SETTINGS, explore })).toEqual(FORGETTING)
})

it('engines learn how to keep what they receive: all that run at once, the others when they start', async () => {
  const engines = new FakeEngines()
  let keeping = USUAL
  const source = { get: (id: string) => profileOf(id, id), secretOf: () => Promise.resolve(null), headersOf: () => Promise.resolve([]) }
  const registry = new ConnectionRegistry(source, () => null, () => Promise.resolve([]), engines.start, () => keeping, {
    changed: () => undefined,
    tabsChanged: () => undefined,
    frame: () => undefined,
    publish: () => undefined,
    fields: () => undefined,
    engineEnded: () => undefined,
  })
  const open = (name: string) =>
    registry.openUnsaved({ plan: { source: { kind: 'command-line' }, draft: draftOf(name) }, password: null, expandedTopics: [] })
  const [running, later] = [open('a'), open('b')]
  await registry.connect(running.id)
  expect(engines.last.config).toMatchObject(USUAL)
  keeping = FORGETTING
  registry.keepingChanged()
  expect(engines.last.callsOf('configure')).toEqual([[FORGETTING]])
  await registry.connect(later.id)
  expect(engines.last.config).toMatchObject(FORGETTING)
  expect(engines.last.callsOf('configure')).toEqual([])
})
