import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsPatchSchema, settingsSchema } from '@shared/settings/settings'

describe('settings', () => {
  it('has defaults that its schema accepts', () => {
    expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS)
  })

  it('of before there were columns are those with the usual ones', () => {
    const { tree, ...before } = DEFAULT_SETTINGS
    expect(settingsSchema.parse(before)).toEqual({ ...before, tree })
  })

  it.each([{}, { theme: 'dark' }, { layout: {} }, { layout: { treePercent: 10 } }, { layout: { publishCollapsed: true } }, { explore: {} }, { explore: { logBudgetMegabytes: 16 } }, { explore: { logBudgetMegabytes: 4_095, forgetClearedTopics: true } }, { tree: { columns: ['size'], favouriteRows: 30 } }, { tree: { columns: [] } }])('can be changed by %j', (patch) => {
    expect(settingsPatchSchema.parse(patch)).toEqual(patch)
  })

  it.each([
    { theme: 'blue' },
    { layout: { treePercent: 9 } },
    { layout: { treePercent: 91 } },
    { layout: { treePercent: Number.NaN } },
    { layout: { historyCollapsed: 1 } },
    { layout: { height: 10 } },
    { explore: { logBudgetMegabytes: 15 } },
    { explore: { logBudgetMegabytes: 4_096 } },
    { explore: { logBudgetMegabytes: 16.5 } },
    { explore: { forgetClearedTopics: 1 } },
    { tree: { columns: ['colour'] } },
    { tree: { favouriteRows: 0 } },
    { tree: { columns: ['rate', 'rate', 'rate', 'rate', 'rate'] } },
    { language: 'en' },
  ])('cannot be changed by %j', (patch) => {
    expect(settingsPatchSchema.safeParse(patch).success).toBe(false)
  })
})
