import type { Publish, PublishState } from '@shared/message/publish'
import { Publisher } from './publisher'
import type { ThrowawaySession } from '../connection/throwaway-session'

/** Most messages that are handed over at a time; the publisher sends no more of them than the broker takes. */
const MOST_UNDER_WAY = 100
/** How long to wait for what is under way once the user has had enough. */
const LAST_ANSWERS_MS = 2_000

/** What became of a message: refused with a reason code, or sent as its QoS wants it. */
export type Answer = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reasonCode: number }

/**
 * Publishes messages one after the other, as fast as the broker acknowledges them, and tells what became of each. Those it does
 * not tell of may have come through, if they were taken from `messages`.
 * Resolves when all is answered, or soon after the signal. @throws {SessionFailure}
 */
export async function publishAll(
  session: ThrowawaySession,
  messages: Iterable<Publish>,
  answered: (topic: string, answer: Answer) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = messages[Symbol.iterator]()
  const open = new Map<number, string>()
  let isFed = false
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const publisher = new Publisher(session.identifiers, {
    updated: (publishId, state) => {
      const topic = open.get(publishId)
      if (topic === undefined || !settle(topic, state)) return
      open.delete(publishId)
      queueMicrotask(feed)
    },
    countsChanged: () => undefined,
  })

  function settle(topic: string, state: PublishState): boolean {
    if (state.kind === 'acknowledged' || state.kind === 'sent') answered(topic, { kind: 'done' })
    else if (state.kind === 'refused') answered(topic, { kind: 'refused', reasonCode: state.reasonCode })
    return state.kind !== 'in-flight' && state.kind !== 'queued'
  }

  function feed(): void {
    while (!isFed && !signal.aborted && open.size < MOST_UNDER_WAY) {
      const next = waiting.next()
      if (next.done === true) isFed = true
      else {
        const { publishId, state } = publisher.publish(next.value, false)
        if (!settle(next.value.topic, state)) open.set(publishId, next.value.topic)
      }
    }
    if (open.size === 0 && (isFed || signal.aborted)) finish()
  }

  session.onAcknowledged((acknowledgement) => publisher.acknowledged(acknowledgement))
  publisher.attach(session.mqtt, false)
  const enough = (): void => {
    feed()
    setTimeout(finish, LAST_ANSWERS_MS).unref()
  }
  signal.addEventListener('abort', enough)
  try {
    feed()
    await session.unless(finished, new AbortController().signal)
  } finally {
    signal.removeEventListener('abort', enough)
    publisher.detach()
  }
}
