import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { encodePublishes } from '../support/flood'
import { mosquittoPub } from '../support/mosquitto-clients'
import { waitUntil } from '../support/wait-until'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const panel = (app: App) => app.page.getByRole('region', { name: 'History table' })
const grid = (app: App) => panel(app).getByRole('grid', { name: 'Messages' })
const rows = (app: App) => grid(app).locator('[role=row][data-index]')
const head = (app: App, name: string) => grid(app).getByRole('columnheader').getByRole('button', { name, exact: true })

/** Exports through the menu; the system's dialogs, which no test can click, answer at once. */
async function exportAs(app: App, item: string | RegExp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
  await panel(app).getByRole('button', { name: 'Export', exact: true }).click()
  await app.page.getByRole('menuitem', { name: item, exact: typeof item === 'string' }).click()
}

/** What the first cells of each row say. */
async function column(app: App, index: number): Promise<string[]> {
  return rows(app).locator(`[role=gridcell]:nth-child(${index})`).allTextContents()
}

const HOSTILE = '=cmd|\' /C calc\'!A0'

test('the history of a subtree: filtered, sorted by a pinned field, and exported as it was published', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', 'plant/#'])
  const { page } = app
  await expect(app.status).toContainText('Online')
  const published: { topic: string; payload: Buffer }[] = [
    { topic: 'plant/press/temperature', payload: Buffer.from('{"value": 9.5, "unit": "°C"}') },
    { topic: 'plant/press/temperature', payload: Buffer.from('{"value": 71.25, "unit": "°C"}') },
    { topic: 'plant/press', payload: Buffer.from(HOSTILE) },
    { topic: 'plant/press/temperature', payload: Buffer.from('{"value": -3, "unit": "°C"}') },
    { topic: 'plant/press/blob', payload: Buffer.from([0xff, 0, 0x80, 0x0a]) },
    { topic: 'plant/robot', payload: Buffer.from('{"value": 1}') },
  ]
  for (const { topic, payload } of published) await mosquittoPub({ port, topic, payload, qos: 1 })
  await expect(app.counter('messages-received')).toHaveText('6 messages')

  await (await app.reveal('plant/press')).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'History of all below' }).click()
  await expect(grid(app)).toBeFocused()
  await expect(rows(app)).toHaveCount(5)
  await expect(panel(app)).toContainText('5 messages')

  await panel(app).getByRole('button', { name: 'Columns' }).click()
  await page.getByLabel('Field of the payload').fill('value')
  await page.getByRole('button', { name: 'Add column' }).click()
  await page.keyboard.press('Escape')
  await head(app, 'value').click()
  await expect.poll(() => column(app, 3)).toEqual(['-3', '9.5', '71.25', 'not readable', ''])
  await head(app, 'value').click()
  await expect.poll(() => column(app, 3)).toEqual(['71.25', '9.5', '-3', 'not readable', ''])
  await expectNoViolations(app, 'history table')

  const filter = panel(app).getByRole('searchbox', { name: 'Filter messages' })
  await filter.fill('value > 5')
  await expect.poll(() => column(app, 3)).toEqual(['71.25', '9.5'])
  await expect(panel(app)).toContainText('1 not readable')
  await filter.fill('value >')
  await expect(panel(app)).toContainText('value > is unfinished: write what to compare value with.')
  await expect.poll(() => column(app, 3)).toEqual(['71.25', '9.5'])
  await filter.fill('rate>1')
  await expect(panel(app)).toContainText('rate asks of topics; a single message has none')
  await filter.fill('')
  await expect(rows(app)).toHaveCount(5)
  await head(app, 'Time').click()

  const jsonl = join(userData, 'all.jsonl')
  await exportAs(app, 'All 5 rows as JSON Lines…', jsonl)
  await expect(page.getByText('Exported 5 messages', { exact: true })).toBeVisible()
  const ofPress = published.filter(({ topic }) => topic.startsWith('plant/press'))
  const lines = readFileSync(jsonl, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string>)
  const payloads = lines.map(({ topic, payload = '', encoding }) => ({ topic, payload: Buffer.from(payload, encoding as BufferEncoding) }))
  expect(payloads).toEqual([...ofPress].reverse())
  expect(lines.every(({ time = '', qos }) => Math.abs(Date.parse(time) - Date.now()) < 600_000 && Number(qos) === 0)).toBe(true)

  await rows(app).nth(0).click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(panel(app)).toContainText('3 selected')
  const csvPath = join(userData, 'some.csv')
  await exportAs(app, 'Selected 3 rows as CSV…', csvPath)
  await expect(page.getByText('Exported 3 messages', { exact: true })).toBeVisible()
  const { data } = Papa.parse<Record<string, string>>(readFileSync(csvPath, 'utf8').trimEnd(), { header: true })
  expect(data.map(({ topic, payload, encoding, value }) => [topic, payload, encoding, value])).toEqual([
    ['plant/press/blob', '/wCACg==', 'base64', ''],
    ['plant/press/temperature', '{"value": -3, "unit": "°C"}', 'utf-8', '-3'],
    ['plant/press', `'${HOSTILE}`, 'utf-8', ''],
  ])

  await exportAs(app, 'Payloads of the selected 3 rows as files…', userData)
  const folder = join(userData, 'plant_press')
  await expect.poll(() => existsSync(folder)).toBe(true)
  const index = readFileSync(join(folder, 'index.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { file: string; topic: string })
  expect(index.map(({ file, topic }) => ({ topic, payload: readFileSync(join(folder, file)) }))).toEqual([...ofPress].reverse().slice(0, 3))

  await exportAs(app, 'All 5 rows as CSV…', join(userData, 'no/such/folder.csv'))
  await expect(page.getByText('folder.csv could not be written', { exact: true })).toBeVisible()

  await mosquittoPub({ port, topic: 'plant/press/new', payload: 'came later' })
  await panel(app).getByRole('button', { name: 'Go live, 1 newer' }).click()
  await expect(rows(app).first()).toContainText('came later')
  await rows(app).nth(2).dblclick()
  await expect(panel(app)).toBeHidden()
  await expect(app.inspector).toContainText('"value": -3')
})

