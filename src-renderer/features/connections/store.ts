import type { Connection } from '@shared/connection/connection'
import type { Subscription } from '@shared/profile/profile'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { listen, request } from '../../bridge/client'

/** The open tabs and which of them is in front. Main owns the connections; this mirrors what it says. */
export const useConnectionsStore = defineStore('connections', () => {
  const connections = shallowRef<readonly Connection[]>([])
  const activeId = ref<string | null>(null)
  /** Tabs that have shown a topic tree: they keep it while the connection is away. */
  const withTopics = ref<ReadonlySet<string>>(new Set())

  /** The tab whose closing waits for the user's word. */
  const closing = shallowRef<Connection | null>(null)

  const active = computed(() => connections.value.find(({ id }) => id === activeId.value) ?? null)

  function take(list: readonly Connection[]): void {
    const before = connections.value
    connections.value = list
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

  async function show(connection: Connection): Promise<Connection> {
    if (!connections.value.some(({ id }) => id === connection.id)) {
      connections.value = [...connections.value, connection]
    }
    await select(connection.id)
    return connection
  }

  /** Opens a profile's tab, or brings it to the front, and connects it when asked. */
  async function open(profileId: string, connect: boolean): Promise<Connection> {
    return await show(await request('connections.open', { profileId, connect }))
  }

  /** Starts the demo broker where it is not running, and opens its tab. */
  async function openDemo(): Promise<Connection> {
    return await show(await request('connections.open-demo'))
  }

  /** Brings the next (1) or previous (-1) tab to the front, around the ends. */
  async function selectBeside(step: 1 | -1): Promise<void> {
    const list = connections.value
    const place = list.findIndex(({ id }) => id === activeId.value)
    const next = list[(place + step + list.length) % list.length]
    if (next !== undefined && next.id !== activeId.value) await select(next.id)
  }

  /** Closes a tab; one with messages still to be published asks first (see `closing`). */
  async function close(connectionId: string): Promise<void> {
    const connection = connections.value.find(({ id }) => id === connectionId)
    if (connection !== undefined && connection.queuedPublishes > 0) closing.value = connection
    else await closeAnyway(connectionId)
  }

  async function closeAnyway(connectionId: string): Promise<void> {
    closing.value = null
    await request('connections.close', { connectionId })
  }

  const connect = (connectionId: string) => request('connections.connect', { connectionId })
  const disconnect = (connectionId: string) => request('connections.disconnect', { connectionId })
  const setPaused = (connectionId: string, paused: boolean) =>
    request('connections.set-paused', { connectionId, paused })
  const subscribe = (connectionId: string, subscription: Subscription) =>
    request('connections.subscribe', { connectionId, subscription })
  const unsubscribe = (connectionId: string, filter: string) =>
    request('connections.unsubscribe', { connectionId, filter })

  function rememberTopics(connectionId: string): void {
    if (!withTopics.value.has(connectionId)) withTopics.value = new Set([...withTopics.value, connectionId])
  }

  return {
    connections,
    activeId,
    active,
    withTopics,
    start,
    select,
    open,
    openDemo,
    selectBeside,
    connect,
    disconnect,
    closing,
    close,
    closeAnyway,
    setPaused,
    subscribe,
    unsubscribe,
    rememberTopics,
  }
})
