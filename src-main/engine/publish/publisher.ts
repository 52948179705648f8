import type { OutboxChoice, OutboxCounts, OutboxEntry } from '@shared/message/outbox'
import { NOTHING_KEPT } from '@shared/message/outbox'
import type { Publish, PublishReceipt, PublishState } from '@shared/message/publish'
import type { Acknowledgement, MqttSession } from '../connection/mqtt-session'
import type { PacketIdentifiers } from '../connection/packet-identifiers'
import { shownText } from '../connection/shown-text'
import { KeptPublishes } from './kept-publishes'
import { answers, entryOf, isInFlight, newOutgoing, type Outgoing } from './outgoing'

/** Most bytes of payload handed to the network before it has taken some. */
const MAX_WRITING_BYTES = 1024 * 1024

/** A publish whose first state is its receipt, not an update. */
interface Fresh {
  readonly outgoing: Outgoing
  state: PublishState
}

export interface PublisherEvents {
  updated(publishId: number, state: PublishState): void
  countsChanged(counts: OutboxCounts): void
}

/**
 * Sends messages, and says of each what became of it (see {@link Outgoing}). They leave in the order they were published,
 * no more of them unacknowledged at a time than the broker takes [MQTT-3.3.4-9]; what a cut connection leaves open goes on
 * when the broker still has the session [MQTT-4.4.0-1], and is for the user to decide when it has not.
 */
export class Publisher {
  #nextId = 1
  #nextRank = 1
  #session: MqttSession | null = null
  readonly #kept = new KeptPublishes()
  #writingBytes = 0
  #fresh: Fresh | null = null
  #counts = NOTHING_KEPT
  #whenQuiet: (() => void)[] = []

  constructor(
    private readonly identifiers: PacketIdentifiers,
    private readonly events: PublisherEvents,
  ) {}

