import { mosquittoPub } from '../support/mosquitto-clients'
import { freePort } from '../support/free-port'
import { expect, test } from './support/app'
import { expectNoViolations } from './support/axe'

test('axe finds nothing on any page, in both themes', async ({ start, mosquitto }) => {
  const { port, url } = await mosquitto()
  await mosquittoPub({ port, topic: 'a/b', payload: '{"value": 1, "text": "x", "on": true}', retain: true })
  const app = await start()
  const { page } = app
  await expectNoViolations(app, 'welcome')
  await page.getByRole('button', { name: 'New connection', exact: true }).first().click()
  await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeFocused()
  await expectNoViolations(app, 'profile editor')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await expectNoViolations(app, 'profile editor with errors')
  await page.getByRole('dialog').getByLabel('Host', { exact: true }).fill(url.replace('mqtt://', '').replace(`:${port}`, ''))
  await page.getByRole('dialog').getByLabel('Port', { exact: true }).fill(String(port))
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Local')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Connections', exact: true }).click()
  await expectNoViolations(app, 'connections')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expectNoViolations(app, 'settings')
  await page.getByRole('button', { name: 'Connections', exact: true }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  await (await app.reveal('a/b')).click()
  await expect(app.inspector).toContainText('"value"')
  await expectNoViolations(app, 'explore')
  await page.getByRole('button', { name: 'Charts', exact: true }).click()
  await expectNoViolations(app, 'charts')
  await page.getByRole('button', { name: 'Collections', exact: true }).click()
  await expectNoViolations(app, 'collections')
  await page.keyboard.press('Control+k')
  await expectNoViolations(app, 'command palette')
})

test('axe finds nothing on a connection that failed', async ({ start }) => {
  const app = await start([`mqtt://127.0.0.1:${await freePort()}`])
  await expect(app.status).toContainText('Reconnecting')
  await expectNoViolations(app, 'reconnecting')
})
