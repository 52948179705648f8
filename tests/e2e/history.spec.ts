import type { RawBroker, RawClient } from '../support/raw-broker'
import { waitUntil } from '../support/wait-until'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const history = (app: App) => app.page.getByRole('region', { name: 'Message history' })
const list = (app: App) => history(app).getByRole('listbox', { name: 'History' })
const selected = (app: App) => list(app).getByRole('option', { selected: true })
const pins = (app: App) => app.page.getByRole('region', { name: 'Pinned topics' })
const card = (app: App, topic: string) => pins(app).locator(`li[data-topic="${topic}"]`)

/** The payloads of the rows that are drawn, from the top. */
const drawn = (app: App) =>
  list(app)
    .getByRole('option')
    .evaluateAll((rows) =>
      rows
        .map((row) => ({ place: Number(row.getAttribute('aria-posinset')), payload: Number(row.querySelector('bdi')?.textContent) }))
        .sort((a, b) => a.place - b.place),
    )

/** Starts the app on a broker that says what the test wants. */
async function open(start: (args: readonly string[]) => Promise<App>, broker: RawBroker): Promise<{ app: App; client: RawClient }> {
  const app = await start([broker.url, '--filter', '#'])
  await expect(app.status).toContainText('Online')
  const client = await waitUntil(() => broker.clients.at(-1), { what: 'the app to connect' })
  return { app, client }
}

/** Messages with the numbers `from … to` as payloads. */
function publishNumbers(client: RawClient, topic: string, from: number, to: number): void {
  for (let number = from; number <= to; number += 1) client.publish(topic, String(number))
}

test('the history goes back to the oldest message, stands still meanwhile, and leads back to live', async ({ start, rawBroker }) => {
  const { app, client } = await open(start, await rawBroker())
  publishNumbers(client, 'plant/value', 1, 5_000)
  await (await app.reveal('plant/value')).click()
  await expect(history(app)).toContainText('5,000 received, all kept')
  await expect(selected(app)).toContainText('5000')

  // Any place of the list shows the messages that belong there.
  await list(app).evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight / 2))
  await expect.poll(async () => (await drawn(app))[0]?.place ?? 0).toBeGreaterThan(2_000)
  for (const { place, payload } of await drawn(app)) expect(payload).toBe(5_001 - place)
  await expect(history(app)).toContainText('held')
  const before = await drawn(app)

  publishNumbers(client, 'plant/value', 5_001, 5_123)
  const back = history(app).getByRole('button', { name: '123 newer — back to live' })
  await expect(back).toBeVisible()
  expect(await drawn(app)).toEqual(before)
  // What is open follows the newest all the time.
  await expect(app.inspector.getByRole('code').first()).toContainText('5123')

  await list(app).focus()
  await app.page.keyboard.press('End')
  await expect(selected(app)).toHaveAttribute('aria-posinset', '5000')
  await expect(app.inspector).toContainText('5,122 newer messages')
  await app.page.keyboard.press('PageUp')
  await app.page.keyboard.press('ArrowUp')
  await expect(selected(app)).not.toHaveAttribute('aria-posinset', '5000')
  const { place, payload } = await selected(app).evaluate((row) => ({
    place: Number(row.getAttribute('aria-posinset')),
    payload: Number(row.querySelector('bdi')?.textContent),
  }))
  expect(payload).toBe(5_001 - place)

  await back.click()
  await expect(selected(app)).toContainText('5123')
  await expect(history(app)).toContainText('live')
  await app.page.keyboard.press('ArrowDown')
  await expect(selected(app)).toContainText('5122')
  publishNumbers(client, 'plant/value', 5_124, 5_124)
  await expect(history(app).getByRole('button', { name: '1 newer — back to live' })).toBeVisible()
  await app.page.keyboard.press('Home')
  await expect(selected(app)).toContainText('5124')
})

