import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {} from '../../src-renderer/bridge/client'
import { makeAuthority } from '../support/certificates'
import { startSecureMosquitto } from '../support/secure-mosquitto'
import { expect, test as base, type App } from './support/app'
import { expectNoViolations } from './support/axe'
import { filesWith, heapOf, listenToLogs } from './support/canaries'

const CANARY = 'canary-of-the-import'

const test = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-e2e-transfer-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

/** What the user chooses in the system's dialogs from now on; no test can click those. */
async function choose(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
  }, path)
}

/** Opens a file in the dialog for imports, from the page of connections. */
async function openFile(app: App, path: string): Promise<void> {
  const { page } = app
  await choose(app, path)
  await page.getByRole('button', { name: 'Connections', exact: true }).click()
  await page.getByRole('button', { name: 'Import…', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Choose file…', exact: true }).click()
}

/** The row of a profile on the page of connections. */
const row = (app: App, name: string) => app.page.getByRole('main').getByRole('listitem').filter({ hasText: name })

async function expectNoCanary(app: App): Promise<void> {
  const listed = await app.page.evaluate(() => window.pubscope.requests['profiles.list'](undefined))
  expect(JSON.stringify(listed)).not.toContain(CANARY)
  expect(await app.page.content()).not.toContain(CANARY)
}

test('MQTT Explorer: its settings come in with certificates and password, and connect', async ({ start, folder, userData }) => {
  const authority = await makeAuthority('Plant CA')
  const client = await authority.issue({ commonName: 'ada' })
  const broker = await startSecureMosquitto({
    authority,
    identity: await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] }),
    extraLines: ['require_certificate true'],
  })
  try {
    const file = (name: string, text: string) => ({ name, data: Buffer.from(text).toString('base64') })
    const path = join(folder, 'settings.json')
    writeFileSync(
      path,
      JSON.stringify({
        ConnectionManager_connections: {
          plant: {
            configVersion: 1, id: 'plant', name: 'Plant', type: 'mqtt', host: '127.0.0.1', port: String(broker.port), protocol: 'mqtt', encryption: true,
            certValidation: true, clientId: 'explorer', username: 'ada', password: CANARY, subscriptions: [{ topic: 'plant/#', qos: 1 }],
            selfSignedCertificate: file('ca.pem', authority.certificate), clientCertificate: file('ada.pem', client.certificate), clientKey: file('ada.key', client.key),
          },
          broken: { configVersion: 1, id: 'broken', name: 'Broken', protocol: 'mqtt', host: '', port: 1883 },
        },
      }),
    )
    const app = await start()
    const logs = listenToLogs(app)
    const { page } = app
    await openFile(app, path)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('from MQTT Explorer')
    await expect(dialog).toContainText('Broken: it names no host')
    await expect(dialog.getByRole('region', { name: 'Profiles in the file' })).toContainText('client certificate')
    await expectNoViolations(app, 'preview')
    await expectNoCanary(app)
    // This machine has no keyring, so the user must say how passwords are kept.
    await expect(dialog.getByRole('radio', { name: /until Pubscope closes/ })).toBeChecked()
    await dialog.getByRole('button', { name: 'Import 1 profile', exact: true }).click()
    await expect(page.getByText('1 profile imported', { exact: true })).toBeVisible()
    await row(app, 'Plant').getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(app.status).toContainText('Online')
    expect(broker.log()).toContain('explorer')
    expect(readdirSync(join(userData, 'certificates'))).toHaveLength(3)
    expect(filesWith(userData, CANARY)).toEqual([])
    const heap = await heapOf(page)
    expect(heap).toContain('explorer') // the looking glass works
    expect(heap).not.toContain(CANARY)
    expect(heap).not.toContain(client.key.split('\n')[2] ?? 'no key')
    expect(logs.join('')).not.toContain(CANARY)
  } finally {
    await broker.stop()
  }
})

