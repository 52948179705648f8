import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsPatchSchema, settingsSchema } from '@shared/settings/settings'

describe('settings', () => {
  it('has defaults that its schema accepts', () => {
    expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS)
  })

  it.each([{}, { theme: 'dark' }, { layout: {} }, { layout: { treePercent: 10 } }, { layout: { publishCollapsed: true } }])('can be changed by %j', (patch) => {
    expect(settingsPatchSchema.parse(patch)).toEqual(patch)
  })

  it.each([
    { theme: 'blue' },
    { layout: { treePercent: 9 } },
    { layout: { treePercent: 91 } },
    { layout: { treePercent: Number.NaN } },
    { layout: { historyCollapsed: 1 } },
    { layout: { height: 10 } },
    { language: 'en' },
  ])('cannot be changed by %j', (patch) => {
    expect(settingsPatchSchema.safeParse(patch).success).toBe(false)
  })
})
