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

/** Everything the page may read and change; window bounds stay in main. */
export const settingsSchema = z.strictObject({
  theme: themeSchema,
  layout: layoutSchema,
})
export type Settings = z.infer<typeof settingsSchema>

/** A change of some settings; what is absent stays. */
export const settingsPatchSchema = z.strictObject({
  theme: themeSchema.optional(),
  layout: layoutSchema.partial().optional(),
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
}
