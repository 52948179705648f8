import type { Locator } from '@playwright/test'
import { retain, type Seed } from '../support/retained'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const PROMPT = { extraConfig: 'set_tcp_nodelay true' }

async function openBelow(app: App, topic: string): Promise<Locator> {
  await app.topic(topic).click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: 'Retained messages below…' }).click()
  const dialog = app.page.getByRole('dialog', { name: 'Retained messages' })
  await dialog.waitFor()
  return dialog
}

test('a subtree of 5,000 retained messages is deleted after a dry run, verified, and brought back', async ({ start, mosquitto, subscribe }) => {
  test.setTimeout(160_000)
  const { port, url } = await mosquitto(PROMPT)
  const seeds: Seed[] = Array.from({ length: 5_000 }, (_, index) => ({
    topic: `plant/line/${index}`,
    payload: Buffer.from([index >> 8, index & 0xff, 0xff]),
    qos: index % 3 === 0 ? 0 : index % 3 === 1 ? 1 : 2,
  }))
  await retain(port, [...seeds, { topic: 'plant/other', payload: 'stays' }])
  const app = await start([url, '--filter', 'plant/other'])
  await expect(app.status).toContainText('Online')
  await expect(app.topic('plant')).toBeVisible()
  const dialog = await openBelow(app, 'plant')
  await expect(dialog.getByRole('status')).toContainText('5,001 messages')
  await dialog.getByRole('textbox', { name: 'Topic filter' }).fill('plant/line/#')
  await dialog.getByRole('button', { name: 'List' }).click()
  await expect(dialog.getByRole('status')).toContainText('5,000 messages')

  const deleting = await subscribe({ port, topic: 'plant/#' })
  await deleting.waitForCount(5_001, 60_000)
  await dialog.getByRole('button', { name: 'Delete all 5,000…' }).click()
  const confirm = app.page.getByRole('alertdialog', { name: 'Delete 5,000 retained messages?' })
  await expect(confirm.getByRole('list', { name: 'Topics to be cleared' })).toContainText('plant/line/0')
  await expect(confirm).toContainText('and 4,992 more')
  await confirm.getByRole('button', { name: 'Delete 5,000' }).click()
  await expect(dialog).toContainText('5,000 retained messages deleted', { timeout: 60_000 })
  await deleting.waitForCount(10_001, 60_000)
  const cleared = deleting.received.slice(5_001)
  expect(cleared.every(({ topic, payload }) => topic.startsWith('plant/line/') && payload.byteLength === 0)).toBe(true)
  const left = await subscribe({ port, topic: ['plant/#', 'marker'] })
  await retain(port, [{ topic: 'marker', payload: 'end' }])
  await left.waitFor(({ topic }) => topic === 'marker')
  expect(left.received.map(({ topic }) => topic)).toEqual(['plant/other', 'marker'])

  await dialog.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(dialog).toContainText('5,000 retained messages restored', { timeout: 60_000 })
  const back = await subscribe({ port, topic: 'plant/line/#', qos: 2 })
  await back.waitForCount(5_000, 60_000)
  const byTopic = new Map(back.received.map((message) => [message.topic, message]))
  for (const { topic, payload, qos } of seeds) expect(byTopic.get(topic)).toEqual({ topic, payload, qos, retain: true })
})

test('deletes what is selected by keyboard, and opens a topic in the inspector', async ({ start, mosquitto }) => {
  const { port, url } = await mosquitto()
  await retain(port, ['a', 'b', 'c', 'd'].map((name) => ({ topic: `site/${name}`, payload: `value of ${name}` })))
  const app = await start([url, '--filter', '#'])
  await expect(app.topic('site')).toBeVisible()
  const dialog = await openBelow(app, 'site')
  const rows = dialog.getByRole('option')
  await expect(rows).toHaveCount(4)
  const list = dialog.getByRole('listbox', { name: 'Retained messages' })
  await expect(list).toBeFocused()
  await list.press('ArrowDown')
  await list.press('Shift+ArrowDown')
  await expect(rows.and(dialog.locator('[aria-selected=true]'))).toHaveCount(2)
  await expectNoViolations(app, 'retained messages')
  await list.press('Delete')
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Delete 2' }).click()
  await expect(dialog).toContainText('2 retained messages deleted')
  await expect(rows).toHaveCount(2)
  await expect(rows.last()).toContainText('site/d')
  await dialog.getByRole('searchbox', { name: 'Search topics' }).fill('D')
  await expect(rows).toHaveCount(1)
  await rows.first().dblclick()
  await expect(dialog).toBeHidden()
  await expect(app.inspector).toContainText('value of d')

  await app.page.keyboard.press('Control+K')
  await app.page.keyboard.type('show retained')
  await app.page.keyboard.press('Enter')
  await expect(rows).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Undo deletion' }).click()
  await app.page.getByRole('menuitem', { name: /2 messages deleted at/ }).click()
  await expect(dialog).toContainText('2 retained messages restored')
  await expect(rows).toHaveCount(4)
})

test('says why it cannot list: the user may not subscribe', async ({ start, rawBroker }) => {
  const broker = await rawBroker({ onSubscribe: (_subscribe, { connect }) => [connect.clientId?.startsWith('pubscope') === true && connect.clean === true ? 0x87 : 0] })
  const app = await start([broker.url, '--filter', 'x'])
  await expect(app.status).toContainText('Online')
  broker.clients[0]?.publish('site/a', 'x')
  await expect(app.topic('site')).toBeVisible()
  const dialog = await openBelow(app, 'site')
  await expect(dialog).toContainText('Not allowed to subscribe to')
  await expect(dialog).toContainText('0x87, Not authorized')
})
