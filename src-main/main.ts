import { join, resolve } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, safeStorage } from 'electron'
import { AppError } from '@shared/ipc/app-error'
import { appHandlers } from './app/app-handlers'
import { installAppMenu } from './app/app-menu'
import { parseCommandLine, type CommandLine } from './app/command-line'
import { lockDown } from './app/lockdown'
import { createMainWindow } from './app/main-window'
import { Notices } from './app/notices'
import { PAGE_ORIGIN, registerPageScheme, servePage } from './app/page-protocol'
import { saveScreenshot } from './app/screenshot'
import { keepOneInstance, ownArguments } from './app/single-instance'
import { connectionHandlers } from './connections/connection-handlers'
import { ConnectionRegistry } from './connections/connection-registry'
import { ViewRouter } from './connections/view-router'
import { DEMO_EXPANDED_TOPICS, DemoBroker, demoDraft } from './demo-broker/demo-broker'
import { EngineClient } from './engine/engine-client'
import { PageEvents } from './ipc/page-events'
import { registerRequests } from './ipc/register'
import { profileHandlers } from './profiles/profile-handlers'
import { ProfileStore, PROFILES_SCHEMA_VERSION, profilesDocumentSchema } from './profiles/profile-store'
import { SecretBox } from './secrets/secret-box'
import { settingsHandlers } from './settings/settings-handlers'
import { INITIAL_SETTINGS, SETTINGS_SCHEMA_VERSION, settingsDocumentSchema, SettingsStore } from './settings/settings-store'
import { JsonStore, type SetAside } from './storage/json-store'

/** How long engines may take to say goodbye to their brokers when the app quits. */
const GOODBYE_MS = 1_500

/** The composition root: the only file that knows every room. */
function start(commandLine: CommandLine): void {
  const page = new PageEvents()
  const notices = new Notices((list) => page.send('notices.changed', list))
  const folder = app.getPath('userData')
  const setAside = ({ kind, file, keptAs, reason }: SetAside): void => {
    notices.raise(kind === 'corrupt' ? 'corrupt-file' : 'newer-file', { file, keptAs, reason, folder })
  }

  const settings = new SettingsStore(
    new JsonStore({
      folder,
      name: 'settings',
      schema: settingsDocumentSchema,
      schemaVersion: SETTINGS_SCHEMA_VERSION,
      initial: INITIAL_SETTINGS,
      setAside,
    }),
  )
  nativeTheme.themeSource = settings.settings.theme

  const secrets = new SecretBox(safeStorage)
  const profiles: ProfileStore = new ProfileStore(
    new JsonStore({
      folder,
      name: 'profiles',
      schema: profilesDocumentSchema,
      schemaVersion: PROFILES_SCHEMA_VERSION,
      initial: { schemaVersion: PROFILES_SCHEMA_VERSION, profiles: [] },
      setAside,
    }),
    secrets,
    (list) => {
      page.send('profiles.changed', list)
      registry.profilesChanged(list)
    },
  )

  const registry: ConnectionRegistry = new ConnectionRegistry(
    profiles,
    (config, listener) => new EngineClient(config, listener),
    {
      changed: (connections) => page.send('connections.changed', connections),
      tabsChanged: () => rememberTabs(registry, settings),
      event: (connection, event) => {
        if (event.kind === 'frame') page.send('views.frame', { viewId: event.viewId, bytes: event.bytes })
        else page.send('publishes.updated', { connectionId: connection.id, publishId: event.publishId, state: event.state })
      },
    },
  )
  const views = new ViewRouter()
  const demoBroker = new DemoBroker()

  const openDemo = async (): Promise<string> => {
    const draft = demoDraft(await demoBroker.start())
    const open = registry.list().find(({ source }) => source.kind === 'demo')
    const plan = { source: { kind: 'demo' as const }, draft }
    const id = open?.id ?? registry.openUnsaved({ plan, password: null, expandedTopics: DEMO_EXPANDED_TOPICS }).id
    await registry.connect(id)
    return id
  }

  const obey = async ({ demo, connections, problems }: CommandLine): Promise<void> => {
    for (const problem of problems) notices.raise('command-line', { problem })
    for (const { draft, password } of connections) {
      const plan = { source: { kind: 'command-line' as const }, draft }
      const { id } = registry.openUnsaved({ plan, password, expandedTopics: [] })
      focus(id)
      await registry.connect(id)
    }
    if (demo) focus(await openDemo())
  }
  const focus = (connectionId: string): void => {
    registry.select(connectionId)
    page.send('connections.focus', { connectionId })
  }

  registerRequests(
    ipcMain,
    {
      ...appHandlers(notices, () => secrets.canEncrypt(), () => registry.selectedId),
      ...settingsHandlers(settings, ({ theme }) => (nativeTheme.themeSource = theme)),
      ...profileHandlers(profiles),
      ...connectionHandlers(registry, views, {
        openDemo,
        saveProfile: async (draft, password) => profiles.save(null, draft, await passwordChange(secrets, password)),
      }),
    },
    ({ senderFrame }) => senderFrame !== null && senderFrame.parent === null && isOurUrl(senderFrame.url),
  )

  servePage(join(__dirname, '../renderer'))
  installAppMenu(process.platform)
  const window = createMainWindow({
    preload: join(__dirname, '../preload/index.js'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    state: settings.window,
    remember: (state) => settings.rememberWindow(state),
  })
  page.attach(window.webContents)
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) void views.closeAll()
  })
  reloadAfterCrash(window)

  reopenTabs(registry, settings)
  obey(commandLine).catch((error: unknown) => notices.raise('command-line', { problem: wordsOf(error) }))
  void window.loadURL(pageUrl())
  if (commandLine.screenshot !== null) void takePicture(window, commandLine.screenshot)

  keepOneInstance.onSecondLaunch((args, workingDirectory) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    obey(withAbsolutePaths(parseCommandLine(args), workingDirectory)).catch((error: unknown) =>
      notices.raise('command-line', { problem: wordsOf(error) }),
    )
  })

  let saidGoodbye = false
  app.on('before-quit', (event) => {
    if (saidGoodbye) return
    event.preventDefault()
    const timeout = new Promise((resolveTimeout) => setTimeout(resolveTimeout, GOODBYE_MS))
    void Promise.race([Promise.all([registry.stopAll(), demoBroker.stop()]), timeout]).finally(() => {
      saidGoodbye = true
      app.quit()
    })
  })
}

