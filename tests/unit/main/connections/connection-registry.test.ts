import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/app-error'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { NOTHING_KEPT } from '@shared/message/outbox'
import type { Connection } from '@shared/connection/connection'
import type { Profile } from '@shared/profile/profile'
import type { SecretName } from '@shared/profile/secret'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { ConnectionRegistry, type FindRoutes, type ReadTls, type UnsavedConnection } from '../../../../src-main/connections/connection-registry'
import type { Header, Route, TlsConfig } from '../../../../src-main/engine/engine-api'
import { BROKER } from '../../../support/connection-status'
import { FakeEngines } from '../support/fake-engine'
import { settle } from '../support/fake-session'
import { draftOf, profileOf } from '../support/profile-store-bench'

const PROFILE_A = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3a'
const PROFILE_B = '6f3c9ad0-5f0e-4f70-9a3d-2f6f0c1d2e3b'
const CANARY = 'canary-5ecret'

const DIRECT: Route = { kind: 'direct' }
const TLS_CONFIG: TlsConfig = { ...DEFAULT_TLS, authorities: null, identity: { kind: 'none' }, pinnedFingerprints: [] }

const unsaved = (name: string, password: string | null = null): UnsavedConnection => ({
  plan: { source: { kind: 'command-line' }, draft: draftOf(name) },
  password,
  expandedTopics: [],
})

let engines: FakeEngines
let profiles: Map<string, Profile>
let passwords: Map<string, Promise<string>>
let passphrases: Map<string, Promise<string>>
let proxyPasswords: Map<string, Promise<string>>
let headers: Map<string, Header[]>
let findRoutes: ReturnType<typeof vi.fn<FindRoutes>>
let readTls: ReturnType<typeof vi.fn<ReadTls>>
let announced: Connection[][]
let heard: unknown[]
let tabsChanged: ReturnType<typeof vi.fn<() => void>>
let registry: ConnectionRegistry

beforeEach(() => {
  engines = new FakeEngines()
  profiles = new Map([PROFILE_A, PROFILE_B].map((id, index) => [id, profileOf(id, 'AB'.charAt(index))]))
  passwords = new Map()
  passphrases = new Map()
  proxyPasswords = new Map()
  headers = new Map()
  readTls = vi.fn<ReadTls>(() => TLS_CONFIG)
  findRoutes = vi.fn<FindRoutes>(() => Promise.resolve([DIRECT]))
  announced = []
  heard = []
  tabsChanged = vi.fn<() => void>()
  const secrets: Partial<Record<SecretName, Map<string, Promise<string>>>> = { password: passwords, passphrase: passphrases, proxyPassword: proxyPasswords }
  const source = {
    get: (id: string) => {
      const profile = profiles.get(id)
      if (profile === undefined) throw new AppError('profile-not-found', 'gone')
      return profile
    },
    secretOf: (id: string, name: SecretName) => secrets[name]?.get(id) ?? Promise.resolve(null),
    headersOf: (id: string) => Promise.resolve(headers.get(id) ?? []),
  }
  registry = new ConnectionRegistry(source, readTls, findRoutes, engines.start, () => ({ logBudgetBytes: 16, forgetClearedTopics: false }), {
    changed: (connections) => announced.push(connections),
    tabsChanged,
    fields: () => undefined, engineEnded: () => undefined, frame: (viewId) => heard.push(['frame', viewId]),
    publish: (connectionId, publishId, state) => heard.push(['publish', connectionId, publishId, state.kind]),
  })
})

const names = (): string[] => registry.list().map(({ name }) => name)

