import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { makeAuthority, toPkcs12 } from '../support/certificates'
import { startSecureMosquitto } from '../support/secure-mosquitto'
import { expect, test as base, type App } from './support/app'
import { answerDialogs } from './support/file-dialogs'
import { expectNoViolations } from './support/axe'

const test = base.extend<{ folder: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-e2e-certificates-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

async function openPage(app: App): Promise<{ list: Locator; dialog: Locator; detail: Locator }> {
  await app.page.keyboard.press('Control+Shift+X')
  return {
    list: app.page.getByRole('complementary', { name: 'Certificates' }),
    dialog: app.page.getByRole('dialog'),
    detail: app.page.getByRole('article'),
  }
}

async function openFile(app: App, path: string): Promise<void> {
  await answerDialogs(app, path)
  await app.page.getByRole('button', { name: 'Open file…' }).first().click()
}

async function exportTo(app: App, path: string, entry: RegExp): Promise<void> {
  await answerDialogs(app, path)
  await app.page.getByRole('button', { name: 'Export', exact: true }).click()
  await app.page.getByRole('menuitem', { name: entry }).click()
}

test('an authority, a server and a client are made, exported, and connect to a real broker', async ({ start, userData, folder }) => {
  const app = await start()
  const { page } = app
  const at = (name: string) => join(folder, name)
  const { list, dialog, detail } = await openPage(app)
  await expectNoViolations(app, 'no certificates')

  await page.getByRole('button', { name: 'New authority' }).click()
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(dialog).toContainText('Type a name')
  await expectNoViolations(app, 'form with errors')
  await dialog.getByLabel('Name', { exact: true }).fill('Plant CA')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(detail).toContainText('An authority made here')
  await exportTo(app, at('ca.pem'), /^Certificate as PEM/)
  await expect.poll(() => existsSync(at('ca.pem'))).toBe(true)

  await detail.getByRole('button', { name: 'New server certificate' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill('broker')
  await dialog.getByLabel('Host names and IP addresses').fill('not a host!')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(dialog).toContainText('“host!” is neither a host name nor an IP address')
  await dialog.getByLabel('Host names and IP addresses').fill('localhost, 127.0.0.1')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(detail).toContainText('It leads to Plant CA')
  await expect(detail).toContainText('127.0.0.1')
  await exportTo(app, at('server.pem'), /^Certificate as PEM/)
  await exportTo(app, at('server.key'), /^Private key as PEM/)
  await expect.poll(() => existsSync(at('server.key'))).toBe(true)

  await list.getByRole('button', { name: /^Plant CA/ }).click()
  await detail.getByRole('button', { name: 'New client certificate' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill('ada')
  await dialog.getByRole('radio', { name: 'RSA 2048' }).click()
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(detail).toContainText('RSA, 2048 bits')
  await expectNoViolations(app, 'certificates made')
  await exportTo(app, at('ada.p12'), /PKCS#12/)
  await dialog.getByLabel('Password', { exact: true }).fill('canary-password')
  await dialog.getByRole('button', { name: 'Export…' }).click()
  await expect(dialog).toHaveCount(0)

  for (const file of ['server.key', 'ada.p12', 'ca.pem']) expect(statSync(at(file)).mode & 0o777).toBe(0o600)
  execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', at('ca.pem'), at('server.pem')])
  const broker = await startSecureMosquitto({
    authority: { certificate: readFileSync(at('ca.pem'), 'utf8') },
    identity: { certificate: readFileSync(at('server.pem'), 'utf8'), key: readFileSync(at('server.key'), 'utf8') },
    extraLines: ['require_certificate true', 'use_identity_as_username true'],
  })
  try {
    // Inside Electron, whose BoringSSL reads PKCS#12 its own way.
    await page.getByRole('button', { name: 'Connections', exact: true }).click()
    await app.fillProfile({ name: 'Plant', port: broker.port })
    await dialog.getByLabel('Protocol', { exact: true }).selectOption('mqtts')
    const choose = async (field: string, path: string): Promise<void> => {
      await answerDialogs(app, path)
      await dialog.getByRole('group', { name: field, exact: true }).getByRole('button', { name: /^Choose file/ }).click()
    }
    await choose('Certificate authority', at('ca.pem'))
    await choose('Client certificate', at('ada.p12'))
    await dialog.getByLabel('Passphrase', { exact: true }).fill('canary-password')
    await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
    await expect(app.status).toContainText('Online')
    expect(broker.log()).toMatch(/u'ada'/)
  } finally {
    await broker.stop()
  }

  const { list: again } = await openPage(app)
  await expect(again.getByRole('region', { name: 'Used by profiles' })).toContainText('ca.pem')
  await again.getByRole('region', { name: 'Used by profiles' }).getByRole('button', { name: /^ca\.pem/ }).click()
  await expect(detail).toContainText('An authority made here')

  // Keys are files of their own, for the user alone, and never in the page or the list.
  const keys = readdirSync(join(userData, 'certificate-keys'))
  expect(keys).toHaveLength(3)
  expect(statSync(join(userData, 'certificate-keys')).mode & 0o777).toBe(0o700)
  for (const key of keys) expect(statSync(join(userData, 'certificate-keys', key)).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(userData, 'made-certificates.json'), 'utf8')).not.toMatch(/PRIVATE KEY|canary/)
  expect(await page.content()).not.toMatch(/PRIVATE KEY|canary/)
  await app.close()

  const restarted = await start()
  const reopened = await openPage(restarted)
  const ada = reopened.list.getByRole('region', { name: 'Made here' }).getByRole('button', { name: /^ada/ })
  await ada.click()
  await expect(reopened.detail).toContainText('It leads to Plant CA')
  await reopened.detail.getByRole('button', { name: 'Delete' }).click()
  await restarted.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(ada).toHaveCount(0)
  expect(readdirSync(join(userData, 'certificate-keys'))).toHaveLength(2)
})

test('a stranger’s files are looked into: a chain, one that is broken, a locked PKCS#12, no certificate', async ({ start, folder }) => {
  const authority = await makeAuthority('Plant CA')
  const server = await authority.issue({
    commonName: '\u202eevil<b>&amp;',
    dnsNames: Array.from({ length: 60 }, (_, index) => `host-${index}.plant.example`),
    validFromMs: Date.now() - 9 * 86_400_000,
    validToMs: Date.now() - 2.5 * 86_400_000,
  })
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const app = await start()
  const { list, dialog, detail } = await openPage(app)

  await openFile(app, write('chain.pem', `${server.certificate}\n${authority.certificate}`))
  await expect(detail.getByRole('heading', { level: 2 })).toHaveText('⟨U+202E⟩evil<b>&amp;')
  await expect(detail).toContainText('The chain does not hold')
  await expect(detail).toContainText('expired 2 days ago')
  await expect(detail).toContainText('and 36 more')
  await expect(detail).toContainText(new X509Certificate(server.certificate).fingerprint256)
  await expect(detail).toContainText(/signed by\s*Plant CA\s*in this file/)
  await expectNoViolations(app, 'a broken chain')
  await list.getByRole('button', { name: /^Plant CA/ }).click()
  await expect(detail).toContainText('It vouches for itself')

  const alone = await authority.issue({ commonName: 'broker' })
  await openFile(app, write('broker.p12', toPkcs12(alone, 'secret')))
  await dialog.getByLabel('Password', { exact: true }).fill('wrong')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog).toContainText('The password does not open broker.p12')
  await expectNoViolations(app, 'a wrong password')
  await dialog.getByLabel('Password', { exact: true }).fill('secret')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(detail).toContainText('Unknown issuer')
  await expect(detail).toContainText('Plant CA: not found')

  await openFile(app, write('notes.txt', 'no certificate'))
  await expect(app.page.getByText('notes.txt holds no certificate', { exact: true })).toBeVisible()
  await expect(detail).toContainText('Unknown issuer')
  await list.getByRole('button', { name: 'Close broker.p12' }).click()
  await expect(detail).toHaveCount(0)
})
