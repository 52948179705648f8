import type { Failure } from '@shared/connection/failure'
import type { Breach, Disconnect, DisconnectCause } from '@shared/packets/disconnect'
import type { Conversation } from './conversation'
import type { PacketEntry } from './packet-ring'
import type { PacketReading } from './packet-reading'
import { readPacket } from './read-packet'

/** What a conversation knows of its end. */
export type ConversationFacts = Pick<
  Conversation,
  'connect' | 'connack' | 'lastSent' | 'lastReceived' | 'unansweredPing' | 'violation' | 'isOpen' | 'closedBy'
>

/**
 * Why a connection ended at `nowMs`: only what packets and the failure say, no guesses. `failure` is null when the user ended it.
 * Null when there was no connection that could have ended.
 */
export function explainEnd(facts: ConversationFacts | null, failure: Failure | null, nowMs: number): Disconnect | null {
  if (facts === null && failure === null) return null
  const atMs = failure?.atMs ?? nowMs
  const { connack = null, lastSent = null } = facts ?? {}
  return {
    atMs,
    onlineMs: connack === null || isRefusal(connack) ? null : Math.max(0, atMs - connack.atMs),
    cause: failure === null ? { kind: 'user' } : causeOf(facts, failure),
    lastSent: lastSent === null ? null : describeSent(lastSent, connack, atMs, (facts?.lastReceived?.sequence ?? 0) < lastSent.sequence),
  }
}

function causeOf(facts: ConversationFacts | null, failure: Failure): DisconnectCause {
  const { reasonCode, brokerReason, detail } = failure
  switch (failure.code) {
    case 'connack':
      return { kind: 'refused', reasonCode: reasonCode ?? 0x80, brokerReason }
    case 'server-disconnect':
      return { kind: 'broker-disconnect', reasonCode: reasonCode ?? 0, brokerReason }
    case 'keepalive-timeout':
      return { kind: 'no-pingresp', ...pingFacts(facts, failure.atMs) }
    case 'protocol-error':
      return { kind: 'violation', what: facts?.violation ?? detail }
    case 'authentication-continues':
      return { kind: 'authentication-continues', method: detail }
    case 'client-id-needed':
      return { kind: 'no-client-id', version: detail }
    case 'timeout':
      return facts?.isOpen === true ? { kind: 'no-connack' } : { kind: 'not-opened', detail }
    default:
      if (facts?.isOpen !== true) return { kind: 'not-opened', detail: detail || failure.code }
      return facts.closedBy?.by === 'broker' && detail === '' ? { kind: 'closed' } : { kind: 'broken', detail }
  }
}

function pingFacts(facts: ConversationFacts | null, atMs: number): { waitedMs: number | null; keepAliveSeconds: number | null } {
  const { unansweredPing = null, connect = null, connack = null } = facts ?? {}
  // The server may set another keep alive than was asked for [MQTT-3.2.2-21].
  const granted = connack === null ? undefined : readPacket(connack).numbers.get(0x13)
  return {
    waitedMs: unansweredPing === null ? null : Math.max(0, atMs - unansweredPing.atMs),
    keepAliveSeconds: granted ?? (connect === null ? null : readPacket(connect).keepAliveSeconds),
  }
}

function describeSent(sent: PacketEntry, connack: PacketEntry | null, atMs: number, isNewest: boolean): Disconnect['lastSent'] {
  const reading = readPacket(sent)
  return {
    name: reading.name,
    topic: reading.topics[0]?.slice(0, MOST_TOPIC_CHARACTERS) ?? null,
    bytes: sent.bytes,
    agoMs: Math.max(0, atMs - sent.atMs),
    isNewest,
    breach: connack === null ? null : breachOf(sent, reading, readPacket(connack)),
  }
}

const MOST_TOPIC_CHARACTERS = 300

/** What of a packet goes against the limits of CONNACK, section 3.2.2.3. */
function breachOf(sent: PacketEntry, { qos, retain }: PacketReading, { numbers }: PacketReading): Breach | null {
  const maximumPacketSize = numbers.get(0x27)
  const maximumQos = numbers.get(0x24)
  if (maximumPacketSize !== undefined && sent.bytes > maximumPacketSize) {
    return { kind: 'maximum-packet-size', limit: maximumPacketSize }
  }
  if (maximumQos !== undefined && qos !== null && qos > maximumQos) return { kind: 'maximum-qos', limit: maximumQos }
  return retain && numbers.get(0x25) === 0 ? { kind: 'retain' } : null
}

function isRefusal(connack: PacketEntry): boolean {
  return (readPacket(connack).reasonCodes[0] ?? 0) >= 0x80
}
