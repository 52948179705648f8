import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const panel = (app: App) => app.page.getByRole('region', { name: 'History table' })
const rows = (app: App) => panel(app).locator('[role=row][data-index]')
const head = (app: App, name: string) => panel(app).getByRole('columnheader').getByRole('button', { name, exact: true })

/** `{"value": …, "id": …}` in CBOR, byte by byte [RFC 8949]: a double, and an integer that no double holds. */
function cbor(value: number, id: bigint): Buffer {
  const double = Buffer.alloc(8)
  double.writeDoubleBE(value)
  const integer = Buffer.alloc(8)
  integer.writeBigUInt64BE(id)
  return Buffer.concat([Buffer.from('a26576616c7565fb', 'hex'), double, Buffer.from('6269641b', 'hex'), integer])
}

async function exportAs(app: App, item: string, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await panel(app).getByRole('button', { name: 'Export', exact: true }).click()
  await app.page.getByRole('menuitem', { name: item, exact: true }).click()
}

async function setRules(app: App, decoders: readonly unknown[]): Promise<void> {
  await app.page.evaluate(async (rules) => {
    const ask = async (channel: 'connections.list' | 'payload-rules.update', args?: unknown) =>
      (await window.pubscope.requests[channel](args)) as { ok: boolean; value?: { id: string }[] }
    const connectionId = (await ask('connections.list')).value?.[0]?.id
    await ask('payload-rules.update', { connectionId, rules: { decoders: rules, validations: [] } })
  }, decoders)
}

test('fields of CBOR and gzip\'d JSON are columns of a table: pinned, filtered, sorted and exported as they were published', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', 'plant/#'])
  const { page } = app
  await expect(app.status).toContainText('Online')
  const values = [3, 71.25, -8, 12.5]
  const published = values.map((value, index) => ({ topic: `plant/press/${index % 2}`, payload: cbor(value, 2n ** 63n + BigInt(index)), value, id: String(2n ** 63n + BigInt(index)) }))
  for (const { topic, payload } of published) await mosquittoPub({ port, topic, payload, qos: 1 })
  const zipped = { topic: 'plant/zipped', payload: gzipSync('{"value": 40, "id": "z"}'), value: 40, id: 'z' }
  await mosquittoPub({ port, ...zipped, qos: 1 })
  await expect(app.counter('messages-received')).toHaveText('5 messages')

  await (await app.reveal('plant')).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'History of all below' }).click()
  await expect(rows(app)).toHaveCount(5)
  await panel(app).getByRole('button', { name: 'Columns' }).click()
  for (const field of ['id', 'value']) {
    await page.getByLabel('Field of the payload').fill(field)
    await page.getByRole('button', { name: 'Add column' }).click()
  }
  await page.keyboard.press('Escape')
  await head(app, 'value').click()
  await expect.poll(() => rows(app).first().textContent()).toContain('40')
  await expect(panel(app)).toContainText('4 not readable')
  await expectNoViolations(app, 'fields that cannot be read')

  // The rule counts at once, in the table that is open.
  await setRules(app, [{ filter: 'plant/press/#', reading: { compression: 'none', format: { kind: 'cbor' } } }])
  const all = [...published, zipped]
  const ascending = [...all].sort((a, b) => a.value - b.value)
  const valueColumn = () => panel(app).getByRole('columnheader').allTextContents().then((names) => names.findIndex((name) => name.trim() === 'value') + 1)
  const place = await valueColumn()
  const shown = () => rows(app).locator(`[role=gridcell]:nth-child(${place})`).allTextContents()
  await expect.poll(shown).toEqual(ascending.map(({ value }) => String(value)))
  await expect(panel(app)).not.toContainText('not readable')

  await panel(app).getByRole('searchbox', { name: 'Filter messages' }).fill('value > 5')
  const above = ascending.filter(({ value }) => value > 5)
  await expect.poll(shown).toEqual(above.map(({ value }) => String(value)))
  await head(app, 'value').click()
  await expect.poll(shown).toEqual([...above].reverse().map(({ value }) => String(value)))
  await expectNoViolations(app, 'fields of CBOR')

  const csvPath = join(userData, 'fields.csv')
  await exportAs(app, 'All 3 rows as CSV…', csvPath)
  await expect(page.getByText('Exported 3 messages', { exact: true })).toBeVisible()
  const { data } = Papa.parse<Record<string, string>>(readFileSync(csvPath, 'utf8').trimEnd(), { header: true })
  expect(data.map(({ topic, payload = '', encoding, value, id }) => ({ topic, payload: Buffer.from(payload, encoding as BufferEncoding), value: Number(value), id }))).toEqual([...above].reverse())

  const jsonl = join(userData, 'fields.jsonl')
  await exportAs(app, 'All 3 rows as JSON Lines…', jsonl)
  await expect.poll(() => readFileSync(jsonl, { encoding: 'utf8', flag: 'a+' }).split('\n').length).toBe(4)
  const lines = readFileSync(jsonl, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { topic: string; payload: string; encoding: BufferEncoding; fields: object })
  expect(lines.map(({ topic, payload, encoding, fields }) => ({ topic, payload: Buffer.from(payload, encoding), ...fields }))).toEqual([...above].reverse())

  // What comes while the filter is on is read, too.
  await panel(app).getByRole('searchbox', { name: 'Filter messages' }).fill('value > 50')
  await head(app, 'Time').click()
  await expect.poll(shown).toEqual(['71.25'])
  await mosquittoPub({ port, topic: 'plant/press/0', payload: cbor(99, 7n), qos: 1 })
  await expect.poll(shown).toEqual(['99', '71.25'])
})
