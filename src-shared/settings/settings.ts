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

/** A column of the topic tree beside the topic itself. */
export const treeColumnSchema = z.enum(['rate', 'messages', 'size', 'age'])
export type TreeColumn = z.infer<typeof treeColumnSchema>

/** How the topic tree and the favourites above it look. */
export const treeSettingsSchema = z.strictObject({
  /** Those that show, where there is room. */
  columns: z.array(treeColumnSchema).max(treeColumnSchema.options.length),
  favouritesCollapsed: z.boolean(),
  /** Most favourites in sight at a time. */
  favouriteRows: z.number().int().min(1).max(30),
})
export type TreeSettings = z.infer<typeof treeSettingsSchema>

const DEFAULT_TREE_SETTINGS: TreeSettings = { columns: ['rate', 'messages', 'age'], favouritesCollapsed: false, favouriteRows: 6 }

/** What helps while a message is written. */
export const publishSettingsSchema = z.strictObject({
  /** Whether a word is said on payloads that others will find hard to use. */
  designNotes: z.boolean(),
})
export type PublishSettings = z.infer<typeof publishSettingsSchema>

const DEFAULT_PUBLISH_SETTINGS: PublishSettings = { designNotes: true }

/** Everything the page may read and change; window bounds stay in main. */
export const settingsSchema = z.strictObject({
  theme: themeSchema,
  layout: layoutSchema,
  explore: exploreSettingsSchema,
  /** Not in the files of older versions. */
  tree: treeSettingsSchema.default(DEFAULT_TREE_SETTINGS),
  publish: publishSettingsSchema.default(DEFAULT_PUBLISH_SETTINGS),
})
export type Settings = z.infer<typeof settingsSchema>

/** A change of some settings; what is absent stays. */
export const settingsPatchSchema = z.strictObject({
  theme: themeSchema.optional(),
  layout: layoutSchema.partial().optional(),
  explore: exploreSettingsSchema.partial().optional(),
  tree: treeSettingsSchema.partial().optional(),
  publish: publishSettingsSchema.optional(),
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
  tree: DEFAULT_TREE_SETTINGS,
  publish: DEFAULT_PUBLISH_SETTINGS,
}
