import { topicNameFault, type TopicFault } from '@shared/mqtt/topic'
import type { QoS } from '@shared/mqtt/qos'
import type { Inlet } from '../../../../src-main/engine/history/inlet'
import type { PublishFields } from '../../../../src-main/engine/wire/publish-fields'
import { firstPropertiesOf } from '../../../../src-main/engine/wire/publish-properties'
import type { Intake, PublishSink } from '../../../../src-main/engine/wire/publish-sink'

/** What stands in memory that is not the inlet's any more: who looks there sees it. */
const GONE = 0xee
const ROOM_BYTES = 4_096

/** Moves to new memory before each read, and spoils the old. */
export class NaiveInlet implements Inlet {
  bytes: Uint8Array = new Uint8Array()
  segment = 0
  start = 0
  end = 0
  expected = 0
  isClosed = false

  room(): Uint8Array {
    const rest = this.bytes.slice(this.start, this.end)
    this.bytes.fill(GONE)
    this.bytes = new Uint8Array(rest.length + ROOM_BYTES)
    this.bytes.set(rest)
    this.segment += 1
    this.start = 0
    this.end = rest.length
    return this.bytes.subarray(this.end)
  }

  filled(count: number): void {
    if (this.isClosed) throw new Error('filled after it was closed')
    this.end += count
    if (this.end > this.bytes.length) throw new Error('more came than there was room')
  }

  consume(to: number): void {
    if (to < this.start || to > this.end) throw new Error(`consumed to ${to}, of ${this.start} to ${this.end}`)
    this.start = to
  }

  expect(totalBytes: number): void {
    this.expected = totalBytes
  }

  close(): void {
    if (this.isClosed) throw new Error('closed twice')
    this.isClosed = true
  }
}

/** A message as it was taken in, all of it copied. */
export interface TakenMessage {
  readonly topic: string
  readonly payload: string
  readonly qos: QoS
  readonly retain: boolean
  readonly dup: boolean
  readonly properties: readonly (readonly [name: string, value: string])[]
}

/** Takes messages in the plainest way: into an array. */
export class NaiveIntake implements Intake, PublishSink {
  readonly sink = this
  readonly taken: TakenMessage[] = []
  readonly refused: { readonly fault: TopicFault; readonly payload: string }[] = []
  readonly inlets: NaiveInlet[] = []
  foresees = true
  /** Topics that were announced. */
  readonly foreseen: string[] = []
  /** Bytes of the chunks that were gone through. */
  chunkBytes = 0
  #isWithinChunk = false

  readonly openInlet = (): NaiveInlet => {
    const inlet = new NaiveInlet()
    this.inlets.push(inlet)
    return inlet
  }

  /** Of the messages that were refused. */
  get faults(): TopicFault[] {
    return this.refused.map(({ fault }) => fault)
  }

  /** Of the messages that were taken. */
  get topics(): string[] {
    return this.taken.map(({ topic }) => topic)
  }

  begin(): void {
    if (this.#isWithinChunk) throw new Error('a chunk within another')
    this.#isWithinChunk = true
  }

  foresee(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void {
    for (let at = 0; at < count; at += 1) this.foreseen.push(Buffer.from(bytes.subarray(starts[at], ends[at])).toString())
  }

  take(bytes: Uint8Array, _segment: number, fields: PublishFields, topicBytes: Uint8Array, topicStart: number, topicEnd: number): TopicFault | null {
    if (!this.#isWithinChunk) throw new Error('a message outside of any chunk')
    const topic = decoded(topicBytes.subarray(topicStart, topicEnd))
    const { payloadStart, end, propertiesStart, propertiesEnd, qos, retain, dup } = fields
    const payload = Buffer.from(bytes.subarray(payloadStart, end)).toString('latin1')
    const fault = topic === null ? 'ill-formed' : topicNameFault(topic)
    if (topic === null || fault !== null) {
      if (fault !== null) this.refused.push({ fault, payload })
      return fault
    }
    const properties = firstPropertiesOf(bytes.subarray(propertiesStart, propertiesEnd)).properties.map(({ name, value }) => [name, value] as const)
    this.taken.push({ topic, payload, qos, retain, dup, properties })
    return null
  }

  end(chunkBytes: number): void {
    if (!this.#isWithinChunk) throw new Error('the end of no chunk')
    this.#isWithinChunk = false
    this.chunkBytes += chunkBytes
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