test('a log made smaller lets the oldest messages go, says so, and keeps last values', async ({ start, rawBroker }) => {
  const { app, client } = await open(start, await rawBroker())
  const { page } = app
  await page.keyboard.press('Control+,')
  const budget = page.getByRole('textbox', { name: 'Message log of each connection, in MB' })
  await expect(budget).toHaveValue('256')
  await budget.fill('15')
  await budget.blur()
  await expect(page.getByText('Enter a whole number from 16 to 4,095.')).toBeVisible()
  await budget.fill('16')
  await budget.press('Enter')
  await page.keyboard.press('Control+Shift+E')
  await expect(page.getByTestId('log')).toContainText('/ 16 MB')
  await expect(page.getByTestId('dropped')).toHaveText('Dropped 0')

  client.publish('quiet', 'still here')
  const filling = 'x'.repeat(65_536)
  for (let number = 1; number <= 400; number += 1) client.publish('loud', `${number} ${filling}`)
  await expect(app.counter('messages-received')).toHaveAttribute('data-value', '401')
  await app.topic('quiet').click()
  await expect(app.inspector).toContainText('still here')
  await expect(list(app).getByRole('option')).toHaveCount(1)
  await expect(history(app)).toContainText('1 received, all kept')
  await app.topic('loud').click()
  await expect(history(app)).toContainText(/\d+ kept of 400 received/)
  await list(app).press('End')
  await expect(history(app)).toContainText(/\d+ older messages were let go: the log is full/)
  await expect(history(app)).toContainText(/The oldest kept came .+ ago/)

  await page.getByRole('button', { name: 'All numbers' }).click()
  const numbers = page.getByRole('dialog', { name: 'All numbers' })
  const evicted = Number(await page.getByTestId('evicted').getAttribute('data-value'))
  expect(evicted).toBeGreaterThan(100)
  await expect(numbers).toContainText('Let go')
  await expect(numbers).toContainText('Dropped')
  await expectNoViolations(app, 'all numbers')
  await page.keyboard.press('Escape')
  await expect(numbers).toHaveCount(0)
})

test('a topic goes when its retained message is cleared, if that is wanted', async ({ start, rawBroker }) => {
  const { app, client } = await open(start, await rawBroker())
  const { page } = app
  for (const topic of ['first', 'second', 'stays']) client.publish(topic, '1', { retain: true })
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '3')
  client.publish('first', '', { retain: true })
  await expect(app.counter('messages-received')).toHaveAttribute('data-value', '4')
  await expect(app.topic('first')).toBeVisible()
  await expect(page.getByTestId('forgotten')).toHaveCount(0)

  await page.keyboard.press('Control+,')
  await page.getByRole('switch', { name: 'Forget topics when their retained message is cleared' }).click()
  await page.keyboard.press('Control+Shift+E')
  client.publish('second', '', { retain: true })
  await expect(app.topic('second')).toHaveCount(0)
  await expect(app.topic('stays')).toBeVisible()
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '2')
  await expect(page.getByTestId('forgotten')).toHaveAttribute('data-value', '1')
})

test('pinned topics are watched side by side, by mouse and by keyboard', async ({ start, rawBroker }) => {
  const { app, client } = await open(start, await rawBroker())
  const { page } = app
  client.publish('plant/a', '20.5')
  client.publish('plant/b', Buffer.from([0xff, 0xd8]))
  await (await app.reveal('plant/a')).click()
  await app.inspector.getByRole('button', { name: 'Pin topic' }).click()
  await app.topic('plant/b').click()
  await page.keyboard.press('Control+Shift+D')
  await expect(card(app, 'plant/a')).toContainText('20.5')
  await expect(card(app, 'plant/b')).toContainText('ff d8')
  await expect(card(app, 'plant/b')).toContainText('binary')

  for (const value of ['20.6', '20.7', '20.8', '20.9', '21.0', '21.1']) client.publish('plant/a', value)
  await expect(card(app, 'plant/a')).toContainText('7 messages')
  await expect(card(app, 'plant/a').getByRole('listitem').locator('bdi')).toHaveText(['21.1', '21.0', '20.9', '20.8', '20.7'])
  await expectNoViolations(app, 'pinned topics')

  // They stay with their tab.
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.keyboard.press('Control+Shift+E')
  await expect(card(app, 'plant/a')).toContainText('21.1')

  await card(app, 'plant/b').getByRole('button', { name: 'Select plant/b' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(card(app, 'plant/a').getByRole('button', { name: 'Select plant/a' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(app.topic('plant/a')).toHaveAttribute('aria-selected', 'true')
  await card(app, 'plant/a').getByRole('button', { name: 'Select plant/a' }).press('Delete')
  await expect(card(app, 'plant/a')).toHaveCount(0)
  await expect(card(app, 'plant/b').getByRole('button', { name: 'Select plant/b' })).toBeFocused()
  await pins(app).getByRole('button', { name: 'Unpin all' }).click()
  await expect(pins(app)).toHaveCount(0)
})

test('frames are counted under load only', async ({ start, rawBroker }) => {
  const { app, client } = await open(start, await rawBroker())
  client.publish('load', '0')
  await expect(app.topic('load')).toBeVisible()
  const timer = setInterval(() => publishNumbers(client, 'load', 1, 100), 20)
  try {
    await expect(app.page.getByTestId('frames-per-second')).toBeVisible({ timeout: 20_000 })
    await expect(app.page.getByTestId('bytes-per-second')).not.toHaveText('0 B/s')
  } finally {
    clearInterval(timer)
  }
  await expect(app.page.getByTestId('frames-per-second')).toHaveCount(0, { timeout: 30_000 })
})
