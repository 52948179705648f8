import { afterEach, expect, it, vi } from 'vitest'
import { parseRowFilter } from '@shared/table/row-filter'
import { FieldReader } from '../../../../../src-main/engine/fields/field-reader'
import { RowOrder } from '../../../../../src-main/engine/table/row-order'
import { TableRows } from '../../../../../src-main/engine/table/table-rows'
import { Received } from '../../support/received'

const MESSAGES = 20
const PAYLOAD = JSON.stringify({ v: 1, filling: 'x'.repeat(100_000) })

/** From now on the time is up once the clock has been looked at. */
function timeIsUpAfterOneLook(): void {
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(100)
}

afterEach(() => vi.restoreAllMocks())

function received(logBudgetBytes: number, topicOf: (message: number) => string): Received {
  const bench = new Received({ logBudgetBytes })
  for (let message = 0; message < MESSAGES; message += 1) bench.take(topicOf(message), PAYLOAD)
  return bench
}

function rowsOf({ ingest: { tree, log } }: Received, search: string): TableRows {
  const parsed = parseRowFilter(search)
  if (!parsed.ok) throw new Error(parsed.fault.code)
  return new TableRows(tree, log, new FieldReader(tree), '#', parsed.filter, 0, Infinity)
}

it('a filter looks at the clock after a few large payloads, also where they are the last values of their topics', () => {
  for (const [budget, topicOf] of [[8_000_000, () => 'a'], [200_000, (message: number) => `t/${message}`]] as const) {
    const bench = received(budget, topicOf)
    const rows = rowsOf(bench, 'v=1')
    const read = vi.spyOn(bench.ingest.log, 'read')
    timeIsUpAfterOneLook()
    rows.step(50)
    expect(read.mock.calls.length).toBeLessThan(3)
    vi.restoreAllMocks()
    while (rows.isBusy) rows.step(Infinity)
    expect(rows.rows.length).toBe(MESSAGES)
  }
})

it('sorting looks at the clock after a few large payloads', () => {
  const bench = received(8_000_000, () => 'a')
  const rows = rowsOf(bench, '')
  while (rows.isBusy) rows.step(Infinity)
  const { tree, log } = bench.ingest
  const order = new RowOrder(tree, log, new FieldReader(tree), rows.rows, { by: ['v'], descending: false })
  const read = vi.spyOn(log, 'read')
  timeIsUpAfterOneLook()
  order.step(50)
  expect(read.mock.calls.length).toBeLessThan(3)
  vi.restoreAllMocks()
  while (!order.isDone) order.step(Infinity)
})
