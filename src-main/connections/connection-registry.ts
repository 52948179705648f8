import type { RunUnderWay } from '@shared/collections/run'
import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import type { PublishState } from '@shared/message/publish'
import { usesTls, usesWebSocket, type Alternate, type PasswordStorage, type Profile, type ProfileDraft } from '@shared/profile/profile'
import type { SecretName } from '@shared/profile/secret'
import { hasReferences } from '@shared/profile/tls'
import { speaks5 } from '@shared/profile/version-rules'
import type { ConnectionConfig, EngineConfig, FieldsRequest, Header, Keeping, Route, TlsConfig } from '../engine/engine-api'
import { connectionConfigOf, type ConnectionPlan } from './connection-plan'
import { OpenConnection, type EngineRunner, type StartEngine } from './open-connection'

/** Most tabs at a time. */
const MAX_CONNECTIONS = 64

/** Where connections get a profile's values and password from. */
export interface ProfileSource {
  get(profileId: string): Profile
  /** Null when there is none, or it was kept for a session that is over. */
  secretOf(profileId: string, name: SecretName): Promise<string | null>
  /** Those of which there is a value. */
  headersOf(profileId: string): Promise<readonly Header[]>
}

/** Reads the certificate files a draft names. @throws {AppError} `certificate-missing` */
export type ReadTls = (draft: ProfileDraft, passphrase: string | null) => TlsConfig | null

/** The ways to the broker that a draft allows. @throws {AppError} `system-proxy-unknown` */
export type FindRoutes = (draft: ProfileDraft, proxyPassword: string | null) => Promise<readonly Route[]>

export interface RegistryListener {
  changed(connections: Connection[]): void
  /** Which tabs there are, or which is in front, changed. */
  tabsChanged(): void
  frame(viewId: number, bytes: Uint8Array<ArrayBuffer>): void
  publish(connectionId: string, publishId: number, state: PublishState): void
  /** `connection` may be closed already. */
  fields(connection: OpenConnection, request: FieldsRequest, engine: EngineRunner): void
  /** An engine has ended, and its publishes are nobody's any more: it died, or its tab is closed. */
  engineEnded(connectionId: string): void
}

/** A connection that no profile stands behind, with its password. */
export interface UnsavedConnection {
  readonly plan: ConnectionPlan
  readonly password: string | null
  readonly expandedTopics: readonly string[]
}

/** All tabs. Several may be connected at once, each with an engine of its own. */
export class ConnectionRegistry {
  readonly #connections = new Map<string, OpenConnection>()
  readonly #unsaved = new Map<string, UnsavedConnection>()
  #selectedId: string | null = null
  #announced = false

  constructor(
    private readonly profiles: ProfileSource,
    private readonly readTls: ReadTls,
    private readonly findRoutes: FindRoutes,
    private readonly startEngine: StartEngine,
    /** How engines keep what they receive, as of now. */
    private readonly keeping: () => Keeping,
    private readonly listener: RegistryListener,
  ) {}

  list(): Connection[] {
    return [...this.#connections.values()].map((connection) => connection.describe())
  }

  get selectedId(): string | null {
    return this.#selectedId
  }

  /** @throws {AppError} `connection-not-found` */
  get(connectionId: string): OpenConnection {
    const connection = this.#connections.get(connectionId)
    if (connection === undefined) throw new AppError('connection-not-found', 'There is no such connection')
    return connection
  }

  /** The tab of a profile: the one it has, or a new one. */
  openProfile(profileId: string): OpenConnection {
    for (const connection of this.#connections.values()) {
      if (connection.source.kind === 'profile' && connection.source.profileId === profileId) return connection
    }
    return this.#add({ source: { kind: 'profile', profileId }, draft: draftOf(this.profiles.get(profileId)) }, [])
  }

  /** A new tab for what was given on the command line, or the demo. */
  openUnsaved(unsaved: UnsavedConnection): OpenConnection {
    const connection = this.#add(unsaved.plan, unsaved.expandedTopics)
    this.#unsaved.set(connection.id, unsaved)
    return connection
  }

  /** What an unsaved connection was opened with, or undefined. */
  unsaved(connectionId: string): UnsavedConnection | undefined {
    return this.#unsaved.get(connectionId)
  }

  /** @throws {AppError} `password-needed` when the password was kept for the last session only. */
  async connect(connectionId: string): Promise<void> {
    const connection = this.get(connectionId)
    const { source } = connection
    if (source.kind !== 'profile') {
      const password = this.#unsaved.get(connectionId)?.password ?? null
      const { draft } = connection.plan
      const routes = await this.#routesOf(draft, null)
      await connection.connect(connectionConfigOf(draft, password, this.readTls(draft, null), { headers: [], ...routes }))
      return
    }
    const profile = this.profiles.get(source.profileId)
    const draft = draftOf(profile)
    const password = await this.#secretOf(profile, 'password', profile.passwordStorage)
    const passphrase = usesTls(draft.protocol) ? await this.#secretOf(profile, 'passphrase', profile.passphraseStorage) : null
    const readTls = (): TlsConfig | null => this.readTls(draft, passphrase)
    const tls = readTls()
    const headers = await this.#headersOf(profile)
    const routes = await this.#routesOf(draft, await this.#proxyPasswordOf(profile))
    const authenticationData = await this.#authenticationDataOf(profile)
    // The profile may have been saved again while the keyring was asked: an older plan must not come back.
    connection.replan({ source, draft: draftOf(this.profiles.get(source.profileId)) })
    const config = connectionConfigOf(draft, password, tls, { headers, ...routes }, authenticationData)
    await connection.connect(config, hasReferences(draft.tls) ? readTls : null)
  }

  /** The ways to each broker: the system may name another proxy for another host. */
  async #routesOf(draft: ProfileDraft, proxyPassword: string | null): Promise<Pick<ConnectionConfig, 'routes' | 'alternates'>> {
    const find = ({ host, port }: Alternate): Promise<readonly Route[]> => this.findRoutes({ ...draft, host, port }, proxyPassword)
    // All at once: where the system names none for any of them, each failure must find someone who waits for it.
    const [routes, ...others] = await Promise.all([find(draft), ...draft.alternates.map(find)])
    return { routes, alternates: draft.alternates.map((place, index) => ({ ...place, routes: others[index] ?? [] })) }
  }

