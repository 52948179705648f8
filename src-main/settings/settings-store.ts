import { DEFAULT_SETTINGS, exploreSettingsSchema, settingsSchema, type Settings, type SettingsPatch } from '@shared/settings/settings'
import { z } from '@shared/schema'

export const SETTINGS_SCHEMA_VERSION = 1

/** Where the window was. */
export const windowStateSchema = z.strictObject({
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

/** The tabs that were open; those without a profile do not come back. */
export const sessionSchema = z.strictObject({
  profileIds: z.array(z.uuid()).max(1_000),
  selectedProfileId: z.uuid().nullable(),
})
export type Session = z.infer<typeof sessionSchema>

export const settingsDocumentSchema = z.strictObject({
  schemaVersion: z.literal(SETTINGS_SCHEMA_VERSION),
  // A file from before there was a choice is no corrupt one.
  settings: settingsSchema.extend({ explore: exploreSettingsSchema.default(DEFAULT_SETTINGS.explore) }),
  window: windowStateSchema,
  session: sessionSchema,
})
export type SettingsDocument = z.infer<typeof settingsDocumentSchema>

export const INITIAL_SETTINGS: SettingsDocument = {
  schemaVersion: SETTINGS_SCHEMA_VERSION,
  settings: DEFAULT_SETTINGS,
  window: { x: null, y: null, width: 1_440, height: 900, maximized: false },
  session: { profileIds: [], selectedProfileId: null },
}

interface Storage {
  readonly document: SettingsDocument
  write(document: SettingsDocument): void
}

/** What the user chose, and how the app was left. */
export class SettingsStore {
  /** `couldNotRemember` is told when what is remembered unasked cannot be written: no reason to stop the user. */
  constructor(
    private readonly storage: Storage,
    private readonly couldNotRemember: (error: unknown) => void,
  ) {}

  get settings(): Settings {
    return this.storage.document.settings
  }

  get window(): WindowState {
    return this.storage.document.window
  }

  get session(): Session {
    return this.storage.document.session
  }

  /** @throws {AppError} `storage-failed` */
  update(patch: SettingsPatch): Settings {
    const { settings } = this
    const { layout, explore, tree, publish } = settings
    const updated: Settings = {
      theme: patch.theme ?? settings.theme,
      layout: {
        treePercent: patch.layout?.treePercent ?? layout.treePercent,
        inspectorPercent: patch.layout?.inspectorPercent ?? layout.inspectorPercent,
        historyPercent: patch.layout?.historyPercent ?? layout.historyPercent,
        publishCollapsed: patch.layout?.publishCollapsed ?? layout.publishCollapsed,
        historyCollapsed: patch.layout?.historyCollapsed ?? layout.historyCollapsed,
      },
      explore: {
        logBudgetMegabytes: patch.explore?.logBudgetMegabytes ?? explore.logBudgetMegabytes,
        forgetClearedTopics: patch.explore?.forgetClearedTopics ?? explore.forgetClearedTopics,
      },
      tree: {
        columns: patch.tree?.columns ?? tree.columns,
        favouritesCollapsed: patch.tree?.favouritesCollapsed ?? tree.favouritesCollapsed,
        favouriteRows: patch.tree?.favouriteRows ?? tree.favouriteRows,
      },
      publish: patch.publish ?? publish,
    }
    this.storage.write({ ...this.storage.document, settings: updated })
    return updated
  }

  rememberWindow(window: WindowState): void {
    this.#remember({ window })
  }

  rememberSession(session: Session): void {
    this.#remember({ session })
  }

  #remember(change: Partial<Pick<SettingsDocument, 'window' | 'session'>>): void {
    try {
      this.storage.write({ ...this.storage.document, ...change })
    } catch (error) {
      this.couldNotRemember(error)
    }
  }
}
