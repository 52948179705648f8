import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsSchema } from '@shared/settings/settings'
import { INITIAL_SETTINGS, settingsDocumentSchema, SettingsStore, type SettingsDocument } from '../../../../src-main/settings/settings-store'

function setUp() {
  const file = {
    failing: false,
    document: INITIAL_SETTINGS,
    write(document: SettingsDocument): void {
      if (this.failing) throw new Error('no space left on device')
      this.document = settingsDocumentSchema.parse(JSON.parse(JSON.stringify(document)))
    },
  }
  const told: unknown[] = []
  return { file, told, store: new SettingsStore(file, (error) => told.push(error)) }
}

const WINDOW = { x: -5, y: 0, width: 800, height: 600, maximized: true }
const SESSION = { profileIds: ['6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f'], selectedProfileId: '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3f' }

describe('SettingsStore', () => {
  it('starts with a document that fits its own schema', () => {
    expect(settingsDocumentSchema.parse(INITIAL_SETTINGS)).toEqual(INITIAL_SETTINGS)
    expect(setUp().store.settings).toEqual(DEFAULT_SETTINGS)
  })

  it('reads what was stored before there were settings of what is kept', () => {
    const { explore: _explore, ...older } = DEFAULT_SETTINGS
    expect(settingsDocumentSchema.parse({ ...INITIAL_SETTINGS, settings: older })).toEqual(INITIAL_SETTINGS)
  })

  it.each([
    [{}, DEFAULT_SETTINGS],
    [{ theme: 'dark' as const }, { ...DEFAULT_SETTINGS, theme: 'dark' }],
    [{ layout: {} }, DEFAULT_SETTINGS],
    [{ layout: { treePercent: 20 } }, { ...DEFAULT_SETTINGS, layout: { ...DEFAULT_SETTINGS.layout, treePercent: 20 } }],
    [{ layout: { publishCollapsed: true } }, { ...DEFAULT_SETTINGS, layout: { ...DEFAULT_SETTINGS.layout, publishCollapsed: true } }],
    [{ layout: { inspectorPercent: 21, historyPercent: 22 } }, { ...DEFAULT_SETTINGS, layout: { ...DEFAULT_SETTINGS.layout, inspectorPercent: 21, historyPercent: 22 } }],
    [{ explore: { logBudgetMegabytes: 64 } }, { ...DEFAULT_SETTINGS, explore: { ...DEFAULT_SETTINGS.explore, logBudgetMegabytes: 64 } }],
    [{ explore: { forgetClearedTopics: true } }, { ...DEFAULT_SETTINGS, explore: { ...DEFAULT_SETTINGS.explore, forgetClearedTopics: true } }],
    [{ tree: { columns: [], favouritesCollapsed: true } }, { ...DEFAULT_SETTINGS, tree: { ...DEFAULT_SETTINGS.tree, columns: [], favouritesCollapsed: true } }],
    [{ tree: { favouriteRows: 2 } }, { ...DEFAULT_SETTINGS, tree: { ...DEFAULT_SETTINGS.tree, favouriteRows: 2 } }],
  ])('changes what %j names and nothing else', (patch, expected) => {
    const { store, file } = setUp()
    expect(store.update(patch)).toEqual(expected)
    expect(store.settings).toEqual(expected)
    expect(file.document).toEqual({ ...INITIAL_SETTINGS, settings: expected })
  })

  it('knows every part of the layout', () => {
    const { store } = setUp()
    const changed = ([key, value]: [string, number | boolean]) => [key, typeof value === 'number' ? value + 1 : !value]
    const layout = settingsSchema.shape.layout.parse(Object.fromEntries(Object.entries(DEFAULT_SETTINGS.layout).map(changed)))
    expect(store.update({ layout })).toEqual({ ...DEFAULT_SETTINGS, layout })
  })

  it('remembers window and tabs beside the settings', () => {
    const { store, file } = setUp()
    store.update({ theme: 'light' })
    store.rememberWindow(WINDOW)
    store.rememberSession(SESSION)
    expect(store).toMatchObject({ window: WINDOW, session: SESSION })
    expect(file.document).toEqual({ ...INITIAL_SETTINGS, settings: { ...DEFAULT_SETTINGS, theme: 'light' }, window: WINDOW, session: SESSION })
  })

  it('lets the user know when a setting cannot be saved, and goes on when a memory cannot', () => {
    const { store, file, told } = setUp()
    file.failing = true
    expect(() => store.update({ theme: 'dark' })).toThrow('no space left')
    expect(told).toEqual([])
    store.rememberWindow(WINDOW)
    store.rememberSession(SESSION)
    expect(told).toHaveLength(2)
    expect(file.document).toEqual(INITIAL_SETTINGS)
    expect(store).toMatchObject({ settings: DEFAULT_SETTINGS, window: INITIAL_SETTINGS.window, session: INITIAL_SETTINGS.session })
  })
})