  async #secretOf(profile: Profile, name: SecretName, storage: PasswordStorage): Promise<string | null> {
    const secret = await this.profiles.secretOf(profile.id, name)
    if (storage === 'session' && secret === null) throw secretNeeded(profile, name)
    return secret
  }

  async #proxyPasswordOf(profile: Profile): Promise<string | null> {
    const { kind } = profile.proxy
    if (kind === 'none' || kind === 'system') return null
    return this.#secretOf(profile, 'proxyPassword', profile.proxyPasswordStorage)
  }

  async #authenticationDataOf(profile: Profile): Promise<string | null> {
    // Without a method it is an error to send it [MQTT-3.1.2.11.10].
    if (profile.connectOptions.authenticationMethod === '' || !speaks5(profile.mqttVersion)) return null
    return this.#secretOf(profile, 'authenticationData', profile.authenticationDataStorage)
  }

  async #headersOf(profile: Profile): Promise<Header[]> {
    if (!usesWebSocket(profile.protocol) || profile.headerNames.length === 0) return []
    const values = new Map((await this.profiles.headersOf(profile.id)).map(({ name, value }) => [name, value]))
    return profile.headerNames.map((name) => {
      const value = values.get(name)
      if (value === undefined) throw secretNeeded(profile, 'headers')
      return { name, value }
    })
  }

  async close(connectionId: string): Promise<void> {
    const connection = this.get(connectionId)
    this.#connections.delete(connectionId)
    this.#unsaved.delete(connectionId)
    if (this.#selectedId === connectionId) this.#selectedId = null
    this.#announce()
    this.listener.tabsChanged()
    await connection.stop()
    this.listener.engineEnded(connectionId)
  }

  select(connectionId: string | null): void {
    this.#selectedId = connectionId !== null && this.#connections.has(connectionId) ? connectionId : null
    this.listener.tabsChanged()
  }

  /** Makes a tab that had none the tab of a profile. */
  adopt(connectionId: string, profile: Profile): void {
    const connection = this.get(connectionId)
    this.#unsaved.delete(connectionId)
    connection.replan({ source: { kind: 'profile', profileId: profile.id }, draft: draftOf(profile) })
    this.listener.tabsChanged()
  }

  /** Shows changed names and addresses on the tabs of saved profiles; a profile that is gone leaves its tab as it is. */
  profilesChanged(profiles: readonly Profile[]): void {
    for (const connection of this.#connections.values()) {
      const { source } = connection
      if (source.kind !== 'profile') continue
      const profile = profiles.find(({ id }) => id === source.profileId)
      if (profile !== undefined) connection.replan({ source, draft: draftOf(profile) })
    }
  }

  /** Tells all engines how to keep what they receive from now on. */
  keepingChanged(): void {
    for (const connection of this.#connections.values()) connection.configure(this.keeping())
  }

  /** Runs under way on any tab, with the name of the tab. */
  async runsUnderWay(): Promise<(RunUnderWay & { connection: string })[]> {
    const lists = [...this.#connections.values()].map(async (connection) => {
      const { name } = connection.plan.draft
      return (await connection.runsUnderWay()).map((run) => ({ ...run, connection: name }))
    })
    return (await Promise.all(lists)).flat()
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((connection) => connection.stop()))
  }

  #add(plan: ConnectionPlan, expandedTopics: readonly string[]): OpenConnection {
    if (this.#connections.size >= MAX_CONNECTIONS) {
      throw new AppError('too-many', 'Too many connections are open', { limit: MAX_CONNECTIONS })
    }
    const config: EngineConfig = { ...this.keeping(), expandedTopics }
    const connection: OpenConnection = new OpenConnection(plan, config, this.startEngine, {
      changed: () => this.#announce(),
      frame: (viewId, bytes) => this.listener.frame(viewId, bytes),
      fields: (request, engine) => this.listener.fields(connection, request, engine),
      crashed: () => this.listener.engineEnded(connection.id),
      publish: (publishId, state) => this.listener.publish(connection.id, publishId, state),
    })
    this.#connections.set(connection.id, connection)
    this.#announce()
    this.listener.tabsChanged()
    return connection
  }

  /** Tells of all changes of one turn at once. */
  #announce(): void {
    if (this.#announced) return
    this.#announced = true
    queueMicrotask(() => {
      this.#announced = false
      this.listener.changed(this.list())
    })
  }
}

function secretNeeded({ name }: Profile, secret: SecretName): AppError {
  return new AppError('password-needed', `The ${secret} was kept until Pubscope closed`, { profile: name, secret })
}

function draftOf(profile: Profile): ProfileDraft {
  const { id: _id, passwordStorage: _password, passphraseStorage: _passphrase, ...more } = profile
  const { proxyPasswordStorage: _proxyPassword, headersStorage: _headers, authenticationDataStorage: _data, ...draft } = more
  return draft
}