describe('tabs', () => {
  it('there is one for each profile, several at once', () => {
    const a = registry.openProfile(PROFILE_A)
    const b = registry.openProfile(PROFILE_B)
    expect(registry.openProfile(PROFILE_A)).toBe(a)
    expect(names()).toEqual(['A', 'B'])
    expect(registry.get(b.id)).toBe(b)
    expect(engines.started).toEqual([])
  })

  it('what came by command line gets one each time', () => {
    registry.openUnsaved(unsaved('x'))
    registry.openUnsaved(unsaved('x'))
    expect(names()).toEqual(['x', 'x'])
  })

  it('there is none of a profile that is not there', () => {
    expect(() => registry.openProfile(CANARY)).toThrow(expect.objectContaining({ code: 'profile-not-found' }))
    expect(() => registry.get(CANARY)).toThrow(expect.objectContaining({ code: 'connection-not-found' }))
    expect(registry.list()).toEqual([])
  })

  it('there are 64 at the most', async () => {
    const tabs = Array.from({ length: 64 }, () => registry.openUnsaved(unsaved('x')))
    expect(() => registry.openProfile(PROFILE_A)).toThrow(expect.objectContaining({ code: 'too-many', details: { limit: 64 } }))
    await registry.close(tabs[0]?.id ?? '')
    registry.openProfile(PROFILE_A)
    expect(registry.openProfile(PROFILE_A).describe().name).toBe('A')
  })

  it('that are closed end their engine and leave the others alone', async () => {
    const [a, b] = [registry.openProfile(PROFILE_A), registry.openProfile(PROFILE_B)]
    await registry.connect(a.id)
    await registry.connect(b.id)
    await registry.close(a.id)
    expect(names()).toEqual(['B'])
    expect(engines.started.map(({ stopped }) => stopped)).toEqual([1, 0])
    await expect(registry.close(a.id)).rejects.toMatchObject({ code: 'connection-not-found' })
    expect(registry.openProfile(PROFILE_A)).not.toBe(a)
  })

  it('one of them is selected, or none', async () => {
    const [a, b] = [registry.openProfile(PROFILE_A), registry.openProfile(PROFILE_B)]
    registry.select(a.id)
    expect(registry.selectedId).toBe(a.id)
    await registry.close(b.id)
    expect(registry.selectedId).toBe(a.id)
    await registry.close(a.id)
    expect(registry.selectedId).toBeNull()
    registry.select(a.id)
    expect(registry.selectedId).toBeNull()
  })

  it('are told of whenever there are others, or another is selected', async () => {
    const changes = async (action: () => unknown): Promise<boolean> => {
      tabsChanged.mockClear()
      await action()
      return tabsChanged.mock.calls.length > 0
    }
    expect(await changes(() => registry.openProfile(PROFILE_A))).toBe(true)
    expect(await changes(() => registry.openProfile(PROFILE_A))).toBe(false)
    const { id } = registry.openUnsaved(unsaved('x'))
    expect(await changes(() => registry.select(id))).toBe(true)
    expect(await changes(() => registry.adopt(id, profileOf(PROFILE_B, 'B')))).toBe(true)
    expect(await changes(() => registry.close(id))).toBe(true)
  })

  it('end all together', async () => {
    for (const id of [PROFILE_A, PROFILE_B]) await registry.connect(registry.openProfile(id).id)
    await registry.stopAll()
    expect(engines.started.map(({ stopped }) => stopped)).toEqual([1, 1])
  })
})

describe('connecting', () => {
  it('uses the profile as it is now, with its password', async () => {
    const { id } = registry.openProfile(PROFILE_A)
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'renamed', { host: 'moved', passwordStorage: 'plain' }))
    passwords.set(PROFILE_A, Promise.resolve(CANARY))
    await registry.connect(id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ host: 'moved', password: CANARY, clientId: 'client-of-renamed' }]])
    expect(names()).toEqual(['renamed'])
    expect(JSON.stringify([registry.list(), announced])).not.toContain(CANARY)
  })

  it('uses the password of the command line', async () => {
    const { id } = registry.openUnsaved(unsaved('x', CANARY))
    await registry.connect(id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ password: CANARY }]])
    expect(JSON.stringify([registry.list(), announced])).not.toContain(CANARY)
  })

  it('asks for a password that was kept for the last session', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { passwordStorage: 'session' }))
    const { id } = registry.openProfile(PROFILE_A)
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'password-needed', details: { profile: 'A' } })
    expect(engines.started).toEqual([])
    passwords.set(PROFILE_A, Promise.resolve('typed again'))
    await registry.connect(id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ password: 'typed again' }]])
  })

  it('says when the keyring does not give the password', async () => {
    passwords.set(PROFILE_A, Promise.reject(new AppError('keyring-unavailable', 'locked')))
    const { id } = registry.openProfile(PROFILE_A)
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'keyring-unavailable' })
    expect(engines.started).toEqual([])
  })

  it('does not happen when the tab was closed while the keyring was asked', async () => {
    let give: (password: string) => void = () => undefined
    passwords.set(PROFILE_A, new Promise((resolve) => (give = resolve)))
    const { id } = registry.openProfile(PROFILE_A)
    const connecting = registry.connect(id)
    await registry.close(id)
    give(CANARY)
    await expect(connecting).rejects.toMatchObject({ code: 'connection-not-found' })
    expect(engines.started).toEqual([])
  })
})

