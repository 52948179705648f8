import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type {} from '../../src-renderer/bridge/client'
import { startHttpProxy, startSocksProxy, type ProxyOptions, type TestProxy } from '../support/proxy'
import { expect, test as base, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const CANARY = 'canary-of-the-network'

const test = base.extend<{ startProxy: (kind: 'http' | 'socks5', options?: ProxyOptions) => Promise<TestProxy> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  startProxy: async ({}, use) => {
    const proxies: TestProxy[] = []
    await use(async (kind, options) => {
      const started = await (kind === 'http' ? startHttpProxy : startSocksProxy)(options)
      proxies.push(started)
      return started
    })
    for (const started of proxies) await started.close()
  },
})

async function fillProxy(app: App, kind: RegExp, port: number): Promise<void> {
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('radiogroup', { name: 'Proxy', exact: true }).getByRole('radio', { name: kind }).click()
  await dialog.getByLabel('Proxy host', { exact: true }).fill('127.0.0.1')
  await dialog.getByLabel('Proxy port', { exact: true }).fill(String(port))
}

/** What of the app a stranger to main can see. */
async function seen({ page }: App): Promise<string> {
  const profiles = await page.evaluate(() => window.pubscope.requests['profiles.list'](undefined))
  const connections = await page.evaluate(() => window.pubscope.requests['connections.list'](undefined))
  const fields = await page.locator('input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
  return JSON.stringify([profiles, connections, fields]) + (await page.content())
}

const stored = (userData: string): string => readFileSync(join(userData, 'profiles.json'), 'utf8')

test('a profile goes through an HTTP proxy with a password, and again after a restart', async ({ start, mosquitto, startProxy, userData }) => {
  const broker = await mosquitto()
  const { port, targets } = await startProxy('http', { user: { name: 'ada', password: CANARY } })
  const app = await start()
  const dialog = app.page.getByRole('dialog')
  await app.fillProfile({ name: 'Plant', port: broker.port })
  await fillProxy(app, /HTTP/, port)
  await dialog.getByLabel('Proxy user name', { exact: true }).fill('ada')
  await dialog.getByLabel('Proxy password', { exact: true }).fill('wrong')
  const storage = dialog.getByRole('radiogroup', { name: 'Keep the proxy password' })
  await storage.getByRole('radio', { name: /until Pubscope closes/ }).click()
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.page.getByRole('heading', { name: 'The proxy does not accept who you are' })).toBeVisible()
  await expect(app.page.getByRole('main')).toContainText(`http://127.0.0.1:${port}`)
  await expect(app.page.getByRole('main')).toContainText('407')
  await expectNoViolations(app, 'a proxy that refuses')

  await app.page.getByRole('button', { name: 'Edit profile', exact: true }).click()
  await dialog.getByLabel('Proxy password', { exact: true }).fill(CANARY)
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(app.page.getByRole('contentinfo')).toContainText(`via http://127.0.0.1:${port}`)
  expect(targets).toEqual([`127.0.0.1:${broker.port}`])
  expect(await seen(app)).not.toContain(CANARY)
  expect(stored(userData)).not.toContain(CANARY)
  await app.close()

  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const asked = again.page.getByRole('dialog', { name: /Proxy password for/ })
  await asked.getByLabel('Proxy password', { exact: true }).fill(CANARY)
  await asked.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(again.status).toContainText('Online')
  expect(targets).toHaveLength(2)
})

