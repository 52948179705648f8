import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test } from './support/app'

test('from a new profile to the very bytes at another client', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  // Bytes an editor or a formatter would be tempted to change: spacing, number forms, key order, no line end.
  const payload = '{"b" : 1.0,\t"a":12345678901234567890, "n":1e3}'
  await mosquittoPub({ port, topic: 'plant/hall-1/temperature', payload, qos: 1, retain: true })
  const app = await start()
  const { page } = app

  await app.fillProfile({ name: 'Plant', port })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')

  const row = await app.reveal('plant/hall-1/temperature')
  await expect(row).toHaveAttribute('aria-level', '3')
  await expect(row).toHaveAccessibleName(/^temperature/)
  await row.click()
  await expect(app.inspector).toContainText('12345678901234567890')
  await expect(app.inspector).toContainText('1.0')
  await expect(app.inspector.getByText('retained')).toBeVisible()

  const witness = await subscribe({ port, topic: 'copy/#', qos: 2 })
  await app.inspector.getByRole('button', { name: 'Edit and republish' }).click()
  await expect(app.publish.getByRole('textbox', { name: 'Topic' })).toHaveValue('plant/hall-1/temperature')
  await app.publish.getByRole('textbox', { name: 'Topic' }).fill('copy/temperature')
  await app.publish.getByRole('radio', { name: 'QoS 2' }).click()
  await app.publish.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(app.publish).toContainText('Acknowledged')

  const received = await witness.waitFor(({ topic }) => topic === 'copy/temperature')
  expect(received.payload.toString('hex')).toBe(Buffer.from(payload).toString('hex'))
  expect(received.qos).toBe(2)
})

test('an edited payload goes out as edited, a binary one untouched', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  const binary = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  await mosquittoPub({ port, topic: 'raw', payload: binary, retain: true })
  const witness = await subscribe({ port, topic: 'out/#' })
  const app = await start([`mqtt://127.0.0.1:${port}`])
  await app.topic('raw').click()
  await app.inspector.getByRole('button', { name: 'Edit and republish' }).click()
  const topic = app.publish.getByRole('textbox', { name: 'Topic' })
  await expect(topic).toHaveValue('raw')
  await topic.fill('out/binary')
  await topic.press('Control+Enter')
  expect((await witness.waitFor((message) => message.topic === 'out/binary')).payload.equals(binary)).toBe(true)

  await app.publish.getByRole('radio', { name: 'Base64' }).click()
  await topic.fill('out/base64')
  await topic.press('Control+Enter')
  expect((await witness.waitFor((message) => message.topic === 'out/base64')).payload.equals(binary)).toBe(true)
})

test('empty levels are levels', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  const topics = ['a', '/a', 'a/', 'a//b']
  for (const topic of topics) await mosquittoPub({ port, topic, payload: `value of ${topic}`, retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '4')
  for (const topic of topics) {
    await (await app.reveal(topic)).click()
    await expect(app.inspector).toContainText(`value of ${topic}`)
  }
})

test('filters, sorts, and pauses the view but not the ingest', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['site/a/temperature', 'site/a/humidity', 'site/b/temperature', 'other/x']) {
    await mosquittoPub({ port, topic, payload: '1', retain: true })
  }
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  const filter = app.page.getByRole('searchbox').or(app.page.getByRole('textbox', { name: /filter/i })).first()
  await expect(app.topic('site')).toBeVisible()
  await filter.fill('TEMPER')
  await expect(app.topic('site/b/temperature')).toBeVisible()
  await expect(app.topic('site/a/humidity')).toHaveCount(0)
  await expect(app.topic('other')).toHaveCount(0)
  await filter.fill('site/+/humidity')
  await expect(app.topic('site/a/humidity')).toBeVisible()
  await expect(app.topic('site/b')).toHaveCount(0)
  await filter.fill('')
  await expect(app.topic('other')).toBeVisible()

  await app.page.getByRole('button', { name: 'Pause', exact: true }).click()
  const resume = app.page.getByRole('button', { name: 'Resume', exact: true })
  await expect(resume).toBeVisible()
  const before = Number(await app.counter('messages-received').getAttribute('data-value'))
  await mosquittoPub({ port, topic: 'born/while/paused', payload: '1', retain: true })
  await expect(app.counter('messages-received')).toHaveAttribute('data-value', String(before + 1))
  await expect(app.topic('born')).toHaveCount(0)
  await resume.click()
  await expect(app.topic('born')).toBeVisible()
})

test('walks the tree by keyboard', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['one/a', 'one/b', 'two']) await mosquittoPub({ port, topic, payload: '1', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await app.topic('one').click()
  await app.topic('one').press('ArrowRight')
  await expect(app.topic('one')).toHaveAttribute('aria-expanded', 'true')
  await app.page.keyboard.press('ArrowDown')
  await app.page.keyboard.press('ArrowDown')
  await expect(app.topic('one/b')).toHaveAttribute('aria-selected', 'true')
  await app.page.keyboard.press('ArrowLeft')
  await expect(app.topic('one')).toHaveAttribute('aria-selected', 'true')
  await app.page.keyboard.press('ArrowLeft')
  await expect(app.topic('one')).toHaveAttribute('aria-expanded', 'false')
  await app.page.keyboard.press('End')
  await expect(app.topic('two')).toHaveAttribute('aria-selected', 'true')
})

test('clears a retained message, but asks first', async ({ start, mosquitto, subscribe }) => {
  const { port } = await mosquitto()
  await mosquittoPub({ port, topic: 'kept', payload: 'x', retain: true })
  const witness = await subscribe({ port, topic: 'kept' })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await app.topic('kept').click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: /Clear retained message/ }).click()
  const dialog = app.page.getByRole('alertdialog').or(app.page.getByRole('dialog'))
  await expect(dialog).toContainText('kept')
  await dialog.getByRole('button', { name: /Clear/ }).click()
  const cleared = await witness.waitFor(({ payload }) => payload.byteLength === 0)
  expect(cleared.topic).toBe('kept')
})
