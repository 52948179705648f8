import { z } from '@shared/schema'

/** What the user may choose; `system` follows the operating system. */
export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

/** Sizes of the resizable panes, in per cent of the space they share, and which of them are folded away. */
export const layoutSchema = z.strictObject({
  treePercent: z.number().min(10).max(90),
  inspectorPercent: z.number().min(10).max(90),
  historyPercent: z.number().min(10).max(90),
  publishCollapsed: z.boolean(),
  historyCollapsed: z.boolean(),
})
export type Layout = z.infer<typeof layoutSchema>

/** Least and most of {@link ExploreSettings.logBudgetMegabytes}. */
export const LOG_BUDGET_MEGABYTES = { min: 16, max: 4_095 } as const

/** How the engine of each connection keeps what it receives. */
export const exploreSettingsSchema = z.strictObject({
  /** Most memory for the message log of one connection, in units of 1,048,576 bytes. */
  logBudgetMegabytes: z.number().int().min(LOG_BUDGET_MEGABYTES.min).max(LOG_BUDGET_MEGABYTES.max),
  /** Whether a topic goes from the tree when an empty retained message clears it. */
  forgetClearedTopics: z.boolean(),
})
export type ExploreSettings = z.infer<typeof exploreSettingsSchema>

/** Everything the page may read and change; window bounds stay in main. */
export const settingsSchema = z.strictObject({
  theme: themeSchema,
  layout: layoutSchema,
  explore: exploreSettingsSchema,
})
export type Settings = z.infer<typeof settingsSchema>

/** A change of some settings; what is absent stays. */
export const settingsPatchSchema = z.strictObject({
  theme: themeSchema.optional(),
  layout: layoutSchema.partial().optional(),
  explore: exploreSettingsSchema.partial().optional(),
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  layout: {
    treePercent: 42,
    inspectorPercent: 66,
    historyPercent: 34,
    publishCollapsed: false,
    historyCollapsed: false,
  },
  explore: { logBudgetMegabytes: 256, forgetClearedTopics: false },
}