  /** Takes a connection: sends again what its session has open, or calls it unconfirmed; then sends what waited. */
  attach(session: MqttSession, resumed: boolean): void {
    this.#session = session
    if (resumed) this.#resume(session)
    else for (const outgoing of this.#kept.inFlight()) this.#lose(outgoing)
    this.#pump(session)
    this.#recount()
  }

  detach(): void {
    if (this.#session === null) return
    this.#session = null
    this.#writingBytes = 0
    for (const outgoing of this.#kept.all()) this.#interrupt(outgoing)
    this.#recount()
  }

  /**
   * `keepTrying`: whether QoS 0 waits for a connection, and is written again if that is cut.
   * @throws {AppError} `too-many` when no more can be kept.
   */
  publish(message: Publish, keepTrying: boolean): PublishReceipt {
    this.#kept.makeRoomFor(message.payload)
    const publishId = this.#nextId
    this.#nextId += 1
    if (message.qos === 0 && !keepTrying && this.#session?.isOpen !== true) return { publishId, state: { kind: 'not-sent' } }
    const fresh: Fresh = { outgoing: newOutgoing(publishId, message, keepTrying), state: { kind: 'queued' } }
    this.#kept.add(fresh.outgoing)
    this.#fresh = fresh
    if (this.#session !== null) this.#pump(this.#session)
    this.#fresh = null
    this.#recount()
    return { publishId, state: fresh.state }
  }

  /** Takes in an answer. One to nothing that is open changes nothing. */
  acknowledged(acknowledgement: Acknowledgement): void {
    const session = this.#session
    const outgoing = this.#kept.all().find((one) => answers(acknowledgement, one))
    if (session === null || outgoing === undefined) return
    const { cmd, reasonCode = 0, properties } = acknowledgement
    // What PUBCOMP may say, 0x92, is no refusal: the broker was done with the message before the connection was cut.
    if (cmd === 'pubcomp') this.#acknowledge(session, outgoing, outgoing.pubrecReasonCode)
    else if (reasonCode >= 0x80) this.#end(outgoing, { kind: 'refused', reasonCode, brokerReason: shownText(properties?.reasonString) })
    else if (cmd === 'puback') this.#acknowledge(session, outgoing, reasonCode)
    else this.#release(session, outgoing, reasonCode)
    this.#pump(session)
    this.#recount()
  }

  /** Takes back what waits and forgets what is unconfirmed; how many. What is in flight cannot be taken back. */
  drop(choice: OutboxChoice): number {
    const dropped = this.#kept.chosen(choice).filter((outgoing) => !isInFlight(outgoing))
    for (const outgoing of dropped) this.#end(outgoing, { kind: 'dropped' })
    this.#recount()
    return dropped.length
  }

  /** Sends unconfirmed messages as new ones, after all others: the broker may get them twice. How many. */
  sendAnew(choice: OutboxChoice): number {
    const anew = this.#kept.chosen(choice).filter(({ stage }) => stage === 'unconfirmed')
    for (const outgoing of anew) {
      this.#kept.moveToEnd(outgoing)
      outgoing.keepTrying = true
      outgoing.startedAtMs = null
      this.#queue(outgoing)
    }
    if (this.#session !== null) this.#pump(this.#session)
    this.#recount()
    return anew.length
  }

  get counts(): OutboxCounts {
    return this.#counts
  }

  /** A part of what is kept, in the order of sending. */
  list(first: number, count: number): OutboxEntry[] {
    const shown = this.#kept.all().slice(first, first + count)
    return shown.map((outgoing) => entryOf(outgoing, this.#session !== null))
  }

  /** Resolves when the broker has answered all that was sent, or the connection is gone, or the time is up. */
  async quiet(timeoutMs: number): Promise<void> {
    if (this.#isQuiet()) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#whenQuiet.push(resolve)
      timer = setTimeout(resolve, timeoutMs)
    })
    clearTimeout(timer)
  }

  /** PUBREL again, in the order of the PUBRECs [MQTT-4.6.0-4], and never the PUBLISH [MQTT-4.3.3-6]. */
  #resume(session: MqttSession): void {
    const open = this.#kept.inFlight()
    const released = open.filter(({ stage }) => stage === 'released').sort((a, b) => a.releaseRank - b.releaseRank)
    for (const outgoing of released) {
      session.release(outgoing.packetIdentifier)
      outgoing.onWire = true
    }
    for (const outgoing of open) this.#tell(outgoing)
  }

  /** The connection is gone. */
  #interrupt(outgoing: Outgoing): void {
    const isGivenUp = outgoing.message.qos === 0 && !outgoing.keepTrying
    outgoing.onWire = false
    if (!isInFlight(outgoing)) {
      if (outgoing.stage === 'queued' && isGivenUp) this.#end(outgoing, { kind: 'not-sent' })
    } else if (isGivenUp) this.#lose(outgoing)
    else if (outgoing.message.qos === 0) this.#queue(outgoing)
    else this.#tell(outgoing)
  }

  /** Sends what may be sent now, each after those before it. */
  #pump(session: MqttSession): void {
    const all = this.#kept.all()
    // A broker counts a message of QoS 2 until it is complete, released or not.
    let unacknowledged = all.filter(({ onWire, message }) => onWire && message.qos > 0).length
    for (const outgoing of all) {
      if (outgoing.onWire || outgoing.stage === 'unconfirmed') continue
      if (this.#writingBytes >= MAX_WRITING_BYTES) return
      if (outgoing.message.qos > 0 && unacknowledged >= session.receiveMaximum) return
      if (!this.#send(session, outgoing)) return
      if (outgoing.onWire && outgoing.message.qos > 0) unacknowledged += 1
    }
  }

  /** False when nothing can be sent any more. */
  #send(session: MqttSession, outgoing: Outgoing): boolean {
    const { message } = outgoing
    if (message.qos > 0 && outgoing.packetIdentifier === 0) {
      const identifier = this.identifiers.allocate()
      if (identifier === null) return false
      outgoing.packetIdentifier = identifier
    }
    const dup = outgoing.stage === 'published'
    const attempt = session.publish(message, outgoing.packetIdentifier, dup, () => this.#written(session, outgoing))
    switch (attempt.kind) {
      case 'closed':
        return false
      case 'forbidden':
        this.#end(outgoing, { kind: 'refused', reasonCode: attempt.reasonCode, brokerReason: null })
        return true
      case 'written':
        outgoing.stage = 'published'
        outgoing.onWire = true
        outgoing.startedAtMs ??= performance.now()
        this.#writingBytes += message.payload.byteLength
        if (!dup) this.#tell(outgoing)
        return true
    }
  }

  #written(session: MqttSession, outgoing: Outgoing): void {
    if (this.#session !== session) return
    this.#writingBytes -= outgoing.message.payload.byteLength
    if (outgoing.message.qos === 0) this.#end(outgoing, { kind: 'sent' })
    this.#pump(session)
    this.#recount()
  }

  #release(session: MqttSession, outgoing: Outgoing, reasonCode: number): void {
    if (outgoing.stage !== 'released') {
      outgoing.stage = 'released'
      outgoing.pubrecReasonCode = reasonCode
      outgoing.releaseRank = this.#nextRank
      this.#nextRank += 1
    }
    session.release(outgoing.packetIdentifier)
  }

  #acknowledge(session: MqttSession, outgoing: Outgoing, reasonCode: number): void {
    const elapsedMs = performance.now() - (outgoing.startedAtMs ?? 0)
    this.#end(outgoing, { kind: 'acknowledged', reasonCode: session.version === '5.0' ? reasonCode : null, elapsedMs })
  }

  #queue(outgoing: Outgoing): void {
    outgoing.stage = 'queued'
    this.#tell(outgoing)
  }

  #lose(outgoing: Outgoing): void {
    this.identifiers.release(outgoing.packetIdentifier)
    outgoing.packetIdentifier = 0
    outgoing.stage = 'unconfirmed'
    this.#tell(outgoing)
  }

  #end(outgoing: Outgoing, state: PublishState): void {
    this.#kept.remove(outgoing)
    this.identifiers.release(outgoing.packetIdentifier)
    this.#say(outgoing, state)
  }

  #tell(outgoing: Outgoing): void {
    this.#say(outgoing, { kind: entryOf(outgoing, this.#session !== null).state })
  }

  #say(outgoing: Outgoing, state: PublishState): void {
    if (this.#fresh?.outgoing === outgoing) this.#fresh.state = state
    else this.events.updated(outgoing.publishId, state)
  }

  #isQuiet(): boolean {
    return this.#session === null || this.#kept.inFlight().length === 0
  }

  #recount(): void {
    if (this.#isQuiet()) for (const resolve of this.#whenQuiet.splice(0)) resolve()
    const counts = this.#kept.counts
    const { queued, inFlight, unconfirmed } = this.#counts
    if (queued === counts.queued && inFlight === counts.inFlight && unconfirmed === counts.unconfirmed) return
    this.#counts = counts
    this.events.countsChanged(counts)
  }
}
