import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import { connectionSchema, type ConnectionStatus } from '@shared/connection/connection'
import type { TlsPeer } from '@shared/connection/tls-peer'
import { AppError } from '@shared/ipc/app-error'
import { DEFAULT_TLS } from '@shared/profile/tls'
import type { ViewSpec } from '@shared/views/view-spec'
import { connectionConfigOf, type ConnectionPlan } from '../../../../src-main/connections/connection-plan'
import { OpenConnection } from '../../../../src-main/connections/open-connection'
import type { TlsConfig } from '../../../../src-main/engine/engine-api'
import { BROKER, ONLINE, someFailure } from '../../../support/connection-status'
import { FakeEngines } from '../support/fake-engine'
import { settle } from '../support/fake-session'
import { draftOf } from '../support/profile-store-bench'

const TREE: ViewSpec = { kind: 'tree', firstRow: 0, rowCount: 10, sort: 'name', liveSort: true, search: '', hidden: [], changedAfter: null }
const STATISTICS: ViewSpec = { kind: 'statistics' }
const UNAVAILABLE = expect.objectContaining({ code: 'engine-unavailable' }) as Error
const planOf = (name: string, more = {}): ConnectionPlan => ({ source: { kind: 'command-line' }, draft: draftOf(name, more) })
const DIRECTLY = { headers: [], routes: [{ kind: 'direct' as const }], alternates: [] }
const CONFIG = connectionConfigOf(draftOf('a'), null, null, DIRECTLY)

let engines: FakeEngines
let heard: unknown[]

function open(plan = planOf('a')): OpenConnection {
  return new OpenConnection(plan, { logBudgetBytes: 9, forgetClearedTopics: false, expandedTopics: ['x'] }, engines.start, {
    changed: () => heard.push('changed'),
    frame: (viewId, bytes) => heard.push(['frame', viewId, bytes.byteLength]),
    publish: (publishId, state) => heard.push(['publish', publishId, state.kind]),
    fields: ({ requestId }, engine) => heard.push(['fields', requestId, engine]),
    crashed: () => heard.push('crashed'),
  })
}

beforeEach(() => {
  engines = new FakeEngines()
  heard = []
})

describe('OpenConnection', () => {
  it('describes itself before anything runs', () => {
    const connection = open(planOf('Kitchen', { host: '::1', username: 'ada', clientId: 'me', subscriptions: [{ filter: 'a/#', qos: 1 }] }))
    expect(connection.describe()).toEqual({
      id: connection.id,
      name: 'Kitchen',
      source: { kind: 'command-line' },
      address: 'mqtt://[::1]:1883',
      routes: ['direct'],
      tlsChecks: null,
      username: 'ada',
      clientId: 'me',
      asked: askedOf(draftOf('Kitchen', { clientId: 'me' })),
      status: { phase: 'offline' },
      subscriptions: [{ filter: 'a/#', qos: 1, state: { kind: 'waiting' } }],
      outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
      paused: false,
    })
    expect(connectionSchema.safeParse(connection.describe()).success).toBe(true)
    expect(engines.started).toEqual([])
  })

  it('starts its engine when it is first needed, and only then', async () => {
    const connection = open()
    await connection.disconnect()
    await connection.closeView(1)
    connection.replan(planOf('b'))
    await connection.stop()
    expect(engines.started).toEqual([])
    const other = open()
    await other.connect(CONFIG)
    await other.call('unsubscribe', 'a')
    await other.openView(1, TREE)
    expect(engines.started).toHaveLength(1)
    expect(engines.last.config).toEqual({ logBudgetBytes: 9, forgetClearedTopics: false, expandedTopics: ['x'] })
    expect(engines.last.calls).toEqual([['connect', CONFIG], ['unsubscribe', 'a'], ['openView', 1, TREE]])
  })

  it('opens the view that started the engine once, and leaves its credit to the page', async () => {
    const connection = open()
    await connection.openView(1, TREE)
    await settle()
    expect(engines.last.calls).toEqual([['openView', 1, TREE]])
  })

  it('shows what its engine says, and passes frames and publishes on', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    const subscriptions = [{ filter: '#', qos: 0, state: { kind: 'granted', qos: 0 } } as const]
    engines.last.say({ kind: 'status', status: ONLINE })
    engines.last.say({ kind: 'subscriptions', subscriptions })
    engines.last.say({ kind: 'outbox', counts: { queued: 1, inFlight: 2, unconfirmed: 3 } })
    expect(connection.describe()).toMatchObject({ status: ONLINE, subscriptions, outbox: { queued: 1, inFlight: 2, unconfirmed: 3 } })
    engines.last.say({ kind: 'frame', viewId: 4, bytes: new Uint8Array(5) })
    engines.last.say({ kind: 'publish', publishId: 6, state: { kind: 'sent' } })
    expect(heard).toEqual(['changed', 'changed', 'changed', ['frame', 4, 5], ['publish', 6, 'sent']])
  })

  it('is paused when the engine is', async () => {
    const connection = open()
    await connection.setPaused(true)
    expect(connection.describe().paused).toBe(true)
    expect(engines.last.callsOf('setPaused')).toEqual([[true]])
    engines.last.answers.set('setPaused', new Error('no'))
    await expect(connection.setPaused(false)).rejects.toThrow('no')
    expect(connection.describe().paused).toBe(true)
  })

  it('takes changed values of its profile, what the broker said untouched', async () => {
    const connection = open()
    const filters = { subscriptions: [{ filter: 'new', qos: 2 as const }] }
    connection.replan(planOf('b', filters))
    expect(connection.describe()).toMatchObject({ name: 'b', subscriptions: [{ filter: 'new' }] })
    await connection.connect(CONFIG)
    engines.last.say({ kind: 'subscriptions', subscriptions: [{ filter: 'new', qos: 2, state: { kind: 'granted', qos: 2 } }] })
    connection.replan(planOf('c', { subscriptions: [] }))
    expect(connection.describe()).toMatchObject({ name: 'c', subscriptions: [{ filter: 'new', state: { kind: 'granted' } }] })
  })
})