test('a header’s value reaches the server, and never the page again', async ({ start, userData }) => {
  const headers: string[] = []
  const server = createServer().on('upgrade', ({ headers: { authorization = '' } }, socket) => {
    headers.push(authorization)
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const app = await start()
  const dialog = app.page.getByRole('dialog')
  await app.fillProfile({ name: 'Gateway', port })
  await dialog.getByLabel('Protocol', { exact: true }).selectOption('ws')
  await dialog.getByRole('button', { name: 'Add header', exact: true }).click()
  await expect(dialog.getByLabel('Name of header 1')).toBeFocused()
  await dialog.getByLabel('Name of header 1').fill('Upgrade')
  await dialog.getByLabel('Value of header 1').fill(`Bearer ${CANARY}`)
  await dialog.getByRole('radiogroup', { name: 'Keep the values' }).getByRole('radio', { name: /until Pubscope closes/ }).click()
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(dialog.getByText('The WebSocket sets it itself.')).toBeVisible()
  await expect(dialog.getByLabel('Name of header 1')).toBeFocused()
  await dialog.getByLabel('Name of header 1').fill('Authorization')
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.page.getByRole('heading', { name: 'The server refused the WebSocket' })).toBeVisible()
  expect(headers[0]).toBe(`Bearer ${CANARY}`)

  await app.page.getByRole('button', { name: 'Edit profile', exact: true }).click()
  await expect(dialog.getByLabel('Name of header 1')).toHaveValue('Authorization')
  await expect(dialog.getByLabel('Value of header 1')).toHaveValue('')
  await expect(dialog.getByLabel('Value of header 1')).toHaveAttribute('placeholder', /stored/)
  expect(await seen(app)).not.toContain(CANARY)
  expect(stored(userData)).toContain('Authorization')
  expect(stored(userData)).not.toContain(CANARY)
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect.poll(() => headers.at(-1) === `Bearer ${CANARY}` && headers.length > 1).toBe(true)
  await app.close()

  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const asked = again.page.getByRole('dialog', { name: /WebSocket headers for/ })
  const before = headers.length
  await asked.getByLabel('Value of Authorization', { exact: true }).fill('Bearer again')
  await asked.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect.poll(() => headers[before]).toBe('Bearer again')
  server.close()
})

test('the proxy of the system is used where it names one, and none for this computer', async ({ start, mosquitto, startProxy }) => {
  const broker = await mosquitto()
  const { port, targets } = await startProxy('socks5')
  const app = await start()
  const dialog = app.page.getByRole('dialog')
  await app.fillProfile({ name: 'Plant', port: broker.port })
  await dialog.getByRole('radiogroup', { name: 'Proxy', exact: true }).getByRole('radio', { name: 'System' }).click()
  const setProxy = (proxyBypassRules: string): Promise<void> =>
    app.electron.evaluate(({ session }, rules) => session.defaultSession.setProxy(rules), {
      proxyRules: `socks5://127.0.0.1:${port}`,
      proxyBypassRules,
    })
  await setProxy('')
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(app.page.getByRole('contentinfo')).not.toContainText('via')
  expect(targets).toEqual([])
  await app.page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(app.status).toContainText('Offline')

  await setProxy('<-loopback>')
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(app.status).toContainText('Online')
  await expect(app.page.getByRole('contentinfo')).toContainText(`via socks5://127.0.0.1:${port}`)
  expect(targets).toEqual([`127.0.0.1:${broker.port}`])
})

test('axe finds nothing in the section Network, in both themes', async ({ start }) => {
  const app = await start()
  const dialog = app.page.getByRole('dialog')
  await app.fillProfile({ name: 'Plant', port: 1883 })
  await dialog.getByRole('navigation').getByRole('button', { name: 'Network', exact: true }).click()
  await expectNoViolations(app, 'no proxy')
  await dialog.getByLabel('Protocol', { exact: true }).selectOption('wss')
  await dialog.getByRole('radiogroup', { name: 'Proxy', exact: true }).getByRole('radio', { name: 'SOCKS5' }).click()
  await expect(dialog.getByLabel('Proxy port', { exact: true })).toHaveValue('1080')
  await dialog.getByLabel('Proxy password', { exact: true }).fill('secret')
  await dialog.getByRole('button', { name: 'Add header', exact: true }).click()
  await dialog.getByLabel('Value of header 1').fill('secret')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByLabel('Proxy host', { exact: true })).toBeFocused()
  await expectNoViolations(app, 'Network with everything open')
})
