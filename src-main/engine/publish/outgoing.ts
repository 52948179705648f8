import type { OutboxEntry } from '@shared/message/outbox'
import type { Publish } from '@shared/message/publish'
import type { Acknowledgement } from '../connection/mqtt-session'

/**
 * Where a publish is on its way:
 *
 *     publish ──▶ queued ──PUBLISH──▶ published ──PUBREC──▶ released ──PUBCOMP──▶ acknowledged
 *                  ▲  │                │  │  └───────────────PUBACK─────────────▶ acknowledged
 *                  │  └─drop─▶ dropped │  └──reason code ≥ 0x80─▶ refused
 *                  │                   │     (QoS 0: ──written──▶ sent)
 *                  │                   ▼ the session is gone (from `released` too)
 *                  └──send anew── unconfirmed ──drop──▶ dropped
 *
 * When the connection ends, `published` and `released` stay as they are (the page sees `interrupted`) until the next one
 * tells: with the session resumed they are sent again, without it they are `unconfirmed`. QoS 0 has no session: it waits in
 * `queued` only if asked to, and is `not-sent` otherwise; cut off while it was written, it is `unconfirmed`, or `queued` again.
 */
export type Stage = 'queued' | 'published' | 'released' | 'unconfirmed'

/** A publish that has not come to an end. */
export interface Outgoing {
  readonly publishId: number
  readonly message: Publish
  /** Whether QoS 0 waits for a connection, and is written again on the next one if this one is cut. */
  keepTrying: boolean
  readonly atMs: number
  stage: Stage
  /** 0: none, as long as none was needed. */
  packetIdentifier: number
  /** Whether its PUBLISH, or PUBREL where released, went out over the present connection. */
  onWire: boolean
  /** When its PUBLISH first went out, by a clock that never goes back. */
  startedAtMs: number | null
  /** When it was released, as a rank among all [MQTT-4.6.0-4]. */
  releaseRank: number
  /** Of PUBREC: QoS 2 says there, not in PUBCOMP, who listened [3.5.2.1]. */
  pubrecReasonCode: number
}

export function newOutgoing(publishId: number, message: Publish, keepTrying: boolean): Outgoing {
  const rest = { packetIdentifier: 0, onWire: false, startedAtMs: null, releaseRank: 0, pubrecReasonCode: 0 }
  return { publishId, message, keepTrying, atMs: Date.now(), stage: 'queued', ...rest }
}

/** Whether an acknowledgement is what a publish waits for; PUBREC may come again. */
export function answers({ cmd, messageId }: Acknowledgement, { onWire, packetIdentifier, message, stage }: Outgoing): boolean {
  if (!onWire || messageId !== packetIdentifier) return false
  if (message.qos === 0) return false
  if (message.qos === 1) return cmd === 'puback'
  return cmd === 'pubrec' || (cmd === 'pubcomp' && stage === 'released')
}

/** Whether the broker has, or may have, a part of it. */
export function isInFlight({ stage }: Outgoing): boolean {
  return stage === 'published' || stage === 'released'
}

/** What the page sees of it. */
export function entryOf(outgoing: Outgoing, connected: boolean): OutboxEntry {
  const { publishId, message, stage, atMs } = outgoing
  const { topic, qos, retain, payload } = message
  const inFlight = connected ? 'in-flight' : 'interrupted'
  const state = stage === 'published' || stage === 'released' ? inFlight : stage
  return { publishId, topic, qos, retain, bytes: payload.byteLength, state, atMs }
}