test('MQTTX: clashes are asked about, and nothing is overwritten unasked', async ({ start, folder, mosquitto }) => {
  const { port } = await mosquitto()
  const connection = (name: string, more: object = {}) => ({
    name, clientId: 'mqttx_1', host: '127.0.0.1', port, protocol: 'mqtt', ssl: false, path: '/mqtt', mqttVersion: '5.0', clean: true, keepalive: 60,
    connectTimeout: 10, reconnectPeriod: 4000, username: '', password: '', rejectUnauthorized: true, subscriptions: [{ topic: 'a/#', qos: 0, nl: true, rap: false, rh: 0 }], ...more,
  })
  const path = join(folder, 'mqttx.json')
  writeFileSync(path, JSON.stringify([connection('Mine'), connection('Other', { ca: '/no/such/ca.pem', protocol: 'mqtts' }), connection('Third')]))
  const app = await start()
  const { page } = app
  await app.fillProfile({ name: 'Mine', port: 1 })
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  await openFile(app, path)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('/no/such/ca.pem does not exist')
  await dialog.getByRole('checkbox', { name: 'Import Third' }).uncheck()
  await expect(dialog.getByText('2 of 3 chosen')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 2 profiles', exact: true }).click()
  await expect(row(app, 'Mine 2')).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3)

  await openFile(app, path)
  await expect(dialog.getByText('2 profiles have a name that is taken')).toBeVisible()
  await expectNoViolations(app, 'clashes')
  await dialog.getByRole('radiogroup', { name: 'Other is taken' }).getByRole('radio', { name: 'Skip' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Import Other' })).not.toBeChecked()
  await dialog.getByRole('checkbox', { name: 'Import Third' }).uncheck()
  await dialog.getByRole('radiogroup', { name: 'Mine is taken' }).getByRole('radio', { name: 'Replace' }).click()
  await dialog.getByRole('button', { name: 'Import 1 profile', exact: true }).click()
  await expect(page.getByText('1 replaced a profile.', { exact: true })).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3)
  await row(app, `127.0.0.1:${port}`).filter({ hasNotText: 'Mine 2' }).first().getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
})

test('commands of the Mosquitto clients: pasted, read, and copied again', async ({ start, mosquitto }) => {
  const { port } = await mosquitto({ users: { ada: CANARY } })
  const app = await start()
  const { page } = app
  await page.getByRole('button', { name: 'Import profiles', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expectNoViolations(app, 'import')
  const area = dialog.getByLabel('From commands', { exact: true })
  await area.fill(`mosquitto_sub -h 127.0.0.1 | tee log`)
  await dialog.getByRole('button', { name: 'Read commands' }).click()
  await expect(dialog.getByRole('alert')).toContainText('more than a command')
  await area.fill(`mosquitto_sub -h 127.0.0.1 -p ${port} -u ada -P ${CANARY} -V mqttv5 -t 'it is/#' -q 1 --capath /certs`)
  await area.press('Control+Enter')
  await expect(dialog).toContainText('--capath is a TLS option that is not supported')
  // What was typed is gone with its field.
  await expectNoCanary(app)
  await dialog.getByRole('button', { name: 'Import 1 profile', exact: true }).click()
  await row(app, `127.0.0.1:${port}`).getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Online')

  await page.getByRole('tab').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy as command…' }).click()
  await expectNoViolations(app, 'command')
  await dialog.getByRole('button', { name: 'Copy command' }).click()
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toBe(`mosquitto_sub -h 127.0.0.1 -p ${port} -u ada -V mqttv5 -t 'it is/#' -q 1 -v -P "$MQTT_PASSWORD"`)
})

test('an export under a passphrase survives the loss of its profiles', async ({ start, folder, mosquitto, userData }) => {
  const { port } = await mosquitto({ users: { ada: CANARY } })
  const app = await start()
  const { page } = app
  const dialog = page.getByRole('dialog')
  await app.fillProfile({ name: 'Guarded', port })
  await dialog.getByLabel('Group', { exact: true }).fill('Plant')
  await dialog.getByLabel('User name', { exact: true }).fill('ada')
  await dialog.getByLabel('Password', { exact: true }).fill(CANARY)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Connections', exact: true }).click()

  const open = join(folder, 'open.json')
  await choose(app, open)
  await page.getByRole('button', { name: 'Export…', exact: true }).click()
  await dialog.getByRole('button', { name: 'Export 1 profile…' }).click()
  await expect(page.getByText('1 profile exported to open.json', { exact: true })).toBeVisible()
  expect(readFileSync(open, 'utf8')).toContain('Guarded')
  expect(readFileSync(open, 'utf8')).not.toContain(CANARY)

  const sealed = join(folder, 'sealed.json')
  await choose(app, sealed)
  await page.getByRole('button', { name: 'Export…', exact: true }).click()
  await dialog.getByRole('switch', { name: 'With passwords and private keys' }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse')
  await dialog.getByLabel('Passphrase again', { exact: true }).fill('correct')
  await dialog.getByRole('button', { name: 'Export 1 profile…' }).click()
  await expect(dialog.getByText('The two are not the same.')).toBeVisible()
  await expectNoViolations(app, 'export')
  await dialog.getByLabel('Passphrase again', { exact: true }).fill('correct horse')
  await dialog.getByRole('button', { name: 'Export 1 profile…' }).click()
  await expect(page.getByText('1 profile exported to sealed.json', { exact: true })).toBeVisible()
  expect(readFileSync(sealed, 'utf8')).not.toContain('Guarded')
  if (process.platform !== 'win32') expect(statSync(sealed).mode & 0o777).toBe(0o600)

  await page.getByRole('button', { name: 'More for Guarded' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete profile' }).click()
  await expect(row(app, 'Guarded')).toHaveCount(0)

  await openFile(app, sealed)
  await dialog.getByLabel('Passphrase', { exact: true }).fill('wrong horse')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('Wrong passphrase, or the file was changed')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog.getByText('group Plant')).toBeVisible()
  await expectNoCanary(app)
  await dialog.getByRole('button', { name: 'Import 1 profile', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Plant 1' })).toHaveAttribute('aria-expanded', 'true')
  await row(app, 'Guarded').getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  expect(readFileSync(join(userData, 'profiles.json'), 'utf8')).not.toContain(CANARY)
})

test('groups: by menu, by key and by drag; closed and opened', async ({ start }) => {
  const app = await start()
  const { page } = app
  for (const name of ['Alpha', 'Beta', 'Gamma']) {
    await app.fillProfile({ name, port: 1883 })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Connections', exact: true }).click()
    await expect(row(app, name)).toBeVisible()
  }
  const order = () => page.getByRole('main').locator('h2, .row .name').allInnerTexts()
  const flat = async () => (await order()).map((text) => text.replace(/\s+/g, ' ').trim())

  await page.getByRole('button', { name: 'More for Beta' }).click()
  await page.getByRole('menuitem', { name: 'Move to group…' }).click()
  await page.getByLabel('Group', { exact: true }).fill('Plant')
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect.poll(flat).toEqual(['Alpha', 'Gamma', 'Plant 1', 'Beta'])

  // Down past the end of its list goes into the group below.
  await page.getByRole('button', { name: /^Move Gamma/ }).press('Alt+ArrowDown')
  await expect.poll(flat).toEqual(['Alpha', 'Plant 2', 'Gamma', 'Beta'])
  await expect(page.getByRole('button', { name: /^Move Gamma/ })).toBeFocused()
  await page.getByRole('button', { name: /^Move Gamma/ }).press('Alt+ArrowDown')
  await expect.poll(flat).toEqual(['Alpha', 'Plant 2', 'Beta', 'Gamma'])
  await expectNoViolations(app, 'groups')

  await page.getByRole('button', { name: /^Move Gamma/ }).dragTo(row(app, 'Alpha'), { targetPosition: { x: 40, y: 4 } })
  await expect.poll(flat).toEqual(['Gamma', 'Alpha', 'Plant 1', 'Beta'])

  const heading = page.getByRole('button', { name: 'Plant 1' })
  await heading.click()
  await expect(heading).toHaveAttribute('aria-expanded', 'false')
  await expect(row(app, 'Beta')).toHaveCount(0)
  await page.getByRole('button', { name: /^Move Alpha/ }).press('Alt+ArrowDown')
  await expect.poll(flat).toEqual(['Gamma', 'Plant 2', 'Alpha', 'Beta'])
})
