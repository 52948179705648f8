import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const panel = (app: App) => app.page.getByRole('region', { name: 'Packet log' })
const list = (app: App) => panel(app).getByRole('listbox', { name: 'Packets' })
const line = (app: App, text: string | RegExp) => list(app).getByRole('option').filter({ hasText: text })

/** Saves through the menu; the system's dialog, which no test can click, answers at once. */
async function save(app: App, item: string, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await panel(app).getByRole('button', { name: 'More packet log actions' }).click()
  await app.page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('every packet of a connection, by the keyboard, filtered, copied and saved', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto({ users: { ada: 'canary-password' } })
  const app = await start([`mqtt://ada:canary-password@127.0.0.1:${port}`, '--filter', 'plant/#'])
  const { page } = app
  await expect(app.status).toContainText('Online')
  await page.keyboard.press('Control+Shift+L')
  await expect(panel(app)).toBeFocused()
  await expect(panel(app)).toContainText('The packet log is off')
  await panel(app).getByRole('button', { name: 'Start recording' }).click()
  await expect(line(app, 'Recording started')).toBeVisible()

  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(panel(app).getByRole('note', { name: 'Why it disconnected' })).toContainText('You disconnected')
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(line(app, 'SUBACK')).toBeVisible()
  await mosquittoPub({ port, topic: 'plant/press', payload: 'hello', username: 'ada', password: 'canary-password' })
  await expect(line(app, 'plant/press')).toContainText('QoS 0')
  for (const name of ['CONNECT', 'CONNACK', 'SUBSCRIBE']) await expect(line(app, new RegExp(`(sent|received) ${name}`))).toHaveCount(1)

  await line(app, 'plant/press').click()
  const packet = panel(app).getByRole('region', { name: 'Packet', exact: true })
  await expect(packet).toContainText('5 bytes · hello')
  await expect(packet).toContainText('68 65 6c 6c 6f')
  await page.keyboard.press('ArrowUp')
  await expect(packet).toContainText('Granted QoS')
  await page.keyboard.press('Control+C')
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain('<- SUBACK')
  await line(app, /sent CONNECT/).click()
  await expect(packet).toContainText('15 bytes, masked')
  expect(await page.content()).not.toContain('canary-password')
  await expectNoViolations(app, 'packet log')

  await panel(app).getByRole('searchbox', { name: 'Topic contains' }).fill('PRESS')
  await expect(list(app).getByRole('option')).toHaveCount(1)
  const [all, shown] = [join(userData, 'all.txt'), join(userData, 'shown.jsonl')]
  await save(app, 'Save the shown as JSON Lines…', shown)
  await expect(page.getByText('1 line saved', { exact: true })).toBeVisible()
  expect(JSON.parse(readFileSync(shown, 'utf8'))).toMatchObject({ packet: 'PUBLISH', direction: 'received', cut: null })
  await save(app, 'Save as text…', all)
  await expect(page.getByText(/^\d+ lines saved$/)).toBeVisible()
  const text = readFileSync(all, 'utf8')
  expect(text).toContain('Password: 15 bytes, masked')
  expect(text).not.toContain('canary')

  await panel(app).getByRole('searchbox', { name: 'Topic contains' }).fill('')
  await panel(app).getByLabel('Packets', { exact: true }).first().selectOption('CONNACK')
  await expect(list(app).getByRole('option')).toHaveCount(1)
  await panel(app).getByRole('button', { name: 'Failures only' }).click()
  await expect(panel(app)).toContainText('No packet matches')
  await panel(app).getByRole('button', { name: 'Show all packets' }).click()
  await expect(line(app, 'PUBLISH')).toBeVisible()
  await save(app, 'Save as text…', join(userData, 'no/such/folder.txt'))
  await expect(page.getByText('folder.txt could not be written', { exact: true })).toBeVisible()
})

test('a connection that fails is explained next to its failure, and the log outlives the attempts', async ({ start, rawBroker }) => {
  const broker = await rawBroker({ onConnect: { kind: 'refuse', code: 0x87, reasonString: 'nobody knows you' } })
  const app = await start([broker.url])
  await expect(app.status).toContainText('Failed')
  await app.page.getByRole('button', { name: 'Packet log' }).click()
  await panel(app).getByRole('button', { name: 'Start recording' }).click()
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const why = panel(app).getByRole('note', { name: 'Why it disconnected' })
  await expect(why).toContainText('The broker refused the connection with CONNACK 0x87 Not authorized; it says “nobody knows you”.')

  broker.behave({ onConnect: { kind: 'accept' } })
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  await expect(line(app, 'CONNACK')).toHaveCount(2)
  broker.clients[0]?.disconnect(0x8e)
  await expect(why).toContainText(/The broker ended the connection with DISCONNECT 0x8E Session taken over, .* after CONNACK\./)
  await app.page.getByRole('button', { name: 'Packet log (recording)' }).click()
  await expect(panel(app)).toHaveCount(0)
})
