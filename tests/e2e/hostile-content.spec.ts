import type { Page } from '@playwright/test'
import { HOSTILE_CASES, UGLY_TOPICS } from '../support/hostile-brokers'
import { mosquittoPub } from '../support/mosquitto-clients'
import type { RawClient } from '../support/raw-broker'
import { expect, test, type App } from './support/app'

// Legal but ugly: what a broker may send, and no one wants to. It must be shown for what it is, and harm nothing.

/** Far from any figure of ours, which a busy machine would spoil: what a person calls frozen. */
const FREEZE_MS = 3_000

/** What ends, blinds or floods other clients. */
const WORST = ['ends a plain MQTT.js process', 'a declared 256 MB packet', 'a web server', 'an unknown property', 'a second CONNACK']

/** Longest time, in ms, that the page and the main process did not answer since it was asked to watch. */
async function watchAnswers(app: App): Promise<() => Promise<{ page: number; main: number }>> {
  await app.page.evaluate(() => {
    const seen = { longest: 0 }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration)
    }).observe({ type: 'longtask' })
  })
  await app.electron.evaluate(() => {
    const seen = { longest: 0 }
    Object.assign(globalThis, { seen })
    let last = performance.now()
    setInterval(() => {
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - last - 10)
      last = now
    }, 10)
  })
  return async () => ({
    page: await app.page.evaluate(() => (window as unknown as { seen: { longest: number } }).seen.longest),
    main: await app.electron.evaluate(() => (globalThis as unknown as { seen: { longest: number } }).seen.longest),
  })
}

async function select(app: App, topic: string): Promise<void> {
  await (await app.reveal(topic)).click()
  await expect(app.inspector).toContainText(topic)
}

/** Whether anything in the page ran what a payload or topic said. */
async function wasTricked(page: Page): Promise<boolean> {
  return page.evaluate(() => 'tricked' in window || document.querySelector('img[src="x"]') !== null || 'polluted' in {})
}

const client = (clients: readonly RawClient[]): RawClient => {
  const [first] = clients
  if (first === undefined) throw new Error('nobody has connected')
  return first
}

test('ugly topics and payloads are shown for what they are, and the window goes on answering', async ({ start, rawBroker }) => {
  const broker = await rawBroker()
  const app = await start([broker.url])
  await expect(app.status).toContainText('Online')
  const send = (topic: string, payload: Uint8Array | string): void => client(broker.clients).publish(topic, payload)
  // The first message ever looked at loads the editor; that is not theirs.
  send('plain', 'text')
  await select(app, 'plain')
  await expect(app.inspector.locator('.view-lines')).toContainText('text')
  const longest = await watchAnswers(app)

  for (const topic of UGLY_TOPICS) send(topic, '<img src=x onerror="window.tricked=1">')
  send('ugly/html', '<img src=x onerror="window.tricked=1"><script>window.tricked=1</script>')
  send('ugly/proto', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
  send('ugly/bidi', '{"name":"\u202egnp.exe\u2066","bell":"\\u0007"}')
  send('ugly/deep', '['.repeat(1_000_000) + ']'.repeat(1_000_000))
  send('ugly/line', 'x'.repeat(20_000_000))
  send('ugly/json-line', `{"a":"${'y'.repeat(20_000_000)}"}`)
  await expect(app.counter('topics-known')).not.toHaveText('0')

  await select(app, 'ugly/html')
  await expect(app.inspector).toContainText('<script>window.tricked=1</script>')
  await select(app, 'ugly/proto')
  await expect(app.inspector).toContainText('__proto__')
  await select(app, 'ugly/bidi')
  await expect(app.inspector).toContainText('exe')
  for (const topic of ['ugly/deep', 'ugly/line', 'ugly/json-line']) {
    await select(app, topic)
    await expect(app.inspector.getByRole('button', { name: 'Load all' })).toBeVisible()
  }
  // Everything of it, when asked for.
  await select(app, 'ugly/line')
  await app.inspector.getByRole('button', { name: 'Load all' }).click()
  await expect(app.inspector.getByRole('button', { name: 'Load all' })).toBeHidden()
  // Ugly topics can be walked by keyboard, the one of 65,535 characters too.
  await app.tree.press('Home')
  for (let step = 0; step < 12; step += 1) await app.page.keyboard.press('ArrowDown')
  expect(await wasTricked(app.page)).toBe(false)
  const { page, main } = await longest()
  expect(page).toBeLessThan(FREEZE_MS)
  expect(main).toBeLessThan(FREEZE_MS)
})

test('the worst of brokers, all at once, leave a good connection alone', async ({ start, mosquitto, rawBroker }) => {
  const good = await mosquitto()
  const cases = HOSTILE_CASES.filter(({ name, version }) => version === '5.0' && WORST.some((word) => name.includes(word)))
  expect(cases).toHaveLength(WORST.length)
  const bad = await Promise.all(
    cases.map(({ bytes, beforeConnack }) =>
      rawBroker(
        beforeConnack
          ? { onConnect: { kind: 'bytes', bytes } }
          : {
              onSubscribe: ({ subscriptions }, to) => {
                to.write(bytes)
                return subscriptions.map(() => 0)
              },
            },
      ),
    ),
  )
  const app = await start([good.url, ...bad.map(({ url }) => url)])
  // Each tab comes to the front when it opens.
  await expect(app.page.getByRole('tab', { selected: true, name: new RegExp(String(bad.at(-1)?.port)) })).toBeVisible()
  for (const [index, { port }] of bad.entries()) {
    await app.page.getByRole('tab', { name: new RegExp(String(port)) }).click()
    const { outcome } = cases[index] ?? { outcome: { kind: 'refuses' } }
    if (outcome.kind === 'closes') await expect(app.page.getByRole('main')).toContainText(outcome.words)
  }
  // Each is tried again, but patiently.
  for (const { connects } of bad) expect(connects.length).toBeLessThan(20)
  await app.page.getByRole('tab', { name: new RegExp(String(good.port)) }).click()
  await expect(app.status).toContainText('Online')
  await mosquittoPub({ port: good.port, topic: 'calm', payload: 'yes' })
  await app.topic('calm').waitFor()
})
