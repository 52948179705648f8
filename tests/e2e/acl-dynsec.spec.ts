import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type App } from './support/app'
import { expectNoViolations } from './support/axe'
import { hoverUntilTold } from './support/editor-hover'

const test = base.extend<{ path: string }>({
  path: async ({ start: _start }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-dynsec-'))
    await use(join(folder, 'dynamic-security.json'))
    rmSync(folder, { recursive: true, force: true })
  },
})

const FILE = `{
  "defaultACLAccess": { "publishClientReceive": true, "unsubscribe": true },
  "clients": [
    { "username": "bob", "password": "aA==", "salt": "aA==", "iterations": 101, "roles": [{ "rolename": "r1" }, { "rolename": "gone" }] }
  ],
  "roles": [
    { "rolename": "r1", "acls": [
      { "acltype": "publishClientSend", "topic": "a/#", "allow": true },
      { "acltype": "publishClientSend", "topic": "a/secret", "priority": 1, "allow": false },
      { "acltype": "subscribePattern", "topic": "a/+", "allow": true }
    ] }
  ]
}
`

const editor = (app: App) => app.page.getByRole('region', { name: 'Editor', exact: true })
const answer = (app: App) => app.page.getByRole('region', { name: 'Answer' })
const why = (app: App) => app.page.getByRole('listbox', { name: 'Lines that were considered' })
const findings = (app: App) => app.page.getByRole('region', { name: 'Findings' })

async function openFile(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, path)
  await app.page.getByRole('button', { name: 'ACL tester' }).click()
  await app.page.getByRole('button', { name: 'Open a file' }).click()
  await editor(app).locator('.acl-code[data-state=ready]').waitFor()
}

async function ask(app: App, access: string, topic: string): Promise<void> {
  const form = app.page.getByRole('form', { name: 'Question' })
  await form.getByRole('textbox', { name: 'User name' }).fill('bob')
  await form.getByRole('radio', { name: access, exact: true }).click()
  await form.getByRole('textbox', { name: /^Topic/ }).fill(topic)
}

test('a dynamic-security.json is opened, what surprises in it underlined, and asked', async ({ start, path }) => {
  writeFileSync(path, FILE)
  const app = await start([])
  await openFile(app, path)
  await expect(editor(app).getByText('Dynamic security', { exact: true })).toBeVisible()
  await expect(findings(app)).toContainText('Line 4: there is no role “gone”')
  await expect(editor(app).locator('.squiggly-warning')).toHaveCount(1)

  await ask(app, 'Write', 'a/secret')
  await expect(answer(app)).toContainText('Deniedby line 9')
  await expect(answer(app)).toContainText('role r1 denies publishClientSend a/secret')
  await expect(editor(app).locator('.decided.denied').first()).toBeVisible()
  await expect(why(app).getByRole('option')).toHaveText([/^line 9role r1 denies publishClientSend a\/secret.*decides/, /^line 8role r1 allows publishClientSend a\/#.*not reached/])
  await ask(app, 'Read', 'b')
  await expect(answer(app)).toContainText('the default of line 2 holds')
  await ask(app, 'Unsubscribe', 'b')
  await expect(answer(app)).toContainText('Allowed')
  await ask(app, 'Subscribe', 'a/#')
  await expect(answer(app)).toContainText('Denied')
  await ask(app, 'Subscribe', 'a/b')
  await expect(answer(app)).toContainText('Allowedby line 10')

  const word = editor(app).locator('.view-line', { hasText: 'secret' }).locator('span span').filter({ hasText: 'secret' }).first()
  await hoverUntilTold(app, word, 'Clients with the role r1 may not publish to a/secret.')
  await expectNoViolations(app, 'ACL tester: dynamic security')
})

test('a dynamic-security.json that is no JSON tells that nobody would get in', async ({ start, path }) => {
  writeFileSync(path, '{\n  "roles": [}\n}\n')
  const app = await start([])
  await openFile(app, path)
  await expect(findings(app)).toContainText('Line 2: this is no valid JSON')
  await expect(app.page.getByRole('alert').or(app.page.getByRole('status')).filter({ hasText: 'The plugin cannot read this file: line 2' }).first()).toBeVisible()
})
