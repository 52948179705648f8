import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import { NO_PUBLISH_TABS, publishTabsSchema } from '@shared/publish/publish-tabs'
import type { Counters } from '@shared/template/template-scope'
import { listen, request } from '../../bridge/client'
import { draftOfKept, keptTabsOf } from './kept-tabs'
import { isBlank, newTab, rowWith, type TabRow } from './publish-tab'

/** What became of the newest publish of a connection. */
export type PublishOutcome =
  | {
      readonly kind: 'state'
      readonly publishId: number
      readonly topic: string
      /** Whether it was sent to clear a retained message. */
      readonly clears: boolean
      readonly state: PublishState
    }
  | { readonly kind: 'cancelled'; readonly count: number }
  | {
      readonly kind: 'error'
      readonly error: unknown
      /** The topic whose retained message was to be cleared, if that is what failed. */
      readonly clearing: string | null
    }

/** The publish panel of one connection; kept while its tab is not in front. */
export interface PublishDesk {
  row: TabRow
  /** Whether the tabs are what main keeps of them. */
  isRestored: boolean
  /** Of templates. */
  counters: Counters
  /** Being handed over to main. */
  sending: boolean
  outcome: PublishOutcome | null
  /** Messages that left for the broker. */
  sent: number
  /** Whether a message of QoS 0 waits for the connection too. */
  keepTrying: boolean
  /** Publishes of this panel that have not come to an end. */
  open: ReadonlyMap<number, PublishState['kind']>
}

const keyOf = (connectionId: string, publishId: number | '') => `${connectionId} ${publishId}`
const hasLeft = (state: PublishState) => state.kind === 'sent' || state.kind === 'acknowledged'
const isOpen = ({ kind }: PublishState) => ['queued', 'in-flight', 'interrupted', 'unconfirmed'].includes(kind)

/** Those publishes of a desk that wait, for a connection or for the broker to take more. */
export function waitingOf({ open }: PublishDesk): number[] {
  return [...open].filter(([, kind]) => kind === 'queued').map(([publishId]) => publishId)
}

/** The drafts and results of all connections. */
export const usePublishStore = defineStore('publish', () => {
  const desks = reactive(new Map<string, PublishDesk>())
  const outboxOpen = ref(false)
  /** Updates that overtook the reply which tells their number. */
  const early = new Map<string, PublishState>()

  /** The desk of a connection. */
  function deskOf(connectionId: string): PublishDesk {
    const known = desks.get(connectionId)
    if (known !== undefined) return known
    desks.set(connectionId, {
      row: rowWith(newTab()),
      isRestored: false,
      counters: new Map(),
      sending: false,
      outcome: null,
      sent: 0,
      keepTrying: false,
      open: new Map(),
    })
    return deskOf(connectionId)
  }

  function settle(desk: PublishDesk, publishId: number, state: PublishState): void {
    if (hasLeft(state)) desk.sent += 1
    const open = new Map(desk.open)
    if (isOpen(state)) open.set(publishId, state.kind)
    else open.delete(publishId)
    desk.open = open
    if (desk.outcome?.kind === 'state' && desk.outcome.publishId === publishId) desk.outcome = { ...desk.outcome, state }
  }

  listen('publishes.updated', ({ connectionId, publishId, state }) => {
    const desk = desks.get(connectionId)
    if (desk === undefined) return
    if (desk.open.has(publishId)) settle(desk, publishId, state)
    else if (desk.sending) early.set(keyOf(connectionId, publishId), state)
  })

  listen('publishes.lost', ({ connectionId }) => {
    for (const key of early.keys()) if (key.startsWith(keyOf(connectionId, ''))) early.delete(key)
    const desk = desks.get(connectionId)
    if (desk === undefined) return
    desk.open = new Map()
    if (desk.outcome?.kind !== 'state' || !isOpen(desk.outcome.state)) return
    desk.outcome = { kind: 'error', error: new AppError('engine-unavailable', 'The engine stopped'), clearing: desk.outcome.clears ? desk.outcome.topic : null }
  })

  /** Publishes a message; its outcome shows on the desk, and goes on changing there. */
  function publish(connectionId: string, message: Publish, clears: boolean): Promise<void> {
    const { keepTrying } = deskOf(connectionId)
    const ask = () => request('messages.publish', { connectionId, message, keepTrying })
    return handOver(connectionId, message.topic, clears, ask)
  }

  /** As `publish`, with what a file holds as payload. */
  function publishFile(connectionId: string, fileId: string, message: Omit<Publish, 'payload'>): Promise<void> {
    const { keepTrying } = deskOf(connectionId)
    const ask = () => request('messages.publish-file', { connectionId, fileId, message, keepTrying })
    return handOver(connectionId, message.topic, false, ask)
  }

  async function handOver(connectionId: string, topic: string, clears: boolean, ask: () => Promise<PublishReceipt>): Promise<void> {
    const desk = deskOf(connectionId)
    desk.sending = true
    try {
      const { publishId, state } = await ask()
      const newest = early.get(keyOf(connectionId, publishId)) ?? state
      desk.outcome = { kind: 'state', publishId, topic, clears, state: newest }
      settle(desk, publishId, newest)
    } catch (error) {
      desk.outcome = { kind: 'error', error, clearing: clears ? topic : null }
    } finally {
      desk.sending = false
      early.clear()
    }
  }

  /** Takes back what still waits. */
  async function cancelWaiting(connectionId: string): Promise<void> {
    const desk = deskOf(connectionId)
    try {
      const count = await request('outbox.drop', { connectionId, choice: waitingOf(desk) })
      if (count > 0) desk.outcome = { kind: 'cancelled', count }
    } catch (error) {
      desk.outcome = { kind: 'error', error, clearing: null }
    }
  }

  /** Takes the tabs that main keeps, once; what was begun meanwhile stays in front. @throws {AppError} */
  async function restore(connectionId: string): Promise<void> {
    if (deskOf(connectionId).isRestored) return
    const { tabs, activeIndex } = await request('publish-tabs.read', { connectionId })
    const desk = deskOf(connectionId)
    if (desk.isRestored) return
    desk.isRestored = true
    const kept = tabs.map(({ name, draft }) => newTab(draftOfKept(draft), name))
    const begun = desk.row.tabs.filter((tab) => !isBlank(tab))
    const front = begun.length > 0 ? desk.row.activeId : kept[Math.min(activeIndex, kept.length - 1)]?.id
    if (front !== undefined) desk.row = { ...desk.row, tabs: [...kept, ...begun], activeId: front }
  }

  /** Has main keep the tabs as they are. @throws {AppError} */
  async function keep(connectionId: string): Promise<void> {
    const { row, isRestored } = deskOf(connectionId)
    if (!isRestored) return
    const isNothing = row.tabs.every(isBlank)
    // Parsed, it is plain: what is reactive cannot leave the page.
    const tabs = isNothing ? NO_PUBLISH_TABS : publishTabsSchema.parse(keptTabsOf(row.tabs, row.activeId))
    await request('publish-tabs.update', { connectionId, tabs })
  }

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const id of [...desks.keys()]) if (!connectionIds.has(id)) desks.delete(id)
  }

  return { deskOf, publish, publishFile, cancelWaiting, restore, keep, keepOnly, outboxOpen }
})