function rememberTabs(registry: ConnectionRegistry, settings: SettingsStore): void {
  const tabs = registry.list().flatMap(({ id, source }) => (source.kind === 'profile' ? [{ id, ...source }] : []))
  const selected = tabs.find(({ id }) => id === registry.selectedId)
  settings.rememberSession({
    profileIds: tabs.map(({ profileId }) => profileId),
    selectedProfileId: selected?.profileId ?? null,
  })
}

/** The tabs of last time, offline: connecting is left to the user. */
function reopenTabs(registry: ConnectionRegistry, settings: SettingsStore): void {
  const { profileIds, selectedProfileId } = settings.session
  for (const profileId of profileIds) {
    try {
      const { id } = registry.openProfile(profileId)
      if (profileId === selectedProfileId) registry.select(id)
    } catch (error) {
      // The profile is gone: so is its tab.
      if (!(error instanceof AppError)) throw error
    }
  }
}

async function passwordChange(
  secrets: SecretBox,
  password: string | null,
): Promise<Parameters<ProfileStore['save']>[2]> {
  if (password === null) return { kind: 'clear' }
  // Without a keyring never unencrypted unasked: it lasts until the app closes.
  return { kind: 'set', password, storage: (await secrets.canEncrypt()) ? 'encrypted' : 'session' }
}

function reloadAfterCrash(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const pressed = dialog.showMessageBoxSync(window, {
      type: 'error',
      message: 'The Pubscope window stopped working.',
      detail: `Reason: ${reason}. Connections go on in the background; reload the window to see them again.`,
      buttons: ['Reload', 'Quit'],
    })
    if (pressed === 0) window.webContents.reload()
    else app.quit()
  })
}

async function takePicture(window: BrowserWindow, file: string): Promise<void> {
  try {
    await saveScreenshot(window, file)
    process.stdout.write(`Saved ${file}\n`)
    app.quit()
  } catch (error) {
    process.stderr.write(`No screenshot: ${wordsOf(error)}\n`)
    app.exit(1)
  }
}

/** With electron-vite's development server the page comes from there, else from our own scheme. */
function pageUrl(): string {
  const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  return developmentUrl ?? `${PAGE_ORIGIN}/index.html`
}

function isOurUrl(url: string): boolean {
  return new URL(url).origin === new URL(pageUrl()).origin && new URL(url).host === new URL(pageUrl()).host
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function withAbsolutePaths(commandLine: CommandLine, workingDirectory: string): CommandLine {
  const { screenshot } = commandLine
  return { ...commandLine, screenshot: screenshot === null ? null : resolve(workingDirectory, screenshot) }
}

if (keepOneInstance.acquire()) {
  registerPageScheme()
  lockDown(pageUrl())
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => start(withAbsolutePaths(parseCommandLine(ownArguments()), process.cwd())))
} else {
  app.quit()
}
