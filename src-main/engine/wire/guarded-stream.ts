import { Duplex } from 'node:stream'
import type { TopicFault } from '@shared/mqtt/topic'
import { PacketChecker, type Verdict } from './packet-checker'
import { PacketFramer } from './packet-framer'
import { PacketType } from './packet-type'
import { ProtocolViolation, RECEIVE_MAXIMUM_EXCEEDED } from './violation'
import type { WireTap } from './wire-tap'

/** How long a peer that broke the protocol may take to hear why. */
const LAST_WORDS_MS = 1_000

/**
 * Most packets that want an answer while the peer takes none. With 65,535 packet identifiers an honest one has no more
 * under way [MQTT-3.3.4-7]; one that only writes and never reads would fill our memory with answers.
 */
const MOST_OWED_ANSWERS = 2 * 65_535

const { PUBLISH, PUBREC, PUBREL } = PacketType

export interface GuardOptions {
  readonly version: 4 | 5
  /** Larger packets end the connection before they are read into memory. */
  readonly maximumPacketBytes: number
  readonly topicAliasMaximum: number
  /** Whether CONNECT names an authentication method. */
  readonly authenticates: boolean
  /** Told of each message that was refused for its topic name. */
  readonly refused: (fault: TopicFault) => void
  readonly tap: WireTap
}

/**
 * Stands between the network and MQTT.js: whole, checked packets go on, in order and untouched; a packet that breaks the
 * specification ends the connection with a DISCONNECT that says why [MQTT-4.13.1-1], and a {@link ProtocolViolation}
 * as the stream's error.
 */
export class GuardedStream extends Duplex {
  readonly #framer: PacketFramer
  /** For the tap: a write may hold several packets of ours, each of them whole. */
  readonly #sentFramer: PacketFramer
  /** The last words are on their way: the network closes itself after them. */
  #leaving = false
  /** Packets that want an answer and came since the network last took something. */
  #owedAnswers = 0

  constructor(
    private readonly network: Duplex,
    private readonly options: GuardOptions,
  ) {
    super({ allowHalfOpen: false })
    const { tap } = options
    const checker = new PacketChecker(options.version, options.topicAliasMaximum, options.authenticates)
    let wantsMore = true
    this.#sentFramer = new PacketFramer(Infinity, (packet) => tap.sent(packet))
    this.#framer = new PacketFramer(options.maximumPacketBytes, (packet, bodyStart) => {
      const verdict = tap.listening ? checkedAloud(checker, tap, packet, bodyStart) : checker.check(packet, bodyStart)
      if (wantsAnswer(packet)) this.#oweAnswer()
      if (verdict.kind === 'pass') {
        wantsMore = this.push(packet) && wantsMore
        return
      }
      options.refused(verdict.fault)
      this.#acknowledge(verdict.qos, verdict.packetIdentifier)
    })
    network.on('data', (chunk: Uint8Array) => {
      wantsMore = true
      try {
        this.#framer.push(chunk)
      } catch (error) {
        this.#refuse(error)
        return
      }
      if (!wantsMore) network.pause()
    })
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
      this.destroy()
    })
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
    const packet = Buffer.concat(pieces.map(({ chunk }) => chunk))
    this.network.write(packet, this.#heard(packet, done))
  }

  override _final(done: (error?: Error | null) => void): void {
    this.network.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#leaving) this.network.destroy()
    done(error)
  }

  /** Sent is what the network took: a packet that still waits for the connection to open is not. */
  #heard(packets: Uint8Array, done: (error?: Error | null) => void): (error?: Error | null) => void {
    if (!this.options.tap.listening) return done
    return (error) => {
      if (!error) this.#sentFramer.push(packets)
      done(error)
    }
  }

  /**
   * A refused message is answered all the same, or the server would send it for ever: in line with what MQTT.js writes,
   * which comes in pieces, and nothing after its DISCONNECT [MQTT-3.14.4-1].
   */
  #acknowledge(qos: number, packetIdentifier: number): void {
    if (qos === 0 || !this.writable) return
    const type = qos === 1 ? 0x40 : 0x50
    this.write(Uint8Array.of(type, 2, packetIdentifier >> 8, packetIdentifier & 0xff))
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
    this.network.removeAllListeners('data')
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

function wantsAnswer([first = 0]: Uint8Array): boolean {
  const type = first >> 4
  return type === PUBREC || type === PUBREL || (type === PUBLISH && (first & 0b110) !== 0)
}

/** Checks a packet, and lets the tap hear it with what is wrong with it. @throws {ProtocolViolation} */
function checkedAloud(checker: PacketChecker, tap: WireTap, packet: Uint8Array, bodyStart: number): Verdict {
  try {
    const verdict = checker.check(packet, bodyStart)
    tap.received(packet, verdict.kind === 'pass' ? null : `the topic name is not allowed: ${verdict.fault}`)
    return verdict
  } catch (error) {
    tap.received(packet, error instanceof Error ? error.message : String(error))
    throw error
  }
}
