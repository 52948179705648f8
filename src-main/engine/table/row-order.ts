import { fieldText, type FieldValue } from '@shared/payload/field-value'
import type { MessageColumn, TableSort } from '@shared/table/table-sort'
import { FieldQueue } from '../fields/field-queue'
import type { FieldReader } from '../fields/field-reader'
import type { MessageLog } from '../history/message-log'
import type { LoggedMessage } from '../history/read-message'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import type { ArrivalRows } from './arrival-rows'
import { MergeSort } from './merge-sort'

/** Texts are told apart by so many bytes. */
const KEY_BYTES = 64
const ROWS_BETWEEN_LOOKS = 128
const BYTES_BETWEEN_LOOKS = 64 << 10

type Key = number | string | null

/** Rows in another order than they came in: taken as they are when it is made, and put in order in slices. */
export class RowOrder {
  readonly length: number
  readonly #sequences: Float64Array
  readonly #topics: Uint32Array
  readonly #numbers: Float64Array
  readonly #texts: (string | null)[] = []
  readonly #known = new Map<string, string>()
  readonly #topicTexts = new Map<NodeId, string>()
  #keyed = 0
  #bytesRead = 0
  #sort: MergeSort | null = null
  #unread = 0
  readonly #queue: FieldQueue<number>

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    fields: FieldReader,
    rows: ArrivalRows,
    private readonly sort: TableSort,
  ) {
    this.#queue = new FieldQueue(fields, KEY_BYTES, (row, values) => {
      if (values === null) this.#unread += 1
      this.#setKey(row, fieldKey(values?.[0] ?? null))
    })
    this.length = rows.length
    this.#sequences = new Float64Array(this.length)
    this.#topics = new Uint32Array(this.length)
    this.#numbers = new Float64Array(this.length)
    for (let row = 0; row < this.length; row += 1) {
      this.#sequences[row] = rows.sequenceAt(row)
      this.#topics[row] = rows.topicAt(row)
    }
  }

  get isDone(): boolean {
    return this.#sort?.isDone === true
  }

  /** Rows whose field could not be looked for. */
  get unread(): number {
    return this.#unread
  }

  /** Whether {@link step} can do something now: it cannot while payloads are read elsewhere. */
  get canStep(): boolean {
    return !this.isDone && !this.#queue.isWaiting
  }

  /** Goes on until `performance.now()` passes `untilMs`. */
  step(untilMs: number): void {
    while (this.#keyed < this.length && !this.#queue.isWaiting) {
      if (this.#keyed % ROWS_BETWEEN_LOOKS === 0 || this.#bytesRead >= BYTES_BETWEEN_LOOKS) {
        if (performance.now() >= untilMs) return
        this.#bytesRead = 0
      }
      this.#lookAt(this.#keyed)
      this.#keyed += 1
      if (this.#queue.isFull || this.#keyed === this.length) this.#queue.handOver()
    }
    if (this.#queue.length > 0) return
    this.#sort ??= new MergeSort(this.length, (a, b) => this.#compare(a, b))
    this.#sort.step(untilMs)
  }

  sequenceAt(row: number): number {
    return this.#sequences[this.#placeOf(row)] ?? 0
  }

  topicAt(row: number): NodeId {
    return this.#topics[this.#placeOf(row)] ?? 0
  }

  #placeOf(row: number): number {
    return this.#sort?.order[row] ?? 0
  }

  /** Numbers, then texts, then rows without either; equal ones as they came, newest first. */
  #compare(a: number, b: number): number {
    const numberA = this.#numbers[a] ?? Number.NaN
    const numberB = this.#numbers[b] ?? Number.NaN
    const textA = this.#texts[a] ?? null
    const textB = this.#texts[b] ?? null
    const rankA = textA !== null ? 1 : Number.isNaN(numberA) ? 2 : 0
    const rankB = textB !== null ? 1 : Number.isNaN(numberB) ? 2 : 0
    if (rankA !== rankB) return rankA - rankB
    const direction = this.sort.descending ? -1 : 1
    if (textA !== null && textB !== null && textA !== textB) return textA < textB ? -direction : direction
    if (rankA === 0 && numberA !== numberB) return (numberA - numberB) * direction
    return a - b
  }

  #lookAt(row: number): void {
    const { by } = this.sort
    if (typeof by === 'string') return this.#setKey(row, this.#keyOf(row, by))
    const message = this.log.read(this.#sequences[row] ?? 0, this.#topics[row] ?? 0)
    if (message === null) return this.#queue.addKnown(row, [])
    this.#bytesRead += message.payload.byteLength
    this.#queue.add(message, [by], row)
  }

  #setKey(row: number, key: Key): void {
    this.#numbers[row] = typeof key === 'number' ? key : Number.NaN
    this.#texts[row] = typeof key === 'string' ? this.#shared(key) : null
  }

  #keyOf(row: number, by: MessageColumn): Key {
    const sequence = this.#sequences[row] ?? 0
    const topic = this.#topics[row] ?? 0
    // Times are never in another order than numbers.
    if (by === 'time') return sequence
    if (by === 'topic') return this.#topicText(topic)
    const message = this.log.read(sequence, topic)
    if (message === null) return null
    this.#bytesRead += message.payload.byteLength
    return keyIn(message, by)
  }

  #topicText(topic: NodeId): string {
    const known = this.#topicTexts.get(topic)
    if (known !== undefined) return known
    const text = this.tree.topicOf(topic)
    this.#topicTexts.set(topic, text)
    return text
  }

  /** The same string for equal texts. */
  #shared(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    this.#known.set(text, text)
    return text
  }
}

function keyIn(message: LoggedMessage, by: Exclude<MessageColumn, 'time' | 'topic'>): Key {
  switch (by) {
    case 'qos':
      return message.qos
    case 'retain':
      return message.retain ? 1 : 0
    case 'size':
      return message.payload.byteLength
    case 'value':
      return valueKey(message.payload)
  }
}

const BARE_NUMBER = /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/

function valueKey(payload: Uint8Array): Key {
  if (payload.byteLength === 0) return null
  const start = startOf(payload)
  return payload.byteLength <= KEY_BYTES && BARE_NUMBER.test(start) ? Number(start) : start
}

function fieldKey(field: FieldValue): Key {
  if (typeof field === 'number') return field
  const text = fieldText(field)
  if (text === null) return null
  return BARE_NUMBER.test(text) ? Number(text) : startOf(Buffer.from(text.slice(0, KEY_BYTES)))
}

/** The first bytes, each a character: UTF-8 is in the order of its characters. */
function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, KEY_BYTES)).toString('latin1')
}
