import { AppError } from '@shared/ipc/app-error'
import type { FieldPath } from '@shared/payload/field-path'
import type { RowSpan } from '@shared/table/export'
import { FieldQueue } from '../fields/field-queue'
import type { FieldReader } from '../fields/field-reader'
import type { TableExportPiece, TableMessage } from '../engine-api'
import type { MessageLog } from '../history/message-log'
import type { LoggedMessage } from '../history/read-message'
import type { TopicTree } from '../topics/topic-tree'
import { publishPropertiesOf } from '../wire/publish-properties'

/** A piece is full when it holds so many bytes, or messages. */
const PIECE_BYTES = 256 << 10
const PIECE_MESSAGES = 1_000
const MOST_EXPORTS = 20
/** Of one field. */
const MOST_CHARACTERS = 1 << 20

interface Export {
  readonly sequences: Float64Array
  readonly topics: Uint32Array
  readonly fields: readonly FieldPath[]
  next: number
}

/** Rows by their place. */
interface Rows {
  readonly length: number
  sequenceAt(row: number): number
  topicAt(row: number): number
}

/** What is being exported: the rows a table had at a moment, read piece by piece whatever becomes of the table. */
export class TableExports {
  readonly #open = new Map<number, Export>()
  #nextId = 1

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    private readonly fields: FieldReader,
  ) {}

  /** @param spans the rows chosen; null: all. @throws {AppError} `too-many` */
  begin(rows: Rows, spans: readonly RowSpan[] | null, fields: readonly FieldPath[]): { exportId: number; messages: number } {
    if (this.#open.size >= MOST_EXPORTS) throw new AppError('too-many', 'Too many exports at a time', { limit: MOST_EXPORTS })
    const chosen = spansWithin(spans ?? [{ from: 0, to: rows.length }], rows.length)
    const messages = chosen.reduce((sum, { from, to }) => sum + to - from, 0)
    const begun: Export = { sequences: new Float64Array(messages), topics: new Uint32Array(messages), fields, next: 0 }
    let at = 0
    for (const { from, to } of chosen) {
      for (let row = from; row < to; row += 1, at += 1) {
        begun.sequences[at] = rows.sequenceAt(row)
        begun.topics[at] = rows.topicAt(row)
      }
    }
    const exportId = this.#nextId
    this.#nextId += 1
    this.#open.set(exportId, begun)
    return { exportId, messages }
  }

  /** @throws {AppError} `export-gone` */
  async read(exportId: number): Promise<TableExportPiece> {
    const open = this.#open.get(exportId)
    if (open === undefined) throw new AppError('export-gone', 'No such export')
    const messages: TableMessage[] = []
    let bytes = 0
    let gone = 0
    const queue = new FieldQueue<TableMessage>(this.fields, MOST_CHARACTERS, (message, values) => {
      messages.push(values === null ? message : { ...message, fields: values })
    })
    for (let count = 0; open.next < open.sequences.length && bytes < PIECE_BYTES && count < PIECE_MESSAGES && !queue.isFull; open.next += 1, count += 1) {
      const message = this.log.read(open.sequences[open.next] ?? 0, open.topics[open.next])
      if (message === null) gone += 1
      else {
        const copy = this.#copyOf(message, open.fields)
        if (open.fields.length === 0) messages.push(copy)
        else queue.add(message, open.fields, copy)
        bytes += message.packetBytes
      }
    }
    const isLast = open.next >= open.sequences.length
    await new Promise<void>((resolve) => queue.handOver(resolve))
    return { messages, gone, isLast }
  }

  end(exportId: number): void {
    this.#open.delete(exportId)
  }

  #copyOf(message: LoggedMessage, fields: readonly FieldPath[]): TableMessage {
    const { sequence, receivedAtMs, topic, qos, retain, dup, payload, properties } = message
    return {
      sequence,
      receivedAtMs,
      topic: this.tree.topicOf(topic),
      qos,
      retain,
      dup,
      // A copy: the log's own bytes will hold other messages.
      payload: Uint8Array.from(payload),
      properties: publishPropertiesOf(properties),
      fields: fields.map(() => null),
    }
  }
}

/** In their order, each row once. */
function spansWithin(spans: readonly RowSpan[], length: number): RowSpan[] {
  const within: RowSpan[] = []
  let end = 0
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const begin = Math.max(end, from)
    end = Math.max(begin, Math.min(to, length))
    if (begin < end) within.push({ from: begin, to: end })
  }
  return within
}
