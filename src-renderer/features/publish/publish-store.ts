import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { Publish, PublishState } from '@shared/message/publish'
import { listen, request } from '../../bridge/client'
import { EMPTY_DRAFT, type Draft } from './draft'

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
  draft: Draft
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

const keyOf = (connectionId: string, publishId: number) => `${connectionId} ${publishId}`
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
      draft: EMPTY_DRAFT,
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

  /** Publishes a message; its outcome shows on the desk, and goes on changing there. */
  async function publish(connectionId: string, message: Publish, clears: boolean): Promise<void> {
    const desk = deskOf(connectionId)
    desk.sending = true
    try {
      const { publishId, state } = await request('messages.publish', { connectionId, message, keepTrying: desk.keepTrying })
      const newest = early.get(keyOf(connectionId, publishId)) ?? state
      desk.outcome = { kind: 'state', publishId, topic: message.topic, clears, state: newest }
      settle(desk, publishId, newest)
    } catch (error) {
      desk.outcome = { kind: 'error', error, clearing: clears ? message.topic : null }
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

  return { deskOf, publish, cancelWaiting, outboxOpen }
})
