import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, runToEnd, test } from './support/app'

test('the welcome page leads to the demo broker', async ({ start }) => {
  const app = await start()
  await expect(app.page.getByRole('button', { name: 'New connection', exact: true }).first()).toBeVisible()
  await app.page.getByRole('button', { name: 'Explore the demo broker' }).click()
  await expect(app.status).toContainText('Online')
  // Eight devices with five sensors and a status each.
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '48')
  const row = await app.reveal('sensors/greenhouse-01/temperature')
  await row.click()
  await expect(app.inspector).toContainText('celsius')
  const status = await app.reveal('devices/lab-7/status')
  await status.click()
  await expect(app.inspector.getByText('retained')).toBeVisible()
  const before = Number(await app.counter('messages-received').getAttribute('data-value'))
  await expect.poll(async () => Number(await app.counter('messages-received').getAttribute('data-value'))).toBeGreaterThan(before)
})

test('--demo --screenshot saves a picture of a live tree and exits 0', async ({ userData }) => {
  const file = join(userData, 'proof.png')
  expect(await runToEnd(userData, ['--demo', '--screenshot', file])).toBe(0)
  const picture = readFileSync(file)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.readUInt32BE(16)).toBeGreaterThan(1_000)
})
