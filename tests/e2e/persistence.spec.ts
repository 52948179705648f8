import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type {} from '../../src-renderer/bridge/client'
import { expect, test } from './support/app'

test('a restart brings back profiles, tabs, theme and window size', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const first = await start()
  await first.fillProfile({ name: 'Remembered', port })
  await first.page.getByRole('button', { name: 'Save', exact: true }).click()
  await first.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(first.status).toContainText('Online')
  await first.page.getByRole('button', { name: 'Settings', exact: true }).click()
  await first.page.getByRole('radio', { name: 'Light' }).click()
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'light')
  await first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1_111, 777))
  await first.close()

  const second = await start()
  await expect(second.page.getByRole('tab', { name: /Remembered/ })).toHaveAttribute('aria-selected', 'true')
  await expect(second.status).toContainText('Offline')
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'light')
  const size = await second.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
  expect(size).toEqual([1_111, 777])
  await second.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(second.status).toContainText('Online')
})

for (const file of ['profiles.json', 'settings.json']) {
  test(`a corrupt ${file} is set aside and reported`, async ({ start, userData }) => {
    const broken = '{"schemaVersion": 1, "profiles": [{"name": "half'
    writeFileSync(join(userData, file), broken)
    const app = await start()
    await expect(app.page.getByText(file).first()).toBeVisible()
    const kept = readdirSync(userData).find((name) => name.startsWith(`${file.replace('.json', '')}.corrupt-`))
    expect(readFileSync(join(userData, kept ?? 'missing'), 'utf8')).toBe(broken)
    await expect(app.page.getByText(kept ?? 'missing')).toBeVisible()
    await expect(app.page.getByRole('button', { name: 'New connection', exact: true }).first()).toBeVisible()
  })
}

test('a password: chosen how to keep, used, never given back to the page', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto({ users: { ada: 'canary-secret' } })
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Guarded', port })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('User name', { exact: true }).fill('ada')
  await dialog.getByLabel('Password', { exact: true }).fill('canary-secret')
  // This machine has no keyring, so the user must say how the password is kept.
  await page.getByRole('radio', { name: /until Pubscope closes/i }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  expect(readFileSync(join(userData, 'profiles.json'), 'utf8')).not.toContain('canary-secret')
  const listed = await page.evaluate(() => window.pubscope.requests['profiles.list'](undefined))
  expect(JSON.stringify(listed)).toContain('Guarded')
  expect(JSON.stringify(listed)).not.toContain('canary-secret')
  await app.close()

  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const asked = again.page.getByRole('dialog', { name: /password/i })
  await asked.getByLabel('Password', { exact: true }).fill('canary-secret')
  await asked.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(again.status).toContainText('Online')
})
