import { expect, test, type App } from './support/app'
import { filesWith, heapOf, listenToLogs } from './support/canaries'

// A secret goes from the keyboard to main and from there to the broker. These canaries are looked for everywhere else.

const KEPT_PLAIN = 'canary-plain-7f3a'
const KEPT_FOR_SESSION = 'canary-session-91bc'

async function saveProfile(app: App, name: string, port: number, password: string, storage: RegExp): Promise<void> {
  const { page } = app
  await page.getByRole('button', { name: 'Connections', exact: true }).click()
  await app.fillProfile({ name, port })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('User name', { exact: true }).fill(`user-of-${name}`)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('radio', { name: storage }).click()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('stored secrets are in no file, log, error or page but where the user put them', async ({ start, mosquitto, userData }) => {
  // Refuses both, so that there are errors to look into as well.
  const strict = await mosquitto({ users: { nobody: 'x' } })
  const first = await start()
  const logs = [listenToLogs(first)]
  await saveProfile(first, 'plain', strict.port, KEPT_PLAIN, /unencrypted/i)
  await saveProfile(first, 'session', strict.port, KEPT_FOR_SESSION, /until Pubscope closes/i)
  for (const name of ['plain', 'session']) {
    await first.page.getByRole('button', { name: 'Connections', exact: true }).click()
    await first.page.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(first.page.getByRole('main')).toContainText(/not authorized|bad user name/i)
  }
  await first.close()
  expect(filesWith(userData, KEPT_PLAIN)).toEqual(['profiles.json'])
  expect(filesWith(userData, KEPT_FOR_SESSION)).toEqual([])

  const second = await start()
  logs.push(listenToLogs(second))
  await second.page.getByRole('button', { name: 'Connections', exact: true }).click()
  await second.page.getByRole('listitem').filter({ hasText: 'plain' }).getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(second.page.getByRole('main')).toContainText(/not authorized|bad user name/i)
  const heap = await heapOf(second.page)
  // The looking glass works: what is no secret is seen.
  expect(heap).toContain('user-of-plain')
  expect(heap).not.toContain(KEPT_PLAIN)
  expect(heap).not.toContain(KEPT_FOR_SESSION)
  expect(logs.flat().join('')).not.toMatch(/canary/)
})

test('with a keyring, a password is stored encrypted and comes back after a restart', async ({ start, mosquitto, userData, keyring }) => {
  const { port } = await mosquitto({ users: { 'user-of-ring': 'canary-ring-55d0' } })
  const first = await start(keyring.args, keyring.env)
  await saveProfile(first, 'ring', port, 'canary-ring-55d0', /encrypted by the system/i)
  await first.close()
  expect(filesWith(userData, 'canary-ring-55d0')).toEqual([])

  const second = await start(keyring.args, keyring.env)
  await second.page.getByRole('button', { name: 'Connections', exact: true }).click()
  await second.page.getByRole('listitem').filter({ hasText: 'ring' }).getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(second.status).toContainText('Online')
  expect(await heapOf(second.page)).not.toContain('canary-ring-55d0')
})