describe('connecting with TLS', () => {
  const secure = (more: Partial<Profile> = {}): Profile => profileOf(PROFILE_A, 'A', { protocol: 'mqtts', ...more })

  it('reads the certificates of the profile as it is now, with their passphrase', async () => {
    const { id } = registry.openProfile(PROFILE_A)
    profiles.set(PROFILE_A, secure({ host: 'moved', passphraseStorage: 'plain' }))
    passphrases.set(PROFILE_A, Promise.resolve(CANARY))
    await registry.connect(id)
    expect(readTls).toHaveBeenCalledExactlyOnceWith({ ...draftOf('A'), protocol: 'mqtts', host: 'moved' }, CANARY)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ host: 'moved', tls: TLS_CONFIG, password: null }]])
    expect(JSON.stringify([registry.list(), announced])).not.toContain(CANARY)
  })

  it('asks for a passphrase that was kept for the last session', async () => {
    profiles.set(PROFILE_A, secure({ passphraseStorage: 'session' }))
    const { id } = registry.openProfile(PROFILE_A)
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'password-needed', details: { profile: 'A', secret: 'passphrase' } })
    expect(engines.started).toEqual([])
    passphrases.set(PROFILE_A, Promise.resolve('typed again'))
    await registry.connect(id)
    expect(readTls).toHaveBeenCalledExactlyOnceWith(expect.anything(), 'typed again')
  })

  it('asks for no passphrase, nor the keyring for it, when none is used', async () => {
    profiles.set(PROFILE_A, secure({ protocol: 'ws', passphraseStorage: 'session' }))
    passphrases.set(PROFILE_A, Promise.reject(new AppError('keyring-unavailable', 'locked')))
    passphrases.get(PROFILE_A)?.catch(() => undefined)
    await registry.connect(registry.openProfile(PROFILE_A).id)
    expect(readTls).toHaveBeenCalledExactlyOnceWith(expect.anything(), null)
  })

  it('does not happen when a certificate is gone', async () => {
    profiles.set(PROFILE_A, secure())
    readTls.mockImplementation(() => {
      throw new AppError('certificate-missing', 'gone', { name: 'ca.pem' })
    })
    await expect(registry.connect(registry.openProfile(PROFILE_A).id)).rejects.toMatchObject({ code: 'certificate-missing' })
    const { id } = registry.openUnsaved(unsaved('x'))
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'certificate-missing' })
    expect(engines.started).toEqual([])
  })

  it('works without a profile: what the command line asks for', async () => {
    const plan = { source: { kind: 'command-line' } as const, draft: draftOf('x', { protocol: 'wss' }) }
    await registry.connect(registry.openUnsaved({ plan, password: null, expandedTopics: [] }).id)
    expect(readTls).toHaveBeenCalledExactlyOnceWith(plan.draft, null)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ protocol: 'wss', tls: TLS_CONFIG }]])
  })
})

