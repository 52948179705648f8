import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encryptKey } from '../support/certificates'
import { expect } from './support/app'
import { expectNoViolations } from './support/axe'
import { choose, fillTlsProfile, test } from './support/plant'

const DAY_MS = 86_400_000

test('a mutual-TLS profile is made of files, connects, and keeps its key to itself', async ({ start, plant, userData }) => {
  const { authority, file } = plant
  const server = await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] })
  const client = await authority.issue({ commonName: 'ada' })
  const broker = await plant.broker(server, ['require_certificate true', 'use_identity_as_username true'])
  const key = encryptKey(client.key, 'canary-passphrase')
  const canaries = [key.split('\n')[2] ?? '', 'canary-passphrase']
  expect(canaries[0]).toHaveLength(64)

  const app = await start()
  const { page } = app
  const dialog = page.getByRole('dialog')
  await fillTlsProfile(app, 'Plant', 'mqtts', broker.port)
  await choose(app, 'Certificate authority', file('plant-ca.pem', authority.certificate))
  await choose(app, 'Client certificate', file('ada.key', key))
  await expect(dialog.getByRole('alert')).toContainText('ada.key is no client certificate')
  await choose(app, 'Client certificate', file('ada.pem', client.certificate))
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await choose(app, 'Private key', file('ada.key', key))
  await expect(dialog.getByRole('group', { name: 'Private key', exact: true })).toContainText('ada.key')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('canary-passphrase')
  await dialog.getByRole('radiogroup', { name: 'Keep the passphrase' }).getByRole('radio', { name: /until Pubscope closes/ }).click()
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(page.getByRole('contentinfo')).toContainText('TLS')
  expect(broker.log()).toMatch(/u'ada'/)
  await expect(page.getByText(/not verified/)).toHaveCount(0)

  const listed = JSON.stringify(await page.evaluate(() => window.pubscope.requests['profiles.list'](undefined)))
  expect(listed).toContain('ada.key')
  const stored = readFileSync(join(userData, 'profiles.json'), 'utf8')
  for (const canary of canaries) {
    expect(listed).not.toContain(canary)
    expect(stored).not.toContain(canary)
    expect(await page.content()).not.toContain(canary)
  }
  // Copies for the user alone.
  expect(readdirSync(join(userData, 'certificates'))).toHaveLength(3)
  await app.close()

  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const asked = again.page.getByRole('dialog', { name: /Passphrase for/ })
  await asked.getByLabel('Passphrase', { exact: true }).fill('canary-passphrase')
  await asked.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(again.status).toContainText('Online')
})

for (const protocol of ['mqtts', 'wss'] as const) {
  test(`${protocol}: an unknown issuer is shown, and healed by choosing its authority`, async ({ start, plant }) => {
    const { authority } = plant
    const server = await authority.issue({ commonName: 'broker', dnsNames: ['broker.plant.example'], addresses: ['127.0.0.1'] })
    const broker = await plant.broker(server)
    const app = await start()
    const { page } = app
    await fillTlsProfile(app, 'Plant', protocol, protocol === 'mqtts' ? broker.port : (broker.wsPort ?? 0))
    await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()

    await expect(app.status).toContainText('Failed')
    const chain = page.getByRole('region', { name: 'The certificates the server showed' })
    await expect(chain).toContainText('broker.plant.example')
    await expect(chain).toContainText('Plant CA')
    await expect(chain).toContainText(new X509Certificate(server.certificate).fingerprint256)
    await expectNoViolations(app, 'unknown issuer')
    await chain.getByRole('button', { name: 'Copy the fingerprint of broker' }).click()
    await expect
      .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe(new X509Certificate(server.certificate).fingerprint256)

    await page.getByRole('button', { name: 'Edit profile', exact: true }).click()
    await choose(app, 'Certificate authority', plant.file('plant-ca.pem', authority.certificate))
    await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
    await expect(app.status).toContainText('Online')
  })
}

test('the authority that the server showed can be trusted, after its fingerprint was', async ({ start, plant }) => {
  const { authority } = plant
  const server = await authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] })
  // A server that sends its authority along.
  const broker = await plant.broker({ ...server, certificate: `${server.certificate}\n${authority.certificate}` })
  const app = await start()
  const { page } = app
  await fillTlsProfile(app, 'Plant', 'mqtts', broker.port)
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Failed')
  // The server's own certificate is no authority, so there is one to trust only.
  await page.getByRole('button', { name: /^Trust for this connection/ }).click()
  const asked = page.getByRole('alertdialog')
  await expect(asked).toContainText(new X509Certificate(authority.certificate).fingerprint256)
  await expectNoViolations(app, 'trust')
  await asked.getByRole('button', { name: 'Trust and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await app.close()

  const again = await start()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  await expect(again.status).toContainText('Online')
})

test('an expired certificate is told from others; unverified connections say so', async ({ start, plant }) => {
  const server = await plant.authority.issue({
    commonName: 'broker',
    addresses: ['127.0.0.1'],
    validFromMs: Date.now() - 9 * DAY_MS,
    validToMs: Date.now() - 2.5 * DAY_MS,
  })
  const broker = await plant.broker(server)
  const app = await start()
  const { page } = app
  await fillTlsProfile(app, 'Plant', 'mqtts', broker.port)
  await choose(app, 'Certificate authority', plant.file('plant-ca.pem', plant.authority.certificate))
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(page.getByRole('heading', { name: /has expired/ })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('expired 2 days ago')

  await page.getByRole('button', { name: 'Edit profile', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('switch', { name: 'Verify the certificate' }).click()
  await expect(dialog).toContainText('Anyone on the way can pose as this broker')
  await expect(dialog.getByRole('switch', { name: 'Verify the host name' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(page.getByText('certificate not verified')).toBeVisible()
  await expectNoViolations(app, 'an unverified connection')
})

test('axe finds nothing in the section TLS, in both themes', async ({ start, plant }) => {
  const app = await start()
  const { page } = app
  const dialog = page.getByRole('dialog')
  await app.fillProfile({ name: 'Plant', port: 1883 })
  await dialog.getByRole('navigation').getByRole('button', { name: 'TLS', exact: true }).click()
  await expectNoViolations(app, 'TLS not used')
  await dialog.getByRole('button', { name: 'Use mqtts:// on port 8883' }).click()
  await expect(dialog.getByLabel('Port', { exact: true })).toHaveValue('8883')
  await choose(app, 'Client certificate', plant.file('ada.pem', (await plant.authority.issue({ commonName: 'ada' })).certificate))
  await dialog.getByLabel('Passphrase', { exact: true }).fill('secret')
  await dialog.getByLabel('Server name (SNI)', { exact: true }).fill('a b')
  await dialog.getByRole('switch', { name: 'Verify the host name' }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByLabel('Server name (SNI)', { exact: true })).toBeFocused()
  await expectNoViolations(app, 'TLS with everything open')
})
