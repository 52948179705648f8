import type { ConnectionStatus } from '@shared/connection/connection'
import type { Failure } from '@shared/connection/failure'
import type { ConnectionEvent, PacketRecording } from '@shared/packets/packet-log'
import type { Disconnect } from '@shared/packets/disconnect'
import type { WireTap } from '../wire/wire-tap'
import { Conversation } from './conversation'
import { explainEnd } from './explain-end'
import { PacketRing, type LogEntry, type PacketEntry, type RingLimits } from './packet-ring'
import type { StoredPacket } from './stored-packet'

const LIMITS: RingLimits = { entries: 50_000, bytes: 32 * 1024 * 1024 }

/** The control packets of a connection, both ways, over all its network connections; off until asked for. */
export class PacketLog {
  readonly #ring: PacketRing
  #recording: PacketRecording = 'off'
  #conversation: Conversation | null = null
  #disconnect: Disconnect | null = null

  constructor(limits: RingLimits = LIMITS) {
    this.#ring = new PacketRing(limits)
  }

  get recording(): PacketRecording {
    return this.#recording
  }

  /** Whether payloads are kept whole; null: nothing is recorded. */
  get wholePayloads(): boolean | null {
    return this.#recording === 'off' ? null : this.#recording === 'whole'
  }

  get entries(): Pick<PacketRing, 'kept' | 'bytes' | 'letGo' | 'firstSequence' | 'nextSequence' | 'find'> {
    return this.#ring
  }

  /** How the last network connection ended, if that was seen. */
  get disconnect(): Disconnect | null {
    return this.#disconnect
  }

  /** Starts or ends recording; what was recorded stays. */
  record(recording: PacketRecording): void {
    const before = this.#recording
    if (recording === 'off') this.event('recording-off', '')
    this.#recording = recording
    if (before === 'off') this.event('recording-on', '')
  }

  clear(): void {
    this.#ring.clear()
    this.#disconnect = null
  }

  /** Listens in on a network connection that is about to be opened. */
  listen(address: string, version: 4 | 5): WireTap {
    this.event('connecting', address)
    this.#conversation = new Conversation(this, version)
    return this.#conversation
  }

  /** Told of every change of the connection's state: what ends a connection is not always a packet. */
  statusChanged(status: ConnectionStatus): void {
    switch (status.phase) {
      case 'connecting':
        // Within a round the next broker follows at once.
        if (this.#conversation !== null && status.lastFailure !== null) this.#noteFailure(status.lastFailure.failure)
        return
      case 'online':
        return
      case 'offline':
        this.event('stopped', '')
        return this.#explain(null)
      case 'reconnecting':
        this.#noteFailure(status.failure)
        this.event('retrying', String(Math.max(0, status.nextAttemptAtMs - Date.now())))
        return
      case 'failed':
        this.#noteFailure(status.failure)
    }
  }

  packet(packet: StoredPacket, direction: PacketEntry['direction'], fault: string | null): PacketEntry {
    return this.#ring.addPacket(packet, direction, fault)
  }

  event(event: ConnectionEvent, detail: string): void {
    if (this.#recording !== 'off') this.#ring.addEvent(event, detail)
  }

  /** The entries from a sequence number on, oldest first. */
  *from(sequence: number): Generator<LogEntry> {
    for (let at = Math.max(sequence, this.#ring.firstSequence); at < this.#ring.nextSequence; at += 1) {
      const entry = this.#ring.find(at)
      if (entry !== undefined) yield entry
    }
  }

  #noteFailure(failure: Failure): void {
    const event = FAILURE_EVENTS[failure.code] ?? 'error'
    if (event !== 'in-packets' && this.#conversation?.endIsLogged !== true) {
      this.event(event, event === 'error' || event === 'violation' ? failure.detail : '')
    }
    this.#explain(failure)
  }

  #explain(failure: Failure | null): void {
    const conversation = this.#conversation
    this.#conversation = null
    if (this.#recording === 'off') return
    this.#disconnect = explainEnd(conversation, failure, Date.now()) ?? this.#disconnect
  }
}

/** Failures with a line of their own; those that packets or the end of the network connection tell have none. */
const FAILURE_EVENTS: Readonly<Partial<Record<Failure['code'], ConnectionEvent | 'in-packets'>>> = {
  connack: 'in-packets',
  'server-disconnect': 'in-packets',
  'connection-lost': 'in-packets',
  'closed-before-connack': 'in-packets',
  timeout: 'connack-timeout',
  'keepalive-timeout': 'keepalive-timeout',
  'protocol-error': 'violation',
}
