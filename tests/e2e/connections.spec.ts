import type {} from '../../src-renderer/bridge/client'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, runToEnd, test, type App } from './support/app'

/** Ends the thread of the tab in front: the first one that main speaks to from now on. */
async function endEngineInFront(app: App): Promise<void> {
  await app.electron.evaluate(() => {
    const { Worker } = process.mainModule?.require('node:worker_threads') as typeof import('node:worker_threads')
    const { postMessage } = Worker.prototype
    Worker.prototype.postMessage = function (this: InstanceType<typeof Worker>, ...args: Parameters<typeof postMessage>) {
      Worker.prototype.postMessage = postMessage
      postMessage.apply(this, args)
      void this.terminate()
    }
  })
  // Where traffic is, main speaks to it anyway; where all is quiet, this makes it.
  await app.page.evaluate(async () => {
    const listed = (await window.pubscope.requests['connections.list'](undefined)) as { value: { id: string }[] }
    const args = { connectionId: listed.value.at(-1)?.id, topic: 'alive', expanded: false, recursive: false }
    await window.pubscope.requests['topics.set-expanded'](args)
  })
}

test('the broker dies and comes back: resubscribed, nothing twice', async ({ start, mosquitto }) => {
  const broker = await mosquitto()
  const { port } = broker
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', 'live/#', '--filter', 'one/+'])
  await expect(app.status).toContainText('Online')
  await mosquittoPub({ port, topic: 'live/a/b', payload: 'first' })
  await mosquittoPub({ port, topic: 'one/x', payload: 'first' })
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '2')

  await broker.kill()
  await expect(app.status).toContainText('Reconnecting')
  // The tree stays usable while the broker is away.
  const row = await app.reveal('live/a/b')
  await row.click()
  await expect(app.inspector).toContainText('first')
  await broker.restart()
  await expect(app.status).toContainText('Online', { timeout: 30_000 })

  await expect
    .poll(async () => {
      await mosquittoPub({ port, topic: 'live/a/b', payload: 'second' })
      return app.inspector.textContent()
    })
    .toContain('second')
  await mosquittoPub({ port, topic: 'one/x', payload: 'second' })
  await expect(await app.reveal('one/x')).toContainText('second')
  await expect(app.counter('topics-known')).toHaveAttribute('data-value', '2')
  await expect(app.topic('live/a/b')).toHaveCount(1)
})

test('two connections at once, each with its own tree', async ({ start, mosquitto }) => {
  const [first, second] = await Promise.all([mosquitto(), mosquitto()])
  await mosquittoPub({ port: first.port, topic: 'only/first', payload: '1', retain: true })
  await mosquittoPub({ port: second.port, topic: 'only/second', payload: '2', retain: true })
  const app = await start([first.url, second.url, '--filter', '#'])
  const tabs = app.page.getByRole('tab', { name: /127\.0\.0\.1/ })
  await expect(tabs).toHaveCount(2)
  await app.page.getByRole('tab', { name: new RegExp(String(first.port)) }).click()
  await app.reveal('only/first')
  await expect(app.topic('only/second')).toHaveCount(0)
  await app.page.getByRole('tab', { name: new RegExp(String(second.port)) }).click()
  await app.reveal('only/second')
  await expect(app.topic('only/first')).toHaveCount(0)

  await app.page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(app.status).toContainText('Offline')
  await app.page.getByRole('tab', { name: new RegExp(String(first.port)) }).click()
  await expect(app.status).toContainText('Online')
})

test('a wrong password fails once, says why and what to do', async ({ start, mosquitto }) => {
  const broker = await mosquitto({ users: { ada: 'right' } })
  const app = await start([`mqtt://ada:canary-wrong@127.0.0.1:${broker.port}`])
  await expect(app.status).toContainText('Failed')
  await expect(app.page.getByRole('main')).toContainText(/Not authorized/i)
  await expect(app.page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible()
  expect(await app.page.content()).not.toContain('canary-wrong')
  expect(broker.log().match(/disconnected, not authori[sz]ed/g)?.length).toBe(1)
})

test('an engine that crashes ends one tab, readably, and can be started again', async ({ start, mosquitto }) => {
  const [first, second] = await Promise.all([mosquitto(), mosquitto()])
  await mosquittoPub({ port: second.port, topic: 'alive/again', payload: 'yes', retain: true })
  const app = await start([first.url, second.url, '--filter', '#'])
  await expect(app.status).toContainText('Online')
  await app.topic('alive').waitFor()
  await endEngineInFront(app)
  await expect(app.status).toContainText('Failed')
  await expect(app.page.getByRole('main')).toContainText(/stopped/i)
  await app.page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await app.reveal('alive/again')
  await app.page.getByRole('tab', { name: new RegExp(String(first.port)) }).click()
  await expect(app.status).toContainText('Online')
})

test('a broker that breaks the protocol: the clause is named, other tabs do not notice', async ({ start, mosquitto, rawBroker }) => {
  const good = await mosquitto()
  // QoS 1 without a packet identifier: six bytes that end a plain MQTT.js process.
  const malformed = Buffer.from('320400026162', 'hex')
  const bad = await rawBroker({
    onSubscribe: ({ subscriptions }, client) => {
      client.write(malformed)
      return subscriptions.map(() => 0)
    },
  })
  const app = await start([good.url, bad.url])
  await expect(app.status).toContainText('Reconnecting')
  await expect(app.page.getByRole('main')).toContainText('packet identifier is missing')
  await app.page.getByRole('tab', { name: new RegExp(String(good.port)) }).click()
  await expect(app.status).toContainText('Online')
  await mosquittoPub({ port: good.port, topic: 'calm', payload: 'yes' })
  await app.topic('calm').waitFor()
})

test('subscribes while connected', async ({ start, mosquitto }) => {
  const { port, url } = await mosquitto()
  const app = await start([url, '--filter', 'first/#'])
  await expect(app.status).toContainText('Online')
  await app.page.getByRole('button', { name: /Subscriptions/ }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /filter/i }).fill('second/#')
  await dialog.getByRole('button', { name: /^(Add|Subscribe)/ }).click()
  await expect(dialog).toContainText('second/#')
  await app.page.keyboard.press('Escape')
  await expect
    .poll(async () => {
      await mosquittoPub({ port, topic: 'second/x', payload: '1' })
      return app.topic('second').count()
    })
    .toBe(1)
})

test('in a narrow window the tab in front stays in view', async ({ start, mosquitto }) => {
  const urls = [(await mosquitto()).url, (await mosquitto()).url, (await mosquitto()).url]
  const app = await start(urls)
  await expect(app.page.getByRole('tab')).toHaveCount(3)
  const last = app.page.getByRole('tab').last()
  await last.click()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600))
  await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(800)
  await expect(last).toBeInViewport({ ratio: 0.99 })
  await expect(app.page.getByRole('button', { name: 'Disconnect', exact: true })).toBeInViewport({ ratio: 1 })
})

test('a second launch opens its URL in the running window', async ({ start, mosquitto, userData }) => {
  const [first, second] = await Promise.all([mosquitto(), mosquitto()])
  const app = await start([first.url])
  await expect(app.status).toContainText('Online')
  // It hands its arguments over and ends, so there is no window to wait for.
  expect(await runToEnd(userData, [second.url])).toBe(0)
  await expect(app.page.getByRole('tab', { name: new RegExp(String(second.port)) })).toHaveAttribute('aria-selected', 'true')
  await expect(app.page.getByRole('tab', { name: /127\.0\.0\.1/ })).toHaveCount(2)
})