it('tells what the connection there is was asked for, whatever the profile says meanwhile', async () => {
  const connection = open(planOf('a', { keepaliveSeconds: 7 }))
  await connection.connect(connectionConfigOf(draftOf('a', { keepaliveSeconds: 7 }), null, null, DIRECTLY))
  engines.last.say({ kind: 'status', status: ONLINE })
  connection.replan(planOf('a', { keepaliveSeconds: 8 }))
  expect(connection.describe().asked.keepaliveSeconds).toBe(7)
  engines.last.say({ kind: 'status', status: { phase: 'offline' } })
  expect(connection.describe().asked.keepaliveSeconds).toBe(8)
})

describe('what is checked with TLS', () => {
  const tlsOf = (verifyCertificate: boolean): TlsConfig => ({ ...DEFAULT_TLS, verifyCertificate, authorities: null, identity: { kind: 'none' }, pinnedFingerprints: [] })
  const secure = (verifyCertificate: boolean): ConnectionPlan => planOf('a', { protocol: 'mqtts', tls: { ...DEFAULT_TLS, verifyCertificate } })
  const CHECKED = { certificate: true, hostName: true, verifiedBy: null }
  const UNCHECKED = { certificate: false, hostName: true, verifiedBy: null }

  it('is what the profile says, while there is no connection', () => {
    const connection = open(secure(true))
    expect(connection.describe().tlsChecks).toEqual(CHECKED)
    connection.replan(secure(false))
    expect(connection.describe().tlsChecks).toEqual(UNCHECKED)
    connection.replan(planOf('a', { protocol: 'ws' }))
    expect(connection.describe().tlsChecks).toBeNull()
  })

  it('is what the connection was made with, whatever the profile says meanwhile', async () => {
    const connection = open(secure(false))
    await connection.connect(connectionConfigOf(draftOf('a'), null, tlsOf(false), DIRECTLY))
    engines.last.say({ kind: 'status', status: ONLINE })
    connection.replan(secure(true))
    expect(connection.describe().tlsChecks).toEqual(UNCHECKED)
    // The engine is online and does not connect again.
    await connection.connect(connectionConfigOf(draftOf('a'), null, tlsOf(true), DIRECTLY))
    expect(connection.describe().tlsChecks).toEqual(UNCHECKED)
    engines.last.say({ kind: 'status', status: { phase: 'offline' } })
    expect(connection.describe().tlsChecks).toEqual(CHECKED)
  })

  it('says what came of it, and shows the server, as long as there is a connection', async () => {
    const peer: TlsPeer = { verifiedBy: 'pin', protocol: 'TLSv1.3', cipher: 'x', alpn: null, certificates: [] }
    const connection = open(secure(true))
    await connection.connect(connectionConfigOf(draftOf('a'), null, tlsOf(true), DIRECTLY))
    engines.last.say({ kind: 'peer', peer })
    expect(connection.peer).toBeNull()
    engines.last.say({ kind: 'status', status: ONLINE })
    expect(connection.peer).toEqual(peer)
    expect(connection.describe().tlsChecks).toEqual({ ...CHECKED, verifiedBy: 'pin' })
    engines.last.say({ kind: 'status', status: { phase: 'offline' } })
    expect(connection.peer).toBeNull()
    expect(connection.describe().tlsChecks).toEqual(CHECKED)
  })
})

