import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const TOPIC = 'plant/press/temperature'
const VALUES = [21.5, 22, -3.25, 40]

const row = (app: App, series: string) => app.page.getByRole('table', { name: /^Numbers of/ }).getByRole('row').filter({ has: app.page.getByRole('rowheader', { name: series }) })
const rail = (app: App, name: string) => app.page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true })

/** What the legend says: last, least, mean, greatest. */
async function numbersOf(app: App, series: string): Promise<string[]> {
  return (await row(app, series).getByRole('cell').allTextContents()).map((text) => text.trim()).slice(0, 4)
}

/** The system's dialog, which no test can click, answers at once. */
async function answerSaveDialog(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

test('a number is charted, pinned to the dashboard, saved, and still there after a restart', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto()
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Plant', port })
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  const publish = (value: number) => mosquittoPub({ port, topic: TOPIC, payload: JSON.stringify({ value, unit: '°C', alarm: value > 30, note: 'ok' }) })
  for (const value of VALUES) await publish(value)

  await (await app.reveal(TOPIC)).click()
  await app.inspector.getByRole('tab', { name: 'Chart' }).click()
  await expect(app.inspector.getByText('Choose a number to chart')).toBeVisible()
  const fields = app.inspector.getByRole('group', { name: 'Numbers in this message' })
  await expect(fields.getByRole('button')).toHaveText([/value\s*40/, /alarm\s*true/])
  await fields.getByRole('button', { name: /^value/ }).click()
  await expect(row(app, 'value')).toBeVisible()
  await expect.poll(() => numbersOf(app, 'value')).toEqual(['40 °C', '-3.25', '20.063', '40'])
  await fields.getByRole('button', { name: /^alarm/ }).press('Enter')
  await expect.poll(() => numbersOf(app, 'alarm')).toEqual(['1', '0', '0.25', '1'])

  // Live, without anything being asked for.
  await publish(45)
  await expect.poll(() => numbersOf(app, 'value')).toEqual(['45 °C', '-3.25', '25.05', '45'])
  await expectNoViolations(app, 'chart tab')

  // The time shown, by the keyboard.
  const plot = app.inspector.getByRole('group', { name: `Chart of ${TOPIC}` })
  await plot.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('ArrowLeft')
  await expect(app.inspector.getByText('No values in this time')).toBeVisible()
  await page.keyboard.press('Home')
  await expect.poll(() => numbersOf(app, 'value')).toContain('45')

  const csv = join(userData, 'chart.csv')
  await answerSaveDialog(app, csv)
  await app.inspector.getByRole('button', { name: 'More chart actions' }).click()
  await page.getByRole('menuitem', { name: 'Save values as CSV…' }).click()
  await expect(page.getByText('10 values saved', { exact: true })).toBeVisible()
  const [head, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\r\n')
  expect(head).toBe('time,topic,field,value')
  const saved = lines.map((line) => line.split(','))
  const of = (field: string) => saved.filter((cells) => cells[2] === field).map((cells) => Number(cells[3]))
  expect(of('value')).toEqual([...VALUES, 45])
  expect(of('alarm')).toEqual([0, 0, 0, 1, 1])
  expect(saved.every(([time = '', topic]) => topic === TOPIC && Math.abs(Date.parse(time) - Date.now()) < 120_000)).toBe(true)

  await app.inspector.getByRole('button', { name: 'Pin to dashboard' }).click()
  await rail(app, 'Charts').click()
  const card = page.getByRole('list', { name: 'Charts' }).getByRole('listitem', { name: TOPIC })
  await expect.poll(() => numbersOf(app, 'value')).toContain('45')
  const png = join(userData, 'chart.png')
  await answerSaveDialog(app, png)
  await card.getByRole('button', { name: `Actions for ${TOPIC}` }).click()
  await page.getByRole('menuitem', { name: 'Save as picture…' }).click()
  await expect(page.getByText('chart.png saved', { exact: true })).toBeVisible()
  expect([...readFileSync(png).subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  await app.close()

  const again = await start()
  await rail(again, 'Charts').click()
  const kept = again.page.getByRole('list', { name: 'Charts' }).getByRole('listitem', { name: TOPIC })
  await expect(kept).toBeVisible()
  await expect(kept.getByText('Waiting for the first message')).toBeVisible()
})

test('a dashboard: charts of several topics are added, moved, resized, copied, deleted and brought back', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`])
  const { page } = app
  await expect(app.status).toContainText('Online')
  for (const [name, value] of [['one', 1], ['two', 2]] as const) await mosquittoPub({ port, topic: `hall/${name}/level`, payload: JSON.stringify({ level: value }) })
  await expect(app.counter('topics-known')).toContainText(/\d/)
  await page.keyboard.press('Control+Shift+G')
  await expect(page.getByText('No charts yet')).toBeVisible()
  await expectNoViolations(app, 'empty dashboard')

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Add chart' }).click()
  await dialog.getByLabel('Name').fill('Levels')
  await dialog.getByLabel('Topic').fill('hall/+/level')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('A topic name, without + and #.')).toBeVisible()
  await dialog.getByLabel('Topic').fill('hall/one/level')
  await expect(dialog.getByLabel('Field')).toHaveValue('["level"]')
  await dialog.getByRole('button', { name: 'Add series' }).click()
  await dialog.getByLabel('Topic').nth(1).fill('hall/two/level')
  await expect(dialog.getByLabel('Field').nth(1)).toHaveValue('["level"]')
  await dialog.getByRole('button', { name: 'Add threshold' }).click()
  await dialog.getByLabel('Value').fill('1.5')
  await expectNoViolations(app, 'chart dialog')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => numbersOf(app, 'one')).toContain('1')
  await expect.poll(() => numbersOf(app, 'two')).toContain('2')

  const names = () => page.getByRole('list', { name: 'Charts' }).getByRole('heading', { level: 2 }).allTextContents()
  const act = async (chart: string, action: string) => {
    await page.getByRole('button', { name: `Actions for ${chart}` }).first().click()
    await page.getByRole('menu').getByText(action, { exact: true }).click()
  }
  await act('Levels', 'Duplicate')
  await expect.poll(names).toEqual(['Levels', 'Levels'])
  await act('Levels', 'Edit chart…')
  await dialog.getByLabel('Name').fill('First')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(names).toEqual(['First', 'Levels'])
  await page.getByRole('button', { name: 'Move First' }).press('ArrowRight')
  await expect.poll(names).toEqual(['Levels', 'First'])
  await expect(page.getByRole('button', { name: 'Move First' })).toBeFocused()
  await page.getByRole('button', { name: 'Move First' }).dragTo(page.getByRole('listitem', { name: 'Levels' }))
  await expect.poll(names).toEqual(['First', 'Levels'])
  const width = async () => (await page.getByRole('listitem', { name: 'First' }).boundingBox())?.width ?? 0
  const before = await width()
  await act('First', 'Large')
  await expect.poll(width).toBeGreaterThan(1.8 * before)
  await expectNoViolations(app, 'dashboard')
  await act('First', 'Delete')
  await expect.poll(names).toEqual(['Levels'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(names).toEqual(['First', 'Levels'])
})

test('a number inside a compressed payload is charted, and another from the tree of values', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await expect(app.status).toContainText('Online')
  for (const value of [3, 5, 10]) await mosquittoPub({ port, topic: 'packed', payload: gzipSync(JSON.stringify({ list: [value] })) })
  await (await app.reveal('packed')).click()
  await app.inspector.getByRole('tab', { name: 'Chart' }).click()
  // There is one number only: it needs no choosing.
  await expect.poll(() => numbersOf(app, 'list[0]')).toEqual(['10', '3', '6', '10'])
  await mosquittoPub({ port, topic: 'packed', payload: JSON.stringify({ list: [2], level: 7 }) })
  await app.inspector.getByRole('tab', { name: 'Value' }).click()
  await app.inspector.getByRole('radio', { name: 'Tree' }).click()
  const level = app.inspector.getByRole('treeitem').filter({ hasText: 'level' })
  await level.hover()
  await level.getByText('Chart', { exact: true }).click()
  await expect.poll(() => numbersOf(app, 'level')).toEqual(['7', '7', '7', '7'])
  await expect.poll(() => numbersOf(app, 'list[0]')).toEqual(['2', '2', '5', '10'])
})
