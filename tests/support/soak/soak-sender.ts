import { generate, type IPublishPacket, type Packet } from 'mqtt-packet'
import type { RawClient } from '../raw-broker'
import { waitUntil } from '../wait-until'
import type { SoakMessage, SoakTraffic } from './soak-traffic'

/** What was sent, all clients and connections together. */
export interface SentCounts {
  /** Messages that a client counts: of QoS 1 as often as they were sent, of QoS 2 once. */
  readonly messages: number
  /** Bytes of their topics and payloads. */
  readonly bytes: number
  readonly qos1: number
  readonly qos2: number
  /** PUBLISH packets with DUP, of QoS 1 and 2. */
  readonly redelivered: number
  /** Topics that have a message and were not cleared. */
  readonly topics: number
  readonly cleared: number
  /** Connections that were cut, and those that the client made. */
  readonly cuts: number
  readonly connections: number
}

const TICK_MS = 10
/** What was due and could not be sent for longer than that is not made up for: a broker does not wait either. */
const LONGEST_DEBT_MS = 250
const MOST_UNSENT_BYTES = 4 << 20
const MOST_IN_FLIGHT = 64
const MESSAGES_A_QOS = 100
/** Messages of QoS 1 and 2 right before a cut, so that some of them are not acknowledged. */
const LAST_MESSAGES = 20
const SETTLE_LIMIT_MS = 30_000

interface InFlight {
  readonly message: SoakMessage
  readonly qos: 1 | 2
  /** PUBREC has come. */
  isReceived: boolean
}

/**
 * The broker's side of a session: sends the traffic at a pace, waits for acknowledgements, sends again what a cut left
 * without one [MQTT-4.4.0-1].
 */
export class SoakSender {
  readonly #inFlight = new Map<number, InFlight>()
  /** Packets that go out together. */
  #packets: Buffer[] = []
  #client: RawClient | null = null
  /** The message of which a cut let only a part through: no client can have taken it. */
  #torn: SoakMessage | null = null
  #timer: NodeJS.Timeout | null = null
  #lastIdentifier = 0
  #counts = { messages: 0, bytes: 0, qos1: 0, qos2: 0, redelivered: 0, cleared: 0, cuts: 0, connections: 0 }

  constructor(private readonly traffic: SoakTraffic) {}

