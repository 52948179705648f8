import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { PROJECT, expect, test, type App } from '../e2e/support/app'
import { runPlant } from './plant'

const FOLDER = join(PROJECT, 'docs/screenshots')

async function picture(app: App, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const theme of ['dark', 'light'] as const) {
    await app.electron.evaluate(({ nativeTheme }, wanted) => (nativeTheme.themeSource = wanted), theme)
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
    await app.page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' })
  }
}

async function resize(app: App, width: number, height: number): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]), [
    width,
    height,
  ] as const)
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(width)
}

test('explore: a plant, a selected topic, a message to republish', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const plant = await runPlant(port)
  const app = await start()
  await resize(app, 1_440, 900)
  await app.fillProfile({ name: 'Plant Hamburg', port })
  await app.page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  for (const topic of ['plant/hall-2/press-07/temperature', 'plant/energy/main']) await app.reveal(topic)
  await app.topic('plant/hall-2/press-07/temperature').click()
  await expect(app.inspector).toContainText('celsius')
  await app.inspector.getByRole('button', { name: 'Edit and republish' }).click()
  await expect(app.publish.getByRole('textbox', { name: 'Topic' })).toHaveValue('plant/hall-2/press-07/temperature')
  await expect.poll(async () => Number(await app.counter('messages-received').getAttribute('data-value'))).toBeGreaterThan(400)
  await app.publish.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(app.publish).toContainText('Sent')
  await picture(app, 'explore')
  await app.inspector.getByRole('tab', { name: 'Chart' }).click()
  await app.inspector.getByRole('group', { name: 'Numbers in this message' }).getByRole('button', { name: /^value/ }).click()
  await expect(app.page.getByRole('table', { name: /^Numbers of/ }).getByRole('rowheader', { name: 'value' })).toBeVisible()
  const received = async (): Promise<number> => Number(await app.counter('messages-received').getAttribute('data-value'))
  const before = await received()
  await expect.poll(received, { timeout: 30_000 }).toBeGreaterThan(before + 600)
  await picture(app, 'chart')
  await app.topic('plant/hall-2').press('Control+Shift+T')
  await expect(app.page.getByRole('region', { name: 'History table' }).getByRole('row').nth(5)).toBeVisible()
  await picture(app, 'table')
  await plant.stop()
})

test('acl: a file, a question, the line that decides, and a matrix', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const publisher = await connectAsync(`mqtt://127.0.0.1:${port}`)
  const topics = ['sensors/temp_01/temperature', 'sensors/temp_02/humidity', 'gateways/gateway_01/status', 'alerts/temperature', 'notifications/ops']
  for (const topic of topics) await publisher.publishAsync(topic, '1', { retain: true })
  await publisher.endAsync()
  const app = await start()
  await resize(app, 1_440, 900)
  await app.fillProfile({ name: 'Plant Hamburg', port })
  await app.page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  await app.page.keyboard.press('ControlOrMeta+Shift+A')
  await app.page.getByRole('button', { name: 'Start with an example' }).click()
  await app.page.getByLabel('User name', { exact: true }).first().fill('gateway_01')
  await app.page.getByLabel('Topic', { exact: true }).fill('gateways/gateway_01/status')
  await app.page.keyboard.press('Escape')
  await expect(app.page.getByText('by line 11')).toBeVisible()
  await expect(app.page.getByRole('grid').getByRole('img', { name: 'read and write' })).toHaveCount(topics.length)
  await picture(app, 'acl')
})

test('welcome', async ({ start }) => {
  const app = await start()
  await resize(app, 1_440, 900)
  await expect(app.page.getByRole('button', { name: 'Explore the demo broker' })).toBeVisible()
  await picture(app, 'welcome')
})
