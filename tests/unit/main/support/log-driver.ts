import { generate, type IPublishPacket } from 'mqtt-packet'
import type { Inlet } from '../../../../src-main/engine/history/inlet'
import type { LastValues } from '../../../../src-main/engine/history/last-values'
import { MessageLog, type LogSizes } from '../../../../src-main/engine/history/message-log'
import { NO_NODE, type NodeId } from '../../../../src-main/engine/topics/node-id'

interface LastValue {
  sequence: number
  atMs: number
  segment: number
  offset: number
  isInRing: boolean
}

/** What the topic tree knows of last values, kept in a Map; topics are numbers from 1. */
export class PlainLastValues implements LastValues {
  readonly last = new Map<NodeId, LastValue>()
  /** How many messages of each topic are in the ring, by what the log told. */
  readonly inRing = new Map<NodeId, number>()

  isLast = (topic: NodeId, sequence: number) => this.last.get(topic)?.sequence === sequence
  evicted = (topic: NodeId) => this.#count(topic, -1)
  lastSequence = (topic: NodeId) => this.last.get(topic)?.sequence ?? 0
  lastAtMs = (topic: NodeId) => this.last.get(topic)?.atMs ?? 0
  lastSegment = (topic: NodeId) => this.last.get(topic)?.segment ?? 0
  lastOffset = (topic: NodeId) => this.last.get(topic)?.offset ?? 0

  liesAt(topic: NodeId, segment: number, offset: number): boolean {
    const last = this.last.get(topic)
    return last?.segment === segment && last.offset === offset
  }

  moved(topic: NodeId, segment: number, offset: number): void {
    const last = this.last.get(topic)
    if (last === undefined) throw new Error(`moved the last value of ${topic}, which has none`)
    if (last.isInRing) this.#count(topic, -1)
    Object.assign(last, { segment, offset, isInRing: false })
  }

  lost(topic: NodeId): void {
    const last = this.last.get(topic)
    if (last?.isInRing !== false) throw new Error(`lost the last value of ${topic}, which is not kept`)
    Object.assign(last, { segment: 0xffff, offset: 0 })
  }

  withLast(sequence: number): NodeId {
    return [...this.last].find(([, last]) => last.sequence === sequence)?.[0] ?? NO_NODE
  }

  record(topic: NodeId, last: Omit<LastValue, 'isInRing'>): void {
    this.last.set(topic, { ...last, isInRing: true })
    this.#count(topic, 1)
  }

  #count(topic: NodeId, by: number): void {
    this.inRing.set(topic, (this.inRing.get(topic) ?? 0) + by)
  }
}

export interface TakenMessage {
  readonly sequence: number
  readonly topic: NodeId
  readonly atMs: number
  readonly packet: IPublishPacket
}

export const PING_RESPONSE = Uint8Array.of(0xd0, 0)

/** Bytes that differ from one seed to the next. */
export function payloadOf(bytes: number, seed: number): Uint8Array {
  const payload = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 1) payload[at] = at * 31 + seed * 17 + (at >> 8)
  return payload
}

/** A PUBLISH packet of a topic given by its number. */
export function publishOf(topic: number, payload: Uint8Array, rest: Partial<IPublishPacket> = {}): IPublishPacket {
  return { cmd: 'publish', topic: `t/${topic}`, payload: Buffer.from(payload), qos: 0, retain: false, dup: false, ...rest }
}

/** A network connection into the log, which takes every whole PUBLISH at once, as the engine does. */
export class DrivenInlet {
  constructor(
    private readonly driver: LogDriver,
    private readonly inlet: Inlet,
    private readonly isMqtt5: boolean,
  ) {}

  /** Brings a packet in, in pieces of at most that many bytes. */
  publish(packet: IPublishPacket, pieceBytes = Infinity): void {
    this.push(generate(packet, { protocolVersion: this.isMqtt5 ? 5 : 4 }), pieceBytes, [packet])
  }

  /** Brings bytes in; `packets` are the PUBLISH packets that will be whole with them, in order. */
  push(bytes: Uint8Array, pieceBytes = Infinity, packets: readonly IPublishPacket[] = []): void {
    const coming = [...packets]
    for (let at = 0; at < bytes.length; ) {
      const room = this.inlet.room()
      const count = Math.min(room.length, pieceBytes, bytes.length - at)
      room.set(bytes.subarray(at, at + count))
      at += count
      this.inlet.filled(count)
      this.#scan(coming)
    }
  }

  room(): Uint8Array {
    return this.inlet.room()
  }

  close(): void {
    this.inlet.close()
  }

  #scan(packets: IPublishPacket[]): void {
    const { inlet } = this
    let at = inlet.start
    let expected = 0
    while (at < inlet.end) {
      expected = totalBytes(inlet.bytes.subarray(at, inlet.end))
      if (expected === 0 || at + expected > inlet.end) break
      if ((inlet.bytes[at] ?? 0) >> 4 === 3) this.driver.take(packets.shift(), inlet.segment, at)
      at += expected
      expected = 0
    }
    inlet.consume(at)
    inlet.expect(expected)
  }
}

/** Drives a log, and remembers every message it was given. */
export class LogDriver {
  readonly values = new PlainLastValues()
  readonly log: MessageLog
  readonly taken: TakenMessage[] = []
  nowMs = 1_000
  /** Node ids of topics that were forgotten and came again: an id is not given again while its messages are in the log. */
  readonly #ids = new Map<number, NodeId>()
  #nextId = 1_000_000

  constructor(budgetBytes: number, sizes: LogSizes = {}) {
    this.log = new MessageLog(budgetBytes, this.values, sizes)
  }

  open(isMqtt5 = false): DrivenInlet {
    return new DrivenInlet(this, this.log.openInlet(isMqtt5), isMqtt5)
  }

  take(packet: IPublishPacket | undefined, segment: number, offset: number): void {
    if (packet === undefined) throw new Error('a PUBLISH that was not sent')
    const topic = this.idOf(Number(packet.topic.slice(2)))
    const sequence = this.log.append(segment, offset, topic, this.values.lastSequence(topic), this.nowMs)
    this.values.record(topic, { sequence, atMs: this.nowMs, segment, offset })
    this.taken.push({ sequence, topic, atMs: this.nowMs, packet })
  }

  idOf(topicNumber: number): NodeId {
    return this.#ids.get(topicNumber) ?? topicNumber
  }

  /** The tree forgets a topic, and says so before unless `unsaid`. */
  forget(topicNumber: number, unsaid = false): void {
    const topic = this.idOf(topicNumber)
    if (!unsaid) this.log.forget(topic)
    this.values.last.delete(topic)
    this.#ids.set(topicNumber, this.#nextId)
    this.#nextId += 1
  }

  /** The messages of a topic from its last one back, as the log tells them. */
  walk(topic: NodeId): number[] {
    const sequences: number[] = []
    for (let at = this.values.lastSequence(topic); at !== 0; at = this.log.olderOf(at)) sequences.push(at)
    return sequences
  }
}

/** The size of the packet that begins here; 0 while its length is not whole. */
function totalBytes(bytes: Uint8Array): number {
  let length = 0
  for (let index = 1; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    length += (byte & 0x7f) * 128 ** (index - 1)
    if (byte < 0x80) return 1 + index + length
  }
  return 0
}