test('a large export is cancelled in the middle and leaves nothing behind', async ({ start, rawBroker, userData }) => {
  const broker = await rawBroker()
  const app = await start([broker.url])
  const client = await waitUntil(() => broker.clients[0], { timeoutMs: 10_000, what: () => 'the app' })
  await waitUntil(() => client.packets.some(({ cmd }) => cmd === 'subscribe'), { timeoutMs: 10_000, what: () => 'its subscription' })
  const messages = 60_000
  const { bytes } = encodePublishes(
    Array.from({ length: messages }, (_, n) => ({ topic: `plant/${n % 100}/temperature`, payload: JSON.stringify({ n }) })),
    5,
  )
  client.write(bytes)
  await expect(app.counter('messages-received')).toHaveText('60,000 messages')
  await app.tree.focus()
  await app.page.keyboard.press('Control+Shift+T')
  await expect(panel(app)).toContainText('60,000 messages')
  await exportAs(app, 'All 60,000 payloads as files…', userData)
  const bar = app.page.getByRole('region', { name: 'Exports under way' })
  await expect(bar).toContainText(/[1-9][\d,]* of 60,000 messages/)
  await bar.getByRole('button', { name: 'Cancel' }).click()
  await expect(app.page.getByText('What had been written was removed.', { exact: true })).toBeVisible()
  await expect(bar).toBeHidden()
  expect(readdirSync(userData).filter((name) => name.startsWith('plant'))).toEqual([])

  const csvPath = join(userData, 'all.csv')
  await exportAs(app, 'All 60,000 rows as CSV…', csvPath)
  await expect(app.page.getByText('Exported 60,000 messages', { exact: true })).toBeVisible({ timeout: 30_000 })
  expect(readFileSync(csvPath, 'utf8').split('\r\n')).toHaveLength(messages + 2)
})
