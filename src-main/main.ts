import { join } from 'node:path'
import { app, dialog, ipcMain, nativeTheme, safeStorage, session } from 'electron'
import { dashboardSchema, NO_CHARTS } from '@shared/charts/dashboard'
import { marksSchema, NO_MARKS } from '@shared/marks/marks'
import { NO_PUBLISH_TABS, publishTabsSchema } from '@shared/publish/publish-tabs'
import { publishHistorySchema } from '@shared/publish/publish-history'
import { environmentVariables, environmentsSchema, NO_ENVIRONMENTS } from '@shared/template/environments'
import type { FormatChoice } from '@shared/payload/reading'
import { usesTls, type PasswordChange } from '@shared/profile/profile'
import { fileIdsOf } from '@shared/profile/tls'
import type { z } from '@shared/schema'
import { NO_RULES, payloadRulesSchema } from '@shared/schemas/payload-rules'
import { schemaLibrarySchema } from '@shared/schemas/schema-file'
import { DEFAULT_TABLE_SETTINGS, tableSettingsSchema } from '@shared/table/table-settings'
import { ACL_DESK_SCHEMA_VERSION, aclDeskDocumentSchema, AclFileDesk, EMPTY_ACL_DESK } from './acl/acl-file-desk'
import { aclHandlers } from './acl/acl-handlers'
import { EMPTY_EXPECTATIONS_DESK, EXPECTATIONS_DESK_SCHEMA_VERSION, ExpectationsDesk, expectationsDeskSchema } from './acl/expectations-desk'
import { expectationsHandlers } from './acl/expectations-handlers'
import { appHandlers } from './app/app-handlers'
import { installAppMenu } from './app/app-menu'
import { parseCommandLine, withAbsolutePaths, type CommandLine } from './app/command-line'
import { sayGoodbyeBeforeQuit } from './app/farewell'
import { lockDown } from './app/lockdown'
import { createMainWindow } from './app/main-window'
import { Notices } from './app/notices'
import { registerPageScheme, servePage } from './app/page-protocol'
import { isPageUrl, pageUrl } from './app/page-url'
import { mayEndRuns } from './app/quit-question'
import { saveScreenshotAndQuit } from './app/screenshot'
import { becomeOnlyInstance, onSecondLaunch, ownArguments } from './app/single-instance'
import { CertificateDates } from './certificates/certificate-dates'
import { certificatesIn } from './certificates/certificate-check'
import { certificateHandlers } from './certificates/certificate-handlers'
import { certificatePageHandlers } from './certificates/certificate-page-handlers'
import { CertificateStore } from './certificates/certificate-store'
import { ExpiryWatch } from './certificates/expiry-watch'
import { CertificateViewer } from './certificates/certificate-viewer'
import { KeyFolder } from './certificates/key-folder'
import {
  INITIAL_MADE_CERTIFICATES,
  MADE_CERTIFICATES_SCHEMA_VERSION,
  MadeCertificates,
  madeCertificatesDocumentSchema,
} from './certificates/made-certificates'
import { withAuthority } from './certificates/trust-certificate'
import { tlsConfigOf } from './certificates/tls-config'
import { chartHandlers } from './charts/chart-handlers'
import { collectionHandlers } from './collections/collection-handlers'
import { COLLECTIONS_SCHEMA_VERSION, collectionsDocumentSchema, CollectionStore, NO_COLLECTIONS } from './collections/collection-store'
import { connectionHandlers } from './connections/connection-handlers'
import { ConnectionRegistry } from './connections/connection-registry'
import { keepingOf } from './connections/keeping-of'
import { rememberTabs, reopenTabs } from './connections/tab-memory'
import { ViewRouter } from './connections/view-router'
import { DEMO_EXPANDED_TOPICS, DemoBroker, demoDraft } from './demo-broker/demo-broker'
import { EngineClient } from './engine/engine-client'
import { PageEvents } from './ipc/page-events'
import { registerRequests } from './ipc/register'
import { ExportDesk } from './export/export-desk'
import { exportHandlers } from './export/export-handlers'
import { markHandlers } from './marks/mark-handlers'
import { packetHandlers } from './packets/packet-handlers'
import { answerFields } from './payload/answer-fields'
import { PayloadClient } from './payload/payload-client'
import { compareHandlers } from './payload/compare-handlers'
import { documentHandlers } from './payload/document-handlers'
import { payloadHandlers } from './payload/payload-handlers'
import { savePayloadHandler } from './payload/save-payload'
import { NO_RECORDS, ProfileRecords, RECORDS_SCHEMA_VERSION, recordsDocumentSchema, type ProfileBound, type RecordsDocument } from './profile-records/profile-records'
import { PayloadFiles } from './publish/payload-files'
import { publishHandlers } from './publish/publish-handlers'
import { PublishHistory } from './publish/publish-history'
import { profileHandlers } from './profiles/profile-handlers'
import { KEEP_SECRETS } from './profiles/profile-secrets'
import { INITIAL_PROFILES, PROFILES_SCHEMA_VERSION, profilesDocumentSchema, ProfileStore } from './profiles/profile-store'
import { routesOf } from './proxy/routes-of'
import { schemaHandlers } from './schemas/schema-handlers'
import { SchemaKeeper } from './schemas/schema-keeper'
import { matrixHandlers } from './acl/matrix-handlers'
import { aclProbeHandlers } from './acl-probe/acl-probe-handlers'
import { retainedHandlers } from './retained/retained-handlers'
import { UndoShelf } from './retained/undo-shelf'
import { SecretBox } from './secrets/secret-box'
import { settingsHandlers } from './settings/settings-handlers'
import { INITIAL_SETTINGS, SETTINGS_SCHEMA_VERSION, settingsDocumentSchema, SettingsStore } from './settings/settings-store'
import { JsonStore, setAsideFiles, type SetAside, type Versioned } from './storage/json-store'
import { tableHandlers } from './table/table-handlers'
import { knownSources } from './transfer/known-sources'
import { transferHandlers } from './transfer/transfer-handlers'