describe('changes of profiles', () => {
  it('reach their tabs; the tab of one that is gone stays as it was', async () => {
    for (const id of [PROFILE_A, PROFILE_B]) registry.openProfile(id)
    registry.openUnsaved(unsaved('x'))
    registry.profilesChanged([profileOf(PROFILE_B, 'new name', { host: 'elsewhere' })])
    expect(names()).toEqual(['A', 'new name', 'x'])
    await settle()
    expect(announced.at(-1)?.map(({ address }) => address)).toEqual(['mqtt://localhost:1883', 'mqtt://elsewhere:1883', 'mqtt://localhost:1883'])
  })

  it('make a tab that had no profile the tab of one, its connection untouched', async () => {
    const { id } = registry.openUnsaved(unsaved('x', CANARY))
    await registry.connect(id)
    registry.adopt(id, profileOf(PROFILE_A, 'kept'))
    expect(registry.get(id).describe()).toMatchObject({ name: 'kept', source: { kind: 'profile', profileId: PROFILE_A } })
    expect(registry.unsaved(id)).toBeUndefined()
    expect(registry.openProfile(PROFILE_A).id).toBe(id)
    expect(engines.last.calls).toHaveLength(1)
    passwords.set(PROFILE_A, Promise.resolve('of the profile'))
    await registry.connect(id)
    expect(engines.last.callsOf('connect').at(-1)).toMatchObject([{ password: 'of the profile' }])
  })
})

describe('what is told', () => {
  it('comes once for all changes of a turn', async () => {
    const { id } = registry.openProfile(PROFILE_A)
    await registry.connect(id)
    await settle()
    announced.length = 0
    for (let queued = 1; queued <= 100; queued += 1) engines.last.say({ kind: 'outbox', counts: { ...NOTHING_KEPT, queued } })
    expect(announced).toEqual([])
    await settle()
    expect(announced).toHaveLength(1)
    expect(announced[0]).toMatchObject([{ outbox: { queued: 100 } }])
    engines.last.say({ kind: 'outbox', counts: NOTHING_KEPT })
    await settle()
    expect(announced).toHaveLength(2)
  })

  it('names the tab of a publish', async () => {
    const [a, b] = [registry.openProfile(PROFILE_A), registry.openProfile(PROFILE_B)]
    await registry.connect(a.id)
    await registry.connect(b.id)
    engines.started.forEach((engine, index) => engine.say({ kind: 'publish', publishId: index, state: { kind: 'sent' } }))
    engines.last.say({ kind: 'frame', viewId: 9, bytes: new Uint8Array() })
    expect(heard).toEqual([['publish', a.id, 0, 'sent'], ['publish', b.id, 1, 'sent'], ['frame', 9]])
  })
})

it('needs authentication data only with their method and MQTT 5.0', async () => {
  const withMethod = (authenticationMethod: string, mqttVersion: Profile['mqttVersion']): void => {
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, authenticationMethod }
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { mqttVersion, connectOptions, authenticationDataStorage: 'session' }))
  }
  withMethod('TOKEN', 'automatic')
  const { id } = registry.openProfile(PROFILE_A)
  await expect(registry.connect(id)).rejects.toMatchObject({ code: 'password-needed', details: { secret: 'authenticationData' } })
  for (const [method, version] of [['TOKEN', '3.1.1'], ['', '5.0']] as const) {
    withMethod(method, version)
    await registry.connect(id)
    expect(engines.last.callsOf('connect').at(-1)).toMatchObject([{ authenticationData: null }])
  }
})

