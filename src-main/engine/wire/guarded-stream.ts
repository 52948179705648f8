import { Duplex } from 'node:stream'
import type { TopicFault } from '@shared/mqtt/topic'
import { acceptedSessionOf, type AcceptedSession } from './accepted-session'
import { ClientFeed } from './client-feed'
import { packetLengthAt } from './fixed-header'
import type { Inlet } from '../history/inlet'
import { MessageIntake, type IntakeState } from './message-intake'
import { copyTo, type NetworkReader } from './network-reader'
import { PacketChecker } from './packet-checker'
import { PacketScanner } from './packet-scanner'
import { PacketType } from './packet-type'
import { locatePublish, PublishFields } from './publish-fields'
import { ProtocolViolation, RECEIVE_MAXIMUM_EXCEEDED } from './violation'
import type { WireTap } from './wire-tap'

/** How long a peer that broke the protocol may take to hear why. */
const LAST_WORDS_MS = 1_000

/**
 * Most packets that want an answer while the peer takes none. With 65,535 packet identifiers an honest one has no more
 * under way [MQTT-3.3.4-7]; one that only writes and never reads would fill our memory with answers.
 */
const MOST_OWED_ANSWERS = 2 * 65_535

/** MQTT.js lists all packets of a piece before it deals with the first, and takes ever longer to get at each of a long list. */
const PIECE_BYTES = 16 * 1024

const { CONNACK, PUBLISH, PUBREC, PUBREL, DISCONNECT } = PacketType

export interface GuardOptions extends IntakeState {
  readonly version: 4 | 5
  /** Larger packets end the connection before they are read into memory. */
  readonly maximumPacketBytes: number
  /** Whether CONNECT names an authentication method. */
  readonly authenticates: boolean
  readonly inlet: Inlet
  /** The server accepts: told before any message of the connection is taken in. */
  readonly accepted: (session: AcceptedSession) => void
  readonly tap: WireTap
}

/**
 * Stands between the network and MQTT.js. Messages are taken in here, in order, and never reach it: of those that it must
 * acknowledge it sees a stand-in ({@link ClientFeed}). Other packets go on untouched, once they are checked; one that
 * breaks the specification ends the connection with a DISCONNECT that says why [MQTT-4.13.1-1], and a
 * {@link ProtocolViolation} as the stream's error.
 */
export class GuardedStream extends Duplex {
  private readonly network: Duplex
  readonly #scanner: PacketScanner
  readonly #checker: PacketChecker
  readonly #messages: MessageIntake
  readonly #feed: ClientFeed
  readonly #fields = new PublishFields()
  readonly #isMqtt5: boolean
  /** Whether messages are taken in: from a CONNACK that accepts to the last word of either side. */
  #takes = false
  #isOver = false
  /** Whether the tap listens, during one chunk. */
  #aloud = false
  /** The last words are on their way: the network closes itself after them. */
  #leaving = false
  /** Packets that want an answer and came since the network last took something. */
  #owedAnswers = 0

  /** @param open opens the network, which gives what it reads to the reader, or emits it. Its errors are this one's. */
  constructor(
    open: (reader: NetworkReader) => Duplex,
    private readonly options: GuardOptions,
  ) {
    super({ allowHalfOpen: false })
    const { version, inlet, maximumPacketBytes } = options
    this.#isMqtt5 = version === 5
    this.#checker = new PacketChecker(version, options.authenticates)
    this.#messages = new MessageIntake(options)
    this.#feed = new ClientFeed(version)
    this.#scanner = new PacketScanner(inlet, maximumPacketBytes, (bytes, start, bodyStart, end) => {
      if (this.#aloud) this.#dealAloud(bytes, start, bodyStart, end)
      else this.#deal(bytes, start, bodyStart, end)
    })
    const reader: NetworkReader = { room: () => inlet.room(), filled: (count) => this.#filled(count) }
    try {
      this.network = open(reader)
    } catch (error) {
      inlet.close()
      throw error
    }
    this.#listen(this.network, reader)
  }

  /** From now on messages are neither taken in nor acknowledged: a server that keeps the session sends them again. */
  takeNoMore(): void {
    this.#isOver = true
    this.#takes = false
  }

  override _read(): void {
    if (this.network.isPaused()) this.network.resume()
  }