/** The composition root: the only file that knows every room. */
function start(commandLine: CommandLine): void {
  const page = new PageEvents()
  const notices = new Notices((list) => page.send('notices.changed', list))
  const folder = app.getPath('userData')
  const setAside = ({ kind, ...details }: SetAside): void => {
    notices.raise(kind === 'corrupt' ? 'corrupt-file' : 'newer-file', { ...details, folder })
  }
  /** A document of this name in the user-data folder. */
  const documentOf = <Document extends Versioned>(name: string, schema: z.ZodType<Document>, schemaVersion: number, initial: Document): JsonStore<Document> =>
    new JsonStore({ folder, name, schema, schemaVersion, initial, setAside })

  const settings = new SettingsStore(
    documentOf('settings', settingsDocumentSchema, SETTINGS_SCHEMA_VERSION, INITIAL_SETTINGS),
    (error) => notices.raiseOnce('not-saved', { reason: error instanceof Error ? error.message : String(error), folder }),
  )
  nativeTheme.themeSource = settings.settings.theme

  const secrets = new SecretBox(safeStorage)
  const profileFile = documentOf('profiles', profilesDocumentSchema, PROFILES_SCHEMA_VERSION, INITIAL_PROFILES)
  const profiles: ProfileStore = new ProfileStore(profileFile, secrets, (list) => {
    page.send('profiles.changed', list)
    registry.profilesChanged(list)
    void expiries.setProfiles(list)
  })

  const certificates = new CertificateStore(join(folder, 'certificates'))
  // Profiles that were set aside may be put back by hand, and then want their certificates.
  if (setAsideFiles(folder, 'profiles').length === 0) {
    certificates.keepOnly(new Set(profiles.list().flatMap(({ tls }) => fileIdsOf(tls))))
  }

  const dates = new CertificateDates(certificates)
  const expiries = new ExpiryWatch((file, role) => dates.of(file, role), (list) => page.send('certificates.expiries-changed', [...list]))
  void expiries.setProfiles(profiles.list())
  expiries.start()

  const records: ProfileBound[] = []
  /** One thing for each profile, in a file of this name. */
  const recordsOf = <Value>(name: string, value: z.ZodType<Value>, nothing: Value, formerKey?: string): ProfileRecords<Value> => {
    const schema = recordsDocumentSchema(value, formerKey)
    const file = documentOf<RecordsDocument<Value>>(name, schema, RECORDS_SCHEMA_VERSION, NO_RECORDS)
    const kept = new ProfileRecords(file, nothing, (profileId) => profiles.list().some(({ id }) => id === profileId))
    records.push(kept)
    return kept
  }
  const dashboards = recordsOf('dashboards', dashboardSchema, NO_CHARTS)
  const marks = recordsOf('marks', marksSchema, NO_MARKS, 'marks')
  const tables = recordsOf('tables', tableSettingsSchema, DEFAULT_TABLE_SETTINGS)
  const publishTabs = recordsOf('publish-tabs', publishTabsSchema, NO_PUBLISH_TABS)
  const environments = recordsOf('environments', environmentsSchema, NO_ENVIRONMENTS)
  const published = new PublishHistory(
    recordsOf('publish-history', publishHistorySchema, []),
    (connectionId) => page.send('publish-history.changed', { connectionId }),
    (error) => notices.raiseOnce('not-saved', { reason: error instanceof Error ? error.message : String(error), folder }),
  )
  const schemas = new SchemaKeeper(recordsOf('schemas', schemaLibrarySchema, []), recordsOf('payload-rules', payloadRulesSchema, NO_RULES), ({ id }) => {
    const tab = registry.get(id)
    tab.setReadingRules(schemas.versionsOf(tab))
  })

  const madeFile = documentOf('made-certificates', madeCertificatesDocumentSchema, MADE_CERTIFICATES_SCHEMA_VERSION, INITIAL_MADE_CERTIFICATES)
  const made = new MadeCertificates(madeFile, new KeyFolder(join(folder, 'certificate-keys'), secrets))
  const viewer = new CertificateViewer(() => made.certificates())
  const filesOfProfiles = () =>
    profiles.list().flatMap(({ name: profileName, tls: { authority, certificate } }) =>
      [authority, certificate].flatMap((file) => (file === null ? [] : [{ file, profileName }])),
    )

  const encodeFor = async (connectionId: string, text: string, format: FormatChoice): Promise<Uint8Array<ArrayBuffer>> =>
    payloads.call('encode', text, format, schemas.loreOf(registry.get(connectionId)).schemasFor(format))

  const registry: ConnectionRegistry = new ConnectionRegistry(
    profiles,
    ({ protocol, tls }, passphrase) => {
      if (!usesTls(protocol)) return null
      const config = tlsConfigOf(tls, passphrase, certificates)
      if (tls.certificate !== null && config.identity.kind === 'pkcs12') dates.learn(tls.certificate, config.identity.bytes, passphrase)
      void expiries.look()
      return config
    },
    (draft, password) => routesOf(draft, password, (url) => session.defaultSession.resolveProxy(url)),
    (config, listener, connectionId) => {
      const engine = new EngineClient(config, listener, (text, format) => encodeFor(connectionId, text, format))
      // Before anything that reads by them.
      void engine.call('setReadingRules', schemas.versionsOf(registry.get(connectionId))).catch(() => undefined)
      return engine
    },
    () => keepingOf(settings.settings),
    {
      changed: (connections) => {
        page.send('connections.changed', connections)
        expiries.setServers(connections.map(({ id, source }) => ({
          ownerId: source.kind === 'profile' ? source.profileId : id,
          certificates: registry.get(id).peer?.certificates ?? [],
        })))
      },
      tabsChanged: () => {
        rememberTabs(registry, settings)
        published.flush()
        for (const kept of records) kept.tabsChanged(registry.list())
      },
      frame: (viewId, bytes) => page.send('views.frame', { viewId, bytes }),
      fields: (connection, request, engine) => {
        void answerFields(request, engine, schemas.loreOf(connection), fieldPayloads).catch(() => undefined)
      },
      publish: (connectionId, publishId, state) => {
        page.send('publishes.updated', { connectionId, publishId, state })
        published.settle(connectionId, publishId, state)
      },
      engineEnded: (connectionId) => {
        page.send('publishes.lost', { connectionId })
        published.engineEnded(connectionId)
      },
    },
  )
  const collectionsFile = documentOf('collections', collectionsDocumentSchema, COLLECTIONS_SCHEMA_VERSION, NO_COLLECTIONS)
  const collections = new CollectionStore(collectionsFile)
  const aclFile = documentOf('acl', aclDeskDocumentSchema, ACL_DESK_SCHEMA_VERSION, EMPTY_ACL_DESK)
  const aclDesk = new AclFileDesk(aclFile)
  const expectationsFile = documentOf('acl-expectations', expectationsDeskSchema, EXPECTATIONS_DESK_SCHEMA_VERSION, EMPTY_EXPECTATIONS_DESK)
  const views = new ViewRouter()
  const demoBroker = new DemoBroker()
  const payloads = new PayloadClient()
  const exports = new ExportDesk((progress) => page.send('exports.progress', progress))
  /** Of its own: what charts and tables read must not hold up what is looked at. */
  const fieldPayloads = new PayloadClient()
  /** A thread of its own: an expression that hangs keeps no payload from being shown. */
  const documents = new PayloadClient()

  const openDemo = async (): Promise<string> => {
    const plan = { source: { kind: 'demo' as const }, draft: demoDraft(await demoBroker.start()) }
    const open = registry.list().find(({ source }) => source.kind === 'demo')
    // A broker that was started again listens on another port.
    if (open !== undefined) registry.get(open.id).replan(plan)
    const id = open?.id ?? registry.openUnsaved({ plan, password: null, expandedTopics: DEMO_EXPANDED_TOPICS }).id
    await registry.connect(id)
    return id
  }
  const focus = (connectionId: string): void => {
    registry.select(connectionId)
    page.send('connections.focus', { connectionId })
  }
  const obey = async ({ demo, connections, problems }: CommandLine): Promise<void> => {
    for (const { code, details } of problems) notices.raise(code, details)
    for (const { draft, password } of connections) {
      const plan = { source: { kind: 'command-line' as const }, draft }
      const { id } = registry.openUnsaved({ plan, password, expandedTopics: [] })
      focus(id)
      await registry.connect(id)
    }
    if (demo) focus(await openDemo())
  }
  const obeyOrSay = (given: CommandLine): void => {
    obey(given).catch((error: unknown) => {
      notices.raise('launch-failed', { reason: error instanceof Error ? error.message : String(error) })
    })
  }

  registerRequests(
    ipcMain,
    {
      ...appHandlers(notices, () => secrets.canEncrypt(), () => registry.selectedId),
      ...settingsHandlers(settings, ({ theme }) => {
        nativeTheme.themeSource = theme
        registry.keepingChanged()
      }),
      ...profileHandlers(profiles, (profileId) => {
        for (const kept of records) kept.profileDeleted(profileId)
      }),
      ...aclHandlers(aclDesk, dialog),
      ...expectationsHandlers(new ExpectationsDesk(expectationsFile, () => aclDesk.path), dialog),
      ...markHandlers(marks, (connectionId) => registry.get(connectionId)),
      ...certificateHandlers(certificates, dialog, expiries),
      ...transferHandlers({
        listProfiles: () => profiles.list(),
        saveProfiles: (changed) => profiles.saveAll(changed),
        secretOf: (profileId, name) => profiles.secretOf(profileId, name),
        shelf: certificates,
        readCertificate: (file, purpose) => certificates.read(file, purpose),
        publicPartOf: (bytes) => certificatesIn(bytes).join('\n') || null,
        knownSources: () => knownSources(process.platform, process.env),
        dialog,
      }),
      ...certificatePageHandlers(made, viewer, certificates, filesOfProfiles, dialog),
      ...collectionHandlers(collections, {
        tabOf: (connectionId) => registry.get(connectionId),
        encode: encodeFor,
        readRows: (bytes) => payloads.call('readRows', bytes),
        variablesOf: (tab) => Object.fromEntries(environmentVariables(environments.read(tab))),
        dialog,
      }),
      ...payloadHandlers((connectionId) => registry.get(connectionId), (connectionId) => schemas.loreOf(registry.get(connectionId)), payloads),
      ...documentHandlers((connectionId) => registry.get(connectionId), (connectionId) => schemas.loreOf(registry.get(connectionId)), documents),
      ...compareHandlers((connectionId) => registry.get(connectionId), (connectionId) => schemas.loreOf(registry.get(connectionId)), documents),
      ...savePayloadHandler((connectionId, sequence) => registry.get(connectionId).call('readWhole', sequence), dialog),
      ...schemaHandlers(
        schemas,
        {
          inspectSchemas: (files, wanted) => payloads.call('inspectSchemas', files, wanted),
          validateJson: (text, files, schemaId) => payloads.call('validateJson', text, files, schemaId),
        },
        (connectionId) => registry.get(connectionId),
        dialog,
      ),
      ...matrixHandlers(dialog),
      ...aclProbeHandlers((connectionId) => registry.get(connectionId)),
      ...retainedHandlers((connectionId) => registry.get(connectionId), new UndoShelf()),
      ...chartHandlers({ dashboards, tabOf: (connectionId) => registry.get(connectionId), readPoints: (viewId, at) => views.readPoints(viewId, at), dialog }),
      ...publishHandlers((connectionId) => registry.get(connectionId), new PayloadFiles(dialog), published, publishTabs, environments),
      ...packetHandlers((connectionId) => registry.get(connectionId), dialog),
      ...tableHandlers(tables, (connectionId) => registry.get(connectionId)),
      ...exportHandlers((connectionId) => registry.get(connectionId).engine, exports, dialog),
      ...connectionHandlers(registry, views, {
        openDemo,
        saveProfile: async (draft, password) => {
          const change = await keepAsSafelyAsPossible(secrets, password)
          return profiles.save(null, draft, { ...KEEP_SECRETS, password: change })
        },
        changeProfile: (profileId, draft) => profiles.save(profileId, draft, KEEP_SECRETS),
        keepAuthority: (certificate, tls) => withAuthority(certificates, tls, certificate),
      }),
    },
    ({ senderFrame }) => senderFrame !== null && senderFrame.parent === null && isPageUrl(senderFrame.url),
  )

  reopenTabs(registry, settings)
  servePage(join(__dirname, '../renderer'))
  installAppMenu(process.platform)
  const window = createMainWindow({
    preload: join(__dirname, '../preload/index.js'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    state: settings.window,
    remember: (state) => settings.rememberWindow(state),
  })
  page.attach(window.webContents)
  // A page that is reloaded forgets its views.
  window.webContents.on('did-navigate', () => void views.closeAll())
  void window.loadURL(pageUrl())

  obeyOrSay(commandLine)
  if (commandLine.screenshot !== null) void saveScreenshotAndQuit(window, commandLine.screenshot)
  onSecondLaunch((args, workingDirectory) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    obeyOrSay(withAbsolutePaths(parseCommandLine(args), workingDirectory))
  })
  sayGoodbyeBeforeQuit(window, {
    mayQuit: async () => mayEndRuns(window, await registry.runsUnderWay()),
    goodbye: () => {
      published.flush()
      return Promise.all([registry.stopAll(), demoBroker.stop(), payloads.stop(), documents.stop(), fieldPayloads.stop(), exports.stop()])
    },
  })
}

/** Encrypted where the system can; else it lasts until the app closes: unencrypted only when the user says so. */
async function keepAsSafelyAsPossible(secrets: SecretBox, password: string | null): Promise<PasswordChange> {
  if (password === null) return { kind: 'clear' }
  return { kind: 'set', password, storage: (await secrets.canEncrypt()) ? 'encrypted' : 'session' }
}

if (becomeOnlyInstance()) {
  registerPageScheme()
  lockDown()
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => start(withAbsolutePaths(parseCommandLine(ownArguments()), process.cwd())))
} else {
  app.quit()
}
