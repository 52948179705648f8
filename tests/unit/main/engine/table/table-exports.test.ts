import { describe, expect, it } from 'vitest'
import { FieldReader } from '../../../../../src-main/engine/fields/field-reader'
import type { TableMessage } from '../../../../../src-main/engine/engine-api'
import { TableExports } from '../../../../../src-main/engine/table/table-exports'
import { Received } from '../../support/received'

class ExportBench extends Received {
  readonly exports = new TableExports(this.ingest.tree, this.ingest.log, new FieldReader(this.ingest.tree))

  rows(topic: string, sequences: readonly number[]) {
    const node = this.nodeOf(topic)
    return { length: sequences.length, sequenceAt: (row: number) => sequences[row] ?? 0, topicAt: () => node }
  }

  async readAll(exportId: number): Promise<{ messages: TableMessage[]; gone: number; pieces: number }> {
    const messages: TableMessage[] = []
    for (let gone = 0, pieces = 1; ; pieces += 1) {
      const piece = await this.exports.read(exportId)
      messages.push(...piece.messages)
      gone += piece.gone
      if (piece.isLast) return { messages, gone, pieces }
    }
  }
}

describe('TableExports', () => {
  it('gives the rows chosen, each once and in their order, in pieces', async () => {
    const bench = new ExportBench({ logBudgetBytes: 8_000_000 })
    for (let n = 1; n <= 3_000; n += 1) bench.take('a', JSON.stringify({ n }), { qos: 1, messageId: 7, retain: n === 2 })
    const sequences = Array.from({ length: 3_000 }, (_, index) => 3_000 - index)
    const { exportId, messages } = bench.exports.begin(bench.rows('a', sequences), [{ from: 2_990, to: 9_000 }, { from: 0, to: 2_000 }, { from: 1_500, to: 2_500 }], [['n'], ['x']])
    expect(messages).toBe(2_510)
    const read = await bench.readAll(exportId)
    expect(read.pieces).toBe(3)
    expect(read.messages.map(({ sequence }) => sequence)).toEqual([...sequences.slice(0, 2_500), ...sequences.slice(2_990)])
    expect(read.messages.at(-2)).toMatchObject({ topic: 'a', qos: 1, retain: true, fields: [2, null], payload: new Uint8Array(Buffer.from('{"n":2}')) })
  })

  it('counts what the log let go meanwhile', async () => {
    const bench = new ExportBench({ logBudgetBytes: 300_000 })
    for (let n = 0; n < 5; n += 1) bench.take('a', 'x'.repeat(1_000))
    const { exportId } = bench.exports.begin(bench.rows('a', [5, 4, 3, 2, 1]), null, [])
    for (let n = 0; n < 100; n += 1) bench.take('a', 'y'.repeat(10_000))
    expect(await bench.readAll(exportId)).toMatchObject({ messages: [], gone: 5 })
  })

  it('knows no export that has ended, and not too many at a time', async () => {
    const bench = new ExportBench()
    bench.take('a')
    const begin = () => bench.exports.begin(bench.rows('a', [1]), null, [])
    const { exportId } = begin()
    bench.exports.end(exportId)
    await expect(bench.exports.read(exportId)).rejects.toMatchObject({ code: 'export-gone' })
    expect(() => Array.from({ length: 21 }, begin)).toThrow(expect.objectContaining({ code: 'too-many' }) as Error)
  })
})
