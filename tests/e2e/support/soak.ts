import type {} from '../../../src-renderer/bridge/client'
import { expect, type App } from './app'

/** Connects as a user would who wants every message with its QoS and the session back after a cut; topics that are cleared go. */
export async function connectWithSession(app: App, port: number): Promise<void> {
  const { page } = app
  await page.evaluate(() => window.pubscope.requests['settings.update']({ explore: { forgetClearedTopics: true } }))
  await app.fillProfile({ name: 'Soak', port })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('MQTT version').selectOption('5.0')
  await dialog.getByLabel('QoS of filter 1').selectOption('QoS 2')
  await dialog.getByRole('switch', { name: 'Clean start' }).click()
  await dialog.getByRole('button', { name: 'Keep it for 1 hour' }).click()
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
}