  get counts(): SentCounts {
    return { ...this.#counts, topics: this.traffic.topics.length }
  }

  /** Whether the traffic goes to that client; to any, when none is named. */
  serves(client: RawClient | null = this.#client): boolean {
    return client !== null && client === this.#client
  }

  /** A client is there, with its session of before or a new one. */
  attach(client: RawClient, isResumed: boolean): void {
    this.#client = client
    this.#counts.connections += 1
    if (!isResumed) this.#inFlight.clear()
    for (const [identifier, inFlight] of this.#inFlight) this.#sendAgain(identifier, inFlight)
    if (this.#torn !== null) this.#put(this.#torn)
    this.#torn = null
    this.#flush()
  }

  hear(packet: Packet, client: RawClient): void {
    // What comes after a cut is lost.
    if (client !== this.#client) return
    const inFlight = this.#inFlight.get(packet.messageId ?? 0)
    if (packet.cmd === 'pubrec' && inFlight !== undefined) inFlight.isReceived = true
    if (packet.cmd === 'puback' || packet.cmd === 'pubcomp') this.#inFlight.delete(packet.messageId ?? 0)
  }

  /** Sends so many messages a second while a client is there, until {@link rest}. */
  run(perSecond: number): void {
    this.rest()
    let owed = 0
    let lastMs = performance.now()
    this.#timer = setInterval(() => {
      const nowMs = performance.now()
      owed += (Math.min(LONGEST_DEBT_MS, nowMs - lastMs) * perSecond) / 1_000
      lastMs = nowMs
      owed = Math.min(owed, (LONGEST_DEBT_MS * perSecond) / 1_000)
      for (; owed >= 1 && this.#hasRoom(); owed -= 1) this.#putNext()
      this.#flush()
    }, TICK_MS)
  }

  rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  send(message: SoakMessage): void {
    this.#put(message)
    this.#flush()
  }

  /** Resolves when the client has taken all that was sent: what comes last is acknowledged. */
  async settle(): Promise<void> {
    await this.#untilAnswered(() => this.serves() && this.#inFlight.size < MOST_IN_FLIGHT)
    this.#putAcknowledged(1)
    this.#flush()
    await this.#untilAnswered(() => this.#inFlight.size === 0)
  }

  /** Ends the connection politely in the middle of a packet of 3 MB. All before it arrives, but acknowledgements no longer do. */
  tear(): void {
    const client = this.#client
    if (client === null) throw new Error('no client is there')
    for (let count = 0; count < LAST_MESSAGES && this.#inFlight.size < MOST_IN_FLIGHT; count += 1) this.#putAcknowledged(count % 2 === 0 ? 1 : 2)
    this.#torn = this.traffic.huge()
    const packet = this.#encode(this.#torn)
    this.#packets.push(packet.subarray(0, packet.length / 2))
    this.#flush()
    this.#leave(client, 'end')
  }

  /** Cuts the connection off (TCP RST), once all that was sent is taken: what is under way then would be lost. The traffic has to rest. */
  async reset(): Promise<void> {
    await this.settle()
    if (this.#client !== null) this.#leave(this.#client, 'reset')
  }

  #leave(client: RawClient, how: 'end' | 'reset'): void {
    this.#counts.cuts += 1
    this.#client = null
    client.close(how)
  }

  #hasRoom(): boolean {
    return this.#client !== null && this.#client.unsentBytes < MOST_UNSENT_BYTES
  }

  #putNext(): void {
    const turn = (this.#counts.messages + 1) % MESSAGES_A_QOS
    if ((turn === 1 || turn === 2) && this.#inFlight.size < MOST_IN_FLIGHT) this.#putAcknowledged(turn)
    else this.#put(this.traffic.next())
  }

  #put(message: SoakMessage): void {
    this.#count(message)
    if (message.payload.length === 0) this.#counts.cleared += 1
    this.#packets.push(this.#encode(message))
  }

  #putAcknowledged(qos: 1 | 2): void {
    const message = this.traffic.nextLasting()
    const messageId = this.#freeIdentifier()
    this.#inFlight.set(messageId, { message, qos, isReceived: false })
    this.#count(message)
    this.#counts[qos === 1 ? 'qos1' : 'qos2'] += 1
    this.#packets.push(this.#encode(message, { qos, messageId }))
  }

  #sendAgain(messageId: number, { message, qos, isReceived }: InFlight): void {
    if (isReceived) {
      this.#client?.send({ cmd: 'pubrel', messageId })
      return
    }
    this.#counts.redelivered += 1
    this.#packets.push(this.#encode(message, { qos, messageId, dup: true }))
    if (qos === 2) return
    this.#count(message)
    const { topic, counter } = message
    topic.repeats.push({ counter, after: topic.counter })
  }

  #encode({ topic, payload }: SoakMessage, more: Partial<IPublishPacket> = {}): Buffer {
    const packet: IPublishPacket = { cmd: 'publish', topic: topic.name, payload, qos: 0, retain: false, dup: false, ...more }
    return generate(packet, { protocolVersion: this.#client?.connect.protocolVersion ?? 4 })
  }

  #flush(): void {
    if (this.#packets.length > 0) this.#client?.write(Buffer.concat(this.#packets))
    this.#packets = []
  }

  #count({ topic, payload }: SoakMessage): void {
    this.#counts.messages += 1
    this.#counts.bytes += Buffer.byteLength(topic.name) + payload.length
  }

  #freeIdentifier(): number {
    do this.#lastIdentifier = (this.#lastIdentifier % 0xffff) + 1
    while (this.#inFlight.has(this.#lastIdentifier))
    return this.#lastIdentifier
  }

  async #untilAnswered(isDone: () => boolean): Promise<void> {
    await waitUntil(isDone, { timeoutMs: SETTLE_LIMIT_MS, what: () => `the client to acknowledge ${this.#inFlight.size} messages` })
  }
}
