import { detailOf } from '../connection/error-detail'
import { PacketType } from '../wire/packet-type'
import type { ProtocolViolation } from '../wire/violation'
import type { WireTap } from '../wire/wire-tap'
import type { EventEntry, PacketEntry } from './packet-ring'
import { storedPacket, type StoredPacket } from './stored-packet'

/** Where a conversation writes what it hears. */
export interface Recorder {
  /** How much of payloads to keep; null: nothing is recorded. */
  readonly wholePayloads: boolean | null
  packet(packet: StoredPacket, direction: PacketEntry['direction'], fault: string | null): PacketEntry
  event(event: EventEntry['event'], detail: string): void
}

/** Listens in on one network connection, and remembers what may explain its end, however short the log is. */
export class Conversation implements WireTap {
  connect: PacketEntry | null = null
  connack: PacketEntry | null = null
  lastSent: PacketEntry | null = null
  lastReceived: PacketEntry | null = null
  /** The first PINGREQ that has had no answer. */
  unansweredPing: PacketEntry | null = null
  violation: string | null = null
  isOpen = false
  closedBy: Parameters<WireTap['closed']>[0] | null = null
  /** Whether its end is in the log: then the failure that follows from it need not be. */
  endIsLogged = false

  constructor(
    private readonly recorder: Recorder,
    private readonly version: 4 | 5,
  ) {}

  get listening(): boolean {
    return this.recorder.wholePayloads !== null
  }

  opened(secure: boolean): void {
    this.isOpen = true
    this.recorder.event(secure ? 'secure' : 'open', '')
  }

  received(packet: Uint8Array, fault: string | null): void {
    const entry = this.#record('received', packet, fault)
    if (entry === null) return
    this.lastReceived = entry
    if (entry.type === PacketType.CONNACK) this.connack ??= entry
    else if (entry.type === PacketType.PINGRESP) this.unansweredPing = null
  }

  sent(packet: Uint8Array): void {
    const entry = this.#record('sent', packet, null)
    if (entry === null) return
    this.isOpen = true
    this.lastSent = entry
    if (entry.type === PacketType.CONNECT) this.connect ??= entry
    else if (entry.type === PacketType.PINGREQ) this.unansweredPing ??= entry
  }

  violated({ message }: ProtocolViolation): void {
    this.violation = message
    this.endIsLogged = true
    this.recorder.event('violation', message)
  }

  closed(how: Parameters<WireTap['closed']>[0]): void {
    if (this.closedBy !== null) return
    this.closedBy = how
    this.endIsLogged ||= how.by === 'error'
    if (how.by === 'error') this.recorder.event('error', detailOf(how.error))
    else this.recorder.event(how.by === 'broker' ? 'closed-by-broker' : 'closed-by-us', '')
  }

  #record(direction: 'sent' | 'received', packet: Uint8Array, fault: string | null): PacketEntry | null {
    const { wholePayloads } = this.recorder
    if (wholePayloads === null) return null
    return this.recorder.packet(storedPacket(packet, this.version, wholePayloads), direction, fault)
  }
}