  override _write(chunk: Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#owedAnswers = 0
    this.network.write(chunk, encoding, this.#heard(chunk, done))
  }

  /** MQTT.js writes a packet in pieces, corked: together they are one write, so one segment or WebSocket frame. */
  override _writev(pieces: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#owedAnswers = 0
    const packets = Buffer.concat(pieces.map(({ chunk }) => chunk))
    this.network.write(packets, this.#heard(packets, done))
  }

  override _final(done: (error?: Error | null) => void): void {
    this.takeNoMore()
    this.network.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.takeNoMore()
    if (!this.#leaving) this.network.destroy()
    done(error)
  }

  #listen(network: Duplex, reader: NetworkReader): void {
    const { tap, inlet } = this.options
    network.on('data', (chunk: Uint8Array) => copyTo(reader, chunk))
    network.once('connect', () => tap.opened(false))
    network.once('secureConnect', () => tap.opened(true))
    network.on('end', () => {
      tap.closed({ by: 'broker' })
      this.push(null)
    })
    network.on('error', (error) => {
      tap.closed({ by: 'error', error })
      this.destroy(error)
    })
    network.on('close', () => {
      tap.closed({ by: 'us' })
      inlet.close()
      this.destroy()
    })
  }

  #filled(count: number): void {
    // What a peer that is being left says still is not even kept.
    if (this.#leaving) return
    const { inlet, sink, tap } = this.options
    inlet.filled(count)
    this.#aloud = tap.listening
    let broken: unknown = null
    sink.begin(Date.now())
    try {
      this.#scanner.scan()
    } catch (error) {
      broken = error
    }
    sink.end(count)
    const wantsMore = this.#passOn(this.#feed.take())
    if (broken !== null) this.#refuse(broken)
    else if (!wantsMore) this.network.pause()
  }

  /** @returns whether MQTT.js takes more */
  #passOn(bytes: Buffer): boolean {
    if (bytes.length === 0) return true
    // Its answers go out together, not each by itself.
    this.cork()
    setImmediate(() => this.uncork())
    let wantsMore = true
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) wantsMore = this.push(bytes.subarray(at, at + PIECE_BYTES))
    return wantsMore
  }

  /** @returns why the message was refused for its topic, or null. @throws {ProtocolViolation} */
  #deal(bytes: Uint8Array, start: number, bodyStart: number, end: number): TopicFault | null {
    const type = (bytes[start] ?? 0) >> 4
    this.#checker.checkOrder(type)
    if (type === PUBLISH) return this.#takeMessage(bytes, start, bodyStart, end)
    this.#checker.check(bytes, start, bodyStart, end)
    this.#dealWithOther(type, bytes, start, bodyStart, end)
    return null
  }

  #takeMessage(bytes: Uint8Array, start: number, bodyStart: number, end: number): TopicFault | null {
    const fields = this.#fields
    locatePublish(bytes, start, bodyStart, end, this.#isMqtt5, fields)
    if (!this.#takes) return null
    if (fields.qos !== 0) {
      this.#oweAnswer()
      // A refused message is answered all the same, or the server would send it for ever.
      this.#feed.addStandIn(fields.qos, fields.packetIdentifier)
    }
    return this.#messages.take(bytes, this.options.inlet.segment, fields)
  }

  #dealWithOther(type: number, bytes: Uint8Array, start: number, bodyStart: number, end: number): void {
    switch (type) {
      case CONNACK: {
        const session = acceptedSessionOf(bytes, bodyStart, end)
        if (session !== null && !this.#isOver) {
          this.options.accepted(session)
          this.#takes = true
        }
        break
      }
      case DISCONNECT:
        // Nothing comes after it [MQTT-3.14.4-1].
        this.takeNoMore()
        break
      case PUBREL:
        if (!this.#takes) return
        this.#oweAnswer()
        this.#messages.release(((bytes[bodyStart] ?? 0) << 8) | (bytes[bodyStart + 1] ?? 0))
        break
      case PUBREC:
        this.#oweAnswer()
        break
      default:
    }
    this.#feed.add(bytes, start, end)
  }

  /** Deals with a packet, and lets the tap hear it with what is wrong with it. @throws {ProtocolViolation} */
  #dealAloud(bytes: Uint8Array, start: number, bodyStart: number, end: number): void {
    const { tap } = this.options
    const packet = bytes.subarray(start, end)
    try {
      const fault = this.#deal(bytes, start, bodyStart, end)
      tap.received(packet, fault === null ? null : `the topic name is not allowed: ${fault}`)
    } catch (error) {
      tap.received(packet, error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  /** Sent is what the network took: a packet that still waits for the connection to open is not. */
  #heard(packets: Uint8Array, done: (error?: Error | null) => void): (error?: Error | null) => void {
    const { tap } = this.options
    if (!tap.listening) return done
    return (error) => {
      if (!error) tellSent(tap, packets)
      done(error)
    }
  }

  /** @throws {ProtocolViolation} */
  #oweAnswer(): void {
    this.#owedAnswers += 1
    if (this.#owedAnswers <= MOST_OWED_ANSWERS) return
    throw new ProtocolViolation('more messages than there are packet identifiers, and no answer read', 'MQTT-3.3.4-7', RECEIVE_MAXIMUM_EXCEEDED)
  }

  #refuse(error: unknown): void {
    const violation = error instanceof ProtocolViolation ? error : new ProtocolViolation(String(error), 'internal', 0x80)
    this.#leaving = true
    const { tap, version } = this.options
    tap.violated(violation)
    // DISCONNECT has a reason in 5.0 only.
    const lastWords = version === 5 ? Uint8Array.of(0xe0, 2, violation.reasonCode, 0) : undefined
    this.network.end(lastWords, () => {
      if (lastWords !== undefined) tap.sent(lastWords)
    })
    const timer = setTimeout(() => this.network.destroy(), LAST_WORDS_MS)
    this.network.once('close', () => clearTimeout(timer))
    this.network.resume()
    this.destroy(violation)
  }
}

/** Tells the tap of each packet that was written: a write may hold several of ours, each of them whole. */
function tellSent(tap: WireTap, packets: Uint8Array): void {
  for (let at = 0; at < packets.length; ) {
    const end = at + (packetLengthAt(packets, at, packets.length) || packets.length)
    tap.sent(packets.subarray(at, end))
    at = end
  }
}
