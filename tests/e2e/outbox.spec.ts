import type { Locator } from '@playwright/test'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

async function publish(app: App, topic: string, qos: 0 | 1 | 2): Promise<void> {
  await app.publish.getByRole('textbox', { name: 'Topic' }).fill(topic)
  await app.publish.getByRole('radio', { name: `QoS ${qos}` }).click()
  await app.publish.getByRole('button', { name: /^Publish/ }).click()
}

async function openOutbox(app: App): Promise<Locator> {
  await app.page.keyboard.press('Control+K')
  await app.page.keyboard.type('outbox')
  await app.page.keyboard.press('Enter')
  const outbox = app.page.getByRole('dialog', { name: 'Outbox' })
  await outbox.waitFor()
  return outbox
}

const row = (outbox: Locator, topic: string) => outbox.getByRole('option').filter({ hasText: topic })

test('what is published while the broker is away waits, can be dropped, and is sent when it is back', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto()
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  const empty = await openOutbox(app)
  await expect(empty).toContainText('Nothing waits')
  await app.page.keyboard.press('Escape')

  await broker.kill()
  await expect(app.status).toContainText('Reconnecting')
  await publish(app, 'lost', 0)
  await expect(app.publish).toContainText('QoS 0 does not wait')
  for (const topic of ['kept/a', 'kept/b', 'kept/c']) {
    await publish(app, topic, 1)
    await expect(app.publish.getByRole('status')).toContainText('wait')
  }
  await expect(app.page.getByRole('contentinfo').last()).toContainText('3 queued')

  const outbox = await openOutbox(app)
  await expect(outbox.getByRole('option')).toHaveCount(3)
  await row(outbox, 'kept/b').click()
  await outbox.getByRole('button', { name: 'Drop 1' }).click()
  await expect(outbox.getByRole('option')).toHaveCount(2)
  await app.page.keyboard.press('Escape')

  await app.page.keyboard.press('Control+W')
  await expect(app.page.getByRole('alertdialog')).toContainText('2 messages')
  await app.page.getByRole('button', { name: 'Keep open' }).click()

  await broker.restart()
  const witness = await subscribe({ port: broker.port, topic: ['kept/#', 'lost'], qos: 1 })
  await expect(app.status).toContainText('Online', { timeout: 30_000 })
  await witness.waitFor(({ topic }) => topic === 'kept/c', 15_000)
  expect(witness.received.map(({ topic }) => topic)).toEqual(['kept/a', 'kept/c'])
  await expect(app.publish).toContainText('Acknowledged')
})

test('a lost session leaves publishes unconfirmed: the user sends one anew and drops the other', async ({ start, rawBroker }) => {
  const broker = await rawBroker({ onPublish: () => null })
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await publish(app, 'anew', 1)
  await publish(app, 'dropped', 2)
  await expect.poll(() => broker.clients[0]?.packets.filter(({ cmd }) => cmd === 'publish').length).toBe(2)
  broker.behave({ onPublish: () => 0 })
  broker.clients[0]?.close('reset')
  await expect.poll(() => broker.clients.length, { timeout: 15_000 }).toBe(2)
  await expect(app.publish).toContainText('Not confirmed')
  await app.publish.getByRole('button', { name: 'Open outbox' }).click()
  const outbox = app.page.getByRole('dialog', { name: 'Outbox' })
  await expect(outbox).toContainText('may arrive twice')
  await expect(outbox.getByRole('option')).toHaveCount(2)
  await expectNoViolations(app, 'the outbox')

  // By keyboard alone: the first row has it.
  await app.page.keyboard.press('Space')
  await outbox.getByRole('button', { name: 'Send 1 anew' }).press('Enter')
  await expect(row(outbox, 'anew')).toHaveCount(0)
  await outbox.getByRole('button', { name: 'Drop all' }).click()
  await expect(outbox).toContainText('Nothing waits')
  await app.page.keyboard.press('Escape')
  await expect(app.publish).toContainText('Dropped')
  const again = broker.clients[1]?.packets.filter((packet) => packet.cmd === 'publish') ?? []
  expect(again.map(({ topic, dup }) => [topic, dup])).toEqual([['anew', false]])
})
