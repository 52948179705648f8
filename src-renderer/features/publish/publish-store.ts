import { defineStore } from 'pinia'
import { reactive } from 'vue'
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
  /** Publishes of this panel that wait for the connection. */
  waiting: number[]
  /** Publishes of this panel that wait for the broker's answer. */
  inFlight: number[]
}

const keyOf = (connectionId: string, publishId: number) => `${connectionId} ${publishId}`
const hasLeft = (state: PublishState) => state.kind === 'sent' || state.kind === 'acknowledged'

/** The drafts and results of all connections. */
export const usePublishStore = defineStore('publish', () => {
  const desks = reactive(new Map<string, PublishDesk>())
  /** Updates that overtook the reply which tells their number. */
  const early = new Map<string, PublishState>()

  /** The desk of a connection. */
  function deskOf(connectionId: string): PublishDesk {
    const known = desks.get(connectionId)
    if (known !== undefined) return known
    desks.set(connectionId, { draft: EMPTY_DRAFT, sending: false, outcome: null, sent: 0, waiting: [], inFlight: [] })
    return deskOf(connectionId)
  }

  function settle(desk: PublishDesk, publishId: number, state: PublishState): void {
    if (hasLeft(state)) desk.sent += 1
    const without = (ids: number[]) => ids.filter((id) => id !== publishId)
    desk.waiting = without(desk.waiting)
    desk.inFlight = without(desk.inFlight)
    if (state.kind === 'queued') desk.waiting.push(publishId)
    if (state.kind === 'in-flight') desk.inFlight.push(publishId)
    if (desk.outcome?.kind === 'state' && desk.outcome.publishId === publishId) desk.outcome = { ...desk.outcome, state }
  }

  listen('publishes.updated', ({ connectionId, publishId, state }) => {
    const desk = desks.get(connectionId)
    if (desk === undefined) return
    if (desk.waiting.includes(publishId) || desk.inFlight.includes(publishId)) settle(desk, publishId, state)
    else if (desk.sending) early.set(keyOf(connectionId, publishId), state)
  })

  /** Publishes a message; its outcome shows on the desk, and goes on changing there. */
  async function publish(connectionId: string, message: Publish, clears: boolean): Promise<void> {
    const desk = deskOf(connectionId)
    desk.sending = true
    try {
      const { publishId, state } = await request('messages.publish', { connectionId, message })
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

  /** Takes back what still waits for the connection. */
  async function cancelWaiting(connectionId: string): Promise<void> {
    const desk = deskOf(connectionId)
    let count = 0
    try {
      for (const publishId of [...desk.waiting]) {
        if (await request('messages.cancel-publish', { connectionId, publishId })) count += 1
        desk.waiting = desk.waiting.filter((id) => id !== publishId)
      }
      if (count > 0) desk.outcome = { kind: 'cancelled', count }
    } catch (error) {
      desk.outcome = { kind: 'error', error, clearing: null }
    }
  }

  return { deskOf, publish, cancelWaiting }
})
