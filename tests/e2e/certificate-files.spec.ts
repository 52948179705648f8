import { rmSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toPkcs12 } from '../support/certificates'
import { expect } from './support/app'
import { expectNoViolations } from './support/axe'
import { choose, chooseInPlace, fillTlsProfile, test } from './support/plant'

const DAY_MS = 86_400_000
const MUTUAL = ['require_certificate true', 'use_identity_as_username true']

test('a file used where it is: what it holds at each connect counts, and only main knows the path', async ({ start, plant, userData }) => {
  const server = await plant.authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'] })
  const broker = await plant.broker(server, MUTUAL)
  const bundleOf = async (commonName: string): Promise<string> => {
    const { certificate, key } = await plant.authority.issue({ commonName })
    return `${certificate}\n${key}`
  }
  const path = plant.file('rotating.pem', await bundleOf('ada-1'))
  const app = await start()
  const { page } = app
  await fillTlsProfile(app, 'Plant', 'mqtts', broker.port)
  await choose(app, 'Certificate authority', plant.file('plant-ca.pem', plant.authority.certificate))
  await chooseInPlace(app, 'Client certificate', path)
  const field = page.getByRole('group', { name: 'Client certificate', exact: true })
  await expect(field).toContainText('rotating.pem')
  await expect(field).toContainText(`in ${plant.folder}`)
  await expectNoViolations(app, 'a file where it is')
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  expect(broker.log()).toMatch(/u'ada-1'/)
  // The key stays where it is, in one place.
  const kept = readdirSync(join(userData, 'certificates')).map((name) => readFileSync(join(userData, 'certificates', name), 'utf8'))
  expect(kept.join('')).not.toContain('PRIVATE KEY')

  plant.file('rotating.pem', await bundleOf('ada-2'))
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  expect(broker.log()).toMatch(/u'ada-2'/)

  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  rmSync(path)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('rotating.pem cannot be read', { exact: true })).toBeVisible()
  await expect(page.getByText(/^The system refused it: .*ENOENT/)).toBeVisible()
})

test('certificates that soon expire are told of on the profile and its tab', async ({ start, plant }) => {
  const soon = await plant.authority.issue({ commonName: 'broker', addresses: ['127.0.0.1'], validToMs: Date.now() + 3.5 * DAY_MS })
  const client = await plant.authority.issue({ commonName: 'ada', validToMs: Date.now() + 12.5 * DAY_MS })
  const broker = await plant.broker(soon)
  const app = await start()
  const { page } = app
  await fillTlsProfile(app, 'Plant', 'mqtts', broker.port)
  await choose(app, 'Certificate authority', plant.file('plant-ca.pem', plant.authority.certificate))
  await choose(app, 'Client certificate', plant.file('ada.p12', toPkcs12(client, 'secret')))
  await page.getByRole('dialog').getByLabel('Passphrase', { exact: true }).fill('secret')
  await page.getByRole('dialog').getByRole('button', { name: 'Save and connect', exact: true }).click()
  await expect(app.status).toContainText('Online')
  // The server's, which is the first to go.
  await expect(page.getByRole('tab', { name: /certificate expires in 3 days/ })).toBeVisible()
  await expectNoViolations(app, 'a tab with a certificate that expires')

  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(Date.now() + 12.5 * DAY_MS)
  await page.getByRole('button', { name: 'Connections', exact: true }).click()
  const badge = page.getByRole('listitem').filter({ hasText: 'Plant' }).getByText('certificate expires in 12 days')
  await expect(badge).toBeVisible()
  await expectNoViolations(app, 'a profile with a certificate that expires')
  // A tooltip opens when the pointer moves onto it, which it does not where it is already.
  await expect(async () => {
    await page.mouse.move(0, 0)
    await badge.hover()
    await expect(page.getByRole('tooltip')).toContainText(`ada expires in 12 days, on ${date}.`, { timeout: 2_000 })
  }).toPass()
})
