import type { Connection } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import { secretNameSchema, type SecretName } from '@shared/profile/secret'
import type { Subscription } from '@shared/profile/subscription'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunUnderWay } from '@shared/collections/run'
import { listen, request } from '../../bridge/client'
import { isEngaged } from './phase-look'

/** A tab that is to be closed, and what would go with it. */
export interface ClosingTab {
  readonly id: string
  readonly name: string
  /** Publishes that have not come to an end. */
  readonly unfinished: number
  readonly runs: readonly RunUnderWay[]
}

function unfinishedOf({ outbox }: Connection): number {
  return outbox.queued + outbox.inFlight + outbox.unconfirmed
}

/** The open tabs and which of them is in front. Main owns the connections; this mirrors what it says. */
export const useConnectionsStore = defineStore('connections', () => {
  const connections = shallowRef<readonly Connection[]>([])
  const activeId = ref<string | null>(null)
  /** Tabs that have shown a topic tree: they keep it while the connection is away. */
  const withTopics = ref<ReadonlySet<string>>(new Set())

  /** Tabs that have been online since they were last told to connect: a flapping connection does not turn their page. */
  const hasBeenOnline = ref<ReadonlySet<string>>(new Set())

  /** The tab whose closing waits for the user's word. */
  const closing = shallowRef<ClosingTab | null>(null)

  /** Whether the details of the tab in front are shown. */
  const showingDetails = ref(false)

  /** What the user has to type, of which profile, before it can be connected. */
  const secretNeeded = shallowRef<{ readonly profileId: string; readonly secret: SecretName } | null>(null)

  /** The tab whose server is looked at. */
  const inspectedId = ref<string | null>(null)
  const inspected = computed(() => connections.value.find(({ id }) => id === inspectedId.value) ?? null)

  const active = computed(() => connections.value.find(({ id }) => id === activeId.value) ?? null)

  function take(list: readonly Connection[]): void {
    const before = connections.value
    connections.value = list
    hasBeenOnline.value = new Set(
      list
        .filter(({ id, status }) => status.phase === 'online' || (isEngaged(status) && hasBeenOnline.value.has(id)))
        .map(({ id }) => id),
    )
    for (const { id, status } of list) {
      // Its topics went with the engine.
      if (status.phase === 'failed' && status.failure.code === 'engine-crashed') forgetTopics(id)
    }
    if (list.some(({ id }) => id === activeId.value)) return
    // The tab in front is gone: its right neighbour moves into its place, else the left one.
    const place = before.findIndex(({ id }) => id === activeId.value)
    const next = list[Math.min(Math.max(place, 0), list.length - 1)]
    activeId.value = next?.id ?? null
    void request('connections.select', { connectionId: activeId.value }).catch(() => undefined)
  }

  /** Loads the tabs and follows them; `selectedId` is the one that was in front last time. */
  async function start(selectedId: string | null): Promise<void> {
    listen('connections.changed', take)
    activeId.value = selectedId
    take(await request('connections.list'))
  }

  /** Brings a tab to the front and has main remember it. */
  async function select(connectionId: string): Promise<void> {
    activeId.value = connectionId
    await request('connections.select', { connectionId })
  }

  async function show(connection: Connection): Promise<void> {
    if (!connections.value.some(({ id }) => id === connection.id)) {
      connections.value = [...connections.value, connection]
    }
    await select(connection.id)
  }

  /** Opens a profile's tab, or brings it to the front, and connects it when asked. */
  async function open(profileId: string, connectIt: boolean): Promise<void> {
    await show(await request('connections.open', { profileId, connect: false }))
    if (connectIt && active.value !== null && !isEngaged(active.value.status)) await connect(active.value.id)
  }

  /** Connects a tab. Where main lacks a secret, it is asked for instead (see `secretNeeded`). */
  async function connect(connectionId: string): Promise<void> {
    try {
      await request('connections.connect', { connectionId })
    } catch (error) {
      const source = connections.value.find(({ id }) => id === connectionId)?.source
      if (!(error instanceof AppError) || error.code !== 'password-needed' || source?.kind !== 'profile') throw error
      const secret = secretNameSchema.catch('password').parse(error.details['secret'])
      secretNeeded.value = { profileId: source.profileId, secret }
    }
  }

  /** Trusts a self-signed certificate that the server of a failed tab showed, and connects again. */
  const trustCertificate = (connectionId: string, fingerprint: string) =>
    request('connections.trust-certificate', { connectionId, fingerprint })

  /** Accepts the certificate of the server of a failed tab from now on, and connects again. */
  const pinCertificate = (connectionId: string, fingerprint: string) =>
    request('connections.pin-certificate', { connectionId, fingerprint })

  /** Starts the demo broker where it is not running, and opens its tab. */
  async function openDemo(): Promise<void> {
    await show(await request('connections.open-demo'))
  }

  /** Brings the next (1) or previous (-1) tab to the front, around the ends. */
  async function selectBeside(step: 1 | -1): Promise<void> {
    const list = connections.value
    const place = list.findIndex(({ id }) => id === activeId.value)
    const next = list[(place + step + list.length) % list.length]
    if (next !== undefined && next.id !== activeId.value) await select(next.id)
  }

  /** Closes a tab; one with messages not published for certain, or runs under way, asks first (see `closing`). */
  async function close(connectionId: string): Promise<void> {
    const runs = await request('connections.list-runs', { connectionId })
    const connection = connections.value.find(({ id }) => id === connectionId)
    // Closed meanwhile.
    if (connection === undefined) return
    const unfinished = unfinishedOf(connection)
    if (unfinished + runs.length > 0) closing.value = { id: connectionId, name: connection.name, unfinished, runs }
    else await closeAnyway(connectionId)
  }

  async function closeAnyway(connectionId: string): Promise<void> {
    closing.value = null
    await request('connections.close', { connectionId })
  }

  const readPeer = (connectionId: string) => request('connections.read-peer', { connectionId })
  const disconnect = (connectionId: string) => request('connections.disconnect', { connectionId })
  const returnToPreferred = (connectionId: string) => request('connections.return-to-preferred', { connectionId })
  const setPaused = (connectionId: string, paused: boolean) =>
    request('connections.set-paused', { connectionId, paused })
  const subscribe = (connectionId: string, subscription: Subscription) =>
    request('connections.subscribe', { connectionId, subscription })
  const unsubscribe = (connectionId: string, filter: string) =>
    request('connections.unsubscribe', { connectionId, filter })

  function rememberTopics(connectionId: string): void {
    if (!withTopics.value.has(connectionId)) withTopics.value = new Set([...withTopics.value, connectionId])
  }

  function forgetTopics(connectionId: string): void {
    if (!withTopics.value.has(connectionId)) return
    withTopics.value = new Set([...withTopics.value].filter((id) => id !== connectionId))
  }

  return {
    connections,
    activeId,
    active,
    withTopics,
    hasBeenOnline,
    start,
    select,
    open,
    openDemo,
    selectBeside,
    connect,
    trustCertificate,
    pinCertificate,
    inspected,
    inspectedId,
    readPeer,
    disconnect,
    returnToPreferred,
    closing,
    showingDetails,
    secretNeeded,
    close,
    closeAnyway,
    setPaused,
    subscribe,
    unsubscribe,
    rememberTopics,
  }
})
