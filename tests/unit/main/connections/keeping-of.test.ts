import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '@shared/settings/settings'
import { keepingOf } from '../../../../src-main/connections/keeping-of'

it('a megabyte of the settings is 1,048,576 bytes of the log', () => {
  expect(keepingOf(DEFAULT_SETTINGS)).toEqual({ logBudgetBytes: 268_435_456, forgetClearedTopics: false })
  const explore = { logBudgetMegabytes: 16, forgetClearedTopics: true }
  expect(keepingOf({ ...DEFAULT_SETTINGS, explore })).toEqual({ logBudgetBytes: 16_777_216, forgetClearedTopics: true })
})