describe('files that may change on disk', () => {
  const TLS: TlsConfig = { ...DEFAULT_TLS, authorities: null, identity: { kind: 'none' }, pinnedFingerprints: [] }
  const AWAY: ConnectionStatus = { phase: 'reconnecting', attempt: 2, nextAttemptAtMs: 1, failure: someFailure(), broker: BROKER, failures: [] }

  it('are read anew before each attempt to reconnect', async () => {
    const connection = open()
    const readTls = vi.fn(() => ({ ...TLS, serverName: 'renewed' }))
    await connection.connect(CONFIG, readTls)
    expect(readTls).not.toHaveBeenCalled()
    engines.last.say({ kind: 'status', status: AWAY })
    engines.last.say({ kind: 'status', status: AWAY })
    expect(engines.last.callsOf('renewTls')).toEqual([[{ ...TLS, serverName: 'renewed' }], [{ ...TLS, serverName: 'renewed' }]])
  })

  it('count as they were when they cannot be read just then', async () => {
    const connection = open()
    await connection.connect(CONFIG, () => {
      throw new AppError('certificate-unusable', 'half written')
    })
    engines.last.say({ kind: 'status', status: AWAY })
    expect(engines.last.callsOf('renewTls')).toEqual([])
    expect(connection.describe().status.phase).toBe('reconnecting')
  })

  it('are none of a profile that has copies', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    engines.last.say({ kind: 'status', status: AWAY })
    expect(engines.last.callsOf('renewTls')).toEqual([])
  })
})

describe('an engine that crashes', () => {
  it('shows as a failure that can be read, with nothing left of what was', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    await connection.setPaused(true)
    engines.last.say({ kind: 'outbox', counts: { queued: 1, inFlight: 2, unconfirmed: 3 } })
    engines.last.say({ kind: 'subscriptions', subscriptions: [] })
    engines.last.crash('heap out of memory')
    expect(connection.describe()).toMatchObject({
      status: { phase: 'failed', failure: { code: 'engine-crashed', detail: 'heap out of memory', permanent: true } },
      subscriptions: draftOf('a').subscriptions,
      outbox: { queued: 0, inFlight: 0, unconfirmed: 0 },
      paused: false,
    })
    expect(connectionSchema.safeParse(connection.describe()).success).toBe(true)
    expect(heard.at(-1)).toBe('changed')
  })

  it('fails the calls under way and starts nothing by itself', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    const release = engines.last.hold()
    const call = connection.call('readWhole', 1).catch((error: unknown) => error)
    engines.last.crash()
    release()
    expect(await call).toEqual(UNAVAILABLE)
    await connection.disconnect()
    expect(engines.started).toHaveLength(1)
  })

  it('is told of, and does not have the answers to its questions go to the next one', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    const asker = engines.last
    asker.say({ kind: 'fields', request: { requestId: 1, messages: [], paths: [], mostCharacters: 1 } })
    asker.crash()
    expect(heard).toContainEqual(['fields', 1, asker])
    expect(heard).toContain('crashed')
    await connection.connect(CONFIG)
    expect(engines.last).not.toBe(asker)
    await expect(asker.call('takeFields', 1, [])).rejects.toEqual(UNAVAILABLE)
    expect(engines.last.callsOf('takeFields')).toEqual([])
  })

  it('is followed by a new one at the next use, which shows what the page looks at', async () => {
    const connection = open()
    await connection.openView(1, TREE)
    await connection.openView(2, STATISTICS)
    await connection.openView(3, STATISTICS)
    await connection.updateView(1, { ...TREE, search: 'x' })
    await connection.closeView(3)
    engines.last.crash()
    await connection.connect(CONFIG)
    await settle()
    expect(engines.started).toHaveLength(2)
    expect(engines.last.callsOf('connect')).toEqual([[CONFIG]])
    expect(engines.last.callsOf('openView')).toEqual([[1, { ...TREE, search: 'x' }], [2, STATISTICS]])
    expect(engines.last.callsOf('acknowledgeView')).toEqual([[1], [2]])
  })

  it('twice is no trouble either', async () => {
    const connection = open()
    await connection.openView(1, TREE)
    engines.last.crash()
    await connection.connect(CONFIG)
    engines.last.crash('again')
    await settle()
    expect(connection.describe().status).toMatchObject({ failure: { detail: 'again' } })
    await connection.connect(CONFIG)
    expect(engines.started).toHaveLength(3)
  })
})

describe('a connection that was stopped', () => {
  it('ends its engine', async () => {
    const connection = open()
    await connection.connect(CONFIG)
    await connection.stop()
    await connection.stop()
    expect(engines.last.stopped).toBe(1)
  })

  it('never starts another, whatever was on its way', async () => {
    const connection = open()
    await connection.openView(1, TREE)
    await connection.stop()
    const GONE = expect.objectContaining({ code: 'connection-not-found' }) as Error
    await expect(connection.connect(CONFIG)).rejects.toEqual(GONE)
    await expect(connection.call('acknowledgeView', 1)).rejects.toEqual(GONE)
    await expect(connection.openView(2, TREE)).rejects.toEqual(GONE)
    await expect(connection.setPaused(true)).rejects.toEqual(GONE)
    expect(engines.started).toHaveLength(1)
  })
})