describe('connecting through a network', () => {
  const PROXY = { kind: 'socks5', host: 'proxy', port: 1080, username: 'ada' } as const
  const SYSTEM_ROUTES: Route[] = [{ ...PROXY, kind: 'http', username: '', password: null }, DIRECT]

  it('goes through the proxy of the profile as it is now, with its password', async () => {
    const { id } = registry.openProfile(PROFILE_A)
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxy: PROXY, proxyPasswordStorage: 'plain' }))
    proxyPasswords.set(PROFILE_A, Promise.resolve(CANARY))
    findRoutes.mockImplementation((_draft, password) => Promise.resolve([{ ...PROXY, password }]))
    await registry.connect(id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ routes: [{ ...PROXY, password: CANARY }], headers: [] }]])
    expect(registry.list()).toMatchObject([{ routes: ['socks5://proxy:1080'] }])
    expect(JSON.stringify([registry.list(), announced])).not.toMatch(/canary|ada/)
  })

  it('shows what the system named, as long as it is used', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxy: { kind: 'system' } }))
    findRoutes.mockResolvedValue(SYSTEM_ROUTES)
    const { id } = registry.openProfile(PROFILE_A)
    expect(registry.list()).toMatchObject([{ routes: null }])
    await registry.connect(id)
    engines.last.say({ kind: 'status', status: { phase: 'connecting', attempt: 1, broker: BROKER, lastFailure: null } })
    expect(registry.list()).toMatchObject([{ routes: ['http://proxy:1080', 'direct'] }])
    engines.last.say({ kind: 'status', status: { phase: 'offline' } })
    expect(registry.list()).toMatchObject([{ routes: null }])
  })

  it('asks the system for each broker, which may lie elsewhere', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxy: { kind: 'system' }, host: 'a', alternates: [{ host: 'b', port: 2 }] }))
    findRoutes.mockImplementation(({ host }) => Promise.resolve(host === 'b' ? SYSTEM_ROUTES : [DIRECT]))
    await registry.connect(registry.openProfile(PROFILE_A).id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ routes: [DIRECT], alternates: [{ host: 'b', port: 2, routes: SYSTEM_ROUTES }] }]])
  })

  it('does not happen when the system does not say how', async () => {
    findRoutes.mockRejectedValue(new AppError('system-proxy-unknown', 'late', { reason: 'late' }))
    await expect(registry.connect(registry.openProfile(PROFILE_A).id)).rejects.toMatchObject({ code: 'system-proxy-unknown' })
    await expect(registry.connect(registry.openUnsaved(unsaved('x')).id)).rejects.toMatchObject({ code: 'system-proxy-unknown' })
    expect(engines.started).toEqual([])
  })

  it('does not bring back what a profile said before it was saved again meanwhile', async () => {
    let answer: (password: string) => void = () => undefined
    passwords.set(PROFILE_A, new Promise((resolve) => (answer = resolve)))
    const connecting = registry.connect(registry.openProfile(PROFILE_A).id)
    const saved = profileOf(PROFILE_A, 'renamed')
    profiles.set(PROFILE_A, saved)
    registry.profilesChanged([saved])
    answer('x')
    await connecting
    expect(names()).toEqual(['renamed'])
  })

  it('leaves no failure of a further broker without one who hears of it', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxy: { kind: 'system' }, alternates: [{ host: 'b', port: 2 }, { host: 'c', port: 3 }] }))
    findRoutes.mockRejectedValue(new AppError('system-proxy-unknown', 'late', { reason: 'late' }))
    const unheard: unknown[] = []
    const listen = (reason: unknown) => unheard.push(reason)
    process.on('unhandledRejection', listen)
    await expect(registry.connect(registry.openProfile(PROFILE_A).id)).rejects.toMatchObject({ code: 'system-proxy-unknown' })
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(unheard).toEqual([])
  })

  it('asks for the proxy’s password that was kept for the last session, where one is used', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxy: PROXY, proxyPasswordStorage: 'session' }))
    const { id } = registry.openProfile(PROFILE_A)
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'password-needed', details: { secret: 'proxyPassword' } })
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { proxyPasswordStorage: 'session' }))
    await registry.connect(id)
    expect(findRoutes).toHaveBeenCalledExactlyOnceWith(draftOf('A'), null)
  })

  it('adds the headers of the profile, no others, to a WebSocket', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { protocol: 'ws', headerNames: ['Authorization'], headersStorage: 'plain' }))
    headers.set(PROFILE_A, [{ name: 'X-Old', value: 'old' }, { name: 'Authorization', value: CANARY }])
    await registry.connect(registry.openProfile(PROFILE_A).id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ headers: [{ name: 'Authorization', value: CANARY }] }]])
    expect(JSON.stringify([registry.list(), announced])).not.toContain(CANARY)
  })

  it('asks for a header’s value that is not there any more, where one is used', async () => {
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { protocol: 'ws', headerNames: ['Authorization'], headersStorage: 'session' }))
    const { id } = registry.openProfile(PROFILE_A)
    await expect(registry.connect(id)).rejects.toMatchObject({ code: 'password-needed', details: { secret: 'headers' } })
    profiles.set(PROFILE_A, profileOf(PROFILE_A, 'A', { protocol: 'mqtt', headerNames: ['Authorization'], headersStorage: 'session' }))
    await registry.connect(id)
    expect(engines.last.callsOf('connect')).toMatchObject([[{ headers: [] }]])
  })
})
