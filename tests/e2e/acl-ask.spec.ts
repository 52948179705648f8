import { EXAMPLE_FILES } from '../../src-renderer/features/acl/example-file'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

const USERS = { admin: 'canary-admin', gateway_01: 'canary-gateway' }
const STATUS = 'gateways/gateway_01/status'

async function openAcl(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'ACL tester' }).click()
  await app.page.getByRole('button', { name: 'Start with an example' }).click()
}

async function question(app: App, user: string, access: 'Read' | 'Write' | 'Subscribe', topic: string): Promise<void> {
  const form = app.page.getByRole('form', { name: 'Question' })
  await form.getByRole('textbox', { name: 'User name' }).fill(user)
  await form.getByRole('radio', { name: access }).click()
  await form.getByRole('textbox', { name: /^Topic/ }).fill(topic)
}

const answer = (app: App) => app.page.getByRole('region', { name: 'Answer' })
const why = (app: App) => app.page.getByRole('listbox', { name: 'Lines that were considered' })

test('a question is answered as it is typed, with the line that decides and why, without a connection', async ({ start }) => {
  const app = await start([])
  await openAcl(app)
  await question(app, 'gateway_01', 'Write', STATUS)
  await expect(answer(app)).toContainText('Allowed')
  await expect(answer(app)).toContainText('by line 11')
  await expect(answer(app)).toContainText('topic write gateways/gateway_01/+')
  await expect(why(app).getByRole('option')).toHaveText([/^line 10.*does not match/, /^line 11.*decides/, /^lines 6–7.*not reached/])
  await expectNoViolations(app, 'an answer')
  await question(app, 'gateway_01', 'Write', 'other')
  await expect(answer(app)).toContainText('Denied')
  await question(app, '', 'Write', 'a/#')
  await expect(app.page.getByRole('form', { name: 'Question' })).toContainText('without + and #')
  await question(app, '', 'Subscribe', 'a/#')
  await answer(app).getByRole('button', { name: 'What a filter can read' }).click()
  await expect(app.page.getByRole('tab', { name: 'What a filter can read' })).toHaveAttribute('aria-selected', 'true')
})

test('the broker is asked after its plan is confirmed: it agrees, and where its file is another one it disagrees', async ({ start, mosquitto, subscribe }) => {
  test.setTimeout(120_000)
  const { port } = await mosquitto({ users: USERS, acl: EXAMPLE_FILES['acl-file'].replace('sensors/+/+', 'sensors/none/+') })
  const login = { username: 'admin', password: USERS.admin }
  const witness = await subscribe({ port, topic: '#', ...login })
  const app = await start([`mqtt://admin:${USERS.admin}@127.0.0.1:${port}`])
  const { page } = app
  await expect(app.status).toContainText('Online')
  await openAcl(app)
  await question(app, 'gateway_01', 'Write', STATUS)
  await page.getByRole('textbox', { name: 'Topic', exact: true }).press('Control+Enter')

  const dialog = page.getByRole('dialog', { name: 'Ask the broker' })
  await expect(dialog.getByRole('checkbox', { name: STATUS })).toBeChecked()
  await expectNoViolations(app, 'the plan')
  expect(witness.received).toEqual([])
  await dialog.getByLabel('Password of gateway_01').fill('wrong')
  await dialog.getByLabel('Password of gateway_01').press('Enter')
  await expect(dialog.getByRole('status')).toContainText('1 unknown')
  await expect(dialog).toContainText('could not stay signed in')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  await answer(app).getByRole('button', { name: 'Ask the broker' }).click()
  await expect(dialog.getByLabel('Password of gateway_01')).toHaveValue('')
  await dialog.getByLabel('Password of gateway_01').fill(USERS.gateway_01)
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('1 agrees')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(answer(app)).toContainText(/broker agrees · \d+ ms/)

  await question(app, 'gateway_01', 'Read', 'sensors/temp/value')
  await expect(answer(app)).toContainText('Allowed')
  await expect(answer(app)).not.toContainText('broker agrees')
  await answer(app).getByRole('button', { name: 'Ask the broker' }).click()
  await dialog.getByLabel('Password of gateway_01').fill(USERS.gateway_01)
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('1 disagrees')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(answer(app)).toContainText(/broker denies it · \d+ ms/)
  await expectNoViolations(app, 'a disagreement')

  await witness.waitFor(({ topic }) => topic === 'sensors/temp/value')
  expect(witness.received.map(({ topic }) => topic)).toEqual([STATUS, 'sensors/temp/value'])
  expect(witness.received.every(({ retain, payload }) => !retain && payload.toString().startsWith('pubscope-acl-probe '))).toBe(true)
  expect(await page.content()).not.toContain('canary-')
})
