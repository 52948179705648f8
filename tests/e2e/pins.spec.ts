import { X509Certificate } from 'node:crypto'
import { selfSign } from '../support/certificates'
import { expect } from './support/app'
import { expectNoViolations } from './support/axe'
import { fillTlsProfile, test } from './support/plant'

test('a self-signed certificate is pinned after its fingerprint was shown; another one is not taken for it', async ({ start, plant }) => {
  const server = await selfSign({ commonName: 'press 4', dnsNames: ['press-4.plant.example'] })
  const broker = await plant.broker(server)
  const { fingerprint256 } = new X509Certificate(server.certificate)
  const app = await start()
  const { page } = app
  await fillTlsProfile(app, 'Press', 'mqtts', broker.port)
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Failed')

  await page.getByRole('button', { name: /^Pin this certificate/ }).click()
  const asked = page.getByRole('alertdialog')
  await expect(asked).toContainText('exactly this certificate')
  await expect(asked.locator('.fingerprint')).toHaveText(fingerprint256)
  await expectNoViolations(app, 'pin')
  await asked.getByRole('button', { name: 'Pin and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(page.getByText('certificate pinned', { exact: true })).toBeVisible()
  await expect(page.getByText(/not verified/)).toHaveCount(0)

  // The look at the server of the live connection.
  await page.getByRole('button', { name: 'TLS: show the server’s certificate' }).click()
  const look = page.getByRole('dialog', { name: 'Server of Press' })
  await expect(look).toContainText('pinned: exactly this certificate is accepted')
  await expect(look).toContainText(/TLSv1\.3.*TLS_AES/)
  await expect(look).toContainText(fingerprint256)
  await expectNoViolations(app, 'the server')
  await look.getByRole('button', { name: 'Close', exact: true }).last().click()

  // Somebody else answers at the address.
  await broker.stop()
  await expect(app.status).toContainText('Reconnecting')
  const other = await selfSign({ commonName: 'someone else' })
  const imposter = await plant.broker(other, [], broker.port)
  await expect(app.status).toContainText('Failed', { timeout: 20_000 })
  await expect(page.getByRole('main')).toContainText('The certificate of 127.0.0.1 is not the pinned one')
  expect(imposter.log()).not.toMatch(/New client connected/)
  await page.getByRole('button', { name: 'Show certificate', exact: true }).click()
  await expectNoViolations(app, 'the certificate that failed')
  await page.getByRole('dialog').getByRole('button', { name: /^Pin this certificate/ }).click()
  await expect(asked).toContainText('This is not the certificate you pinned')
  await expectNoViolations(app, 'another certificate')
  await asked.getByRole('button', { name: 'Pin and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // Both are in the profile; a pin that is removed counts no more.
  await page.getByRole('tab', { name: /Press/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Edit profile' }).click()
  const editor = page.getByRole('dialog')
  await editor.getByRole('navigation').getByRole('button', { name: 'TLS', exact: true }).click()
  const pins = editor.getByRole('group', { name: 'Pinned certificates' })
  await expect(pins.getByRole('listitem')).toHaveCount(2)
  await expect(pins).toContainText(fingerprint256)
  await expectNoViolations(app, 'the pins of a profile')
  await pins.getByRole('button', { name: 'Remove the pinned certificate of press 4' }).click()
  await pins.getByRole('button', { name: 'Remove the pinned certificate of someone else' }).click()
  await expect(pins).toHaveCount(0)
  await editor.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Failed: The certificate of 127.0.0.1 comes from nobody you trust')
})
