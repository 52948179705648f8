import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { expect, test as base, type App } from './support/app'
import { answerDialogs } from './support/file-dialogs'
import { expectNoViolations } from './support/axe'

const test = base.extend<{ folder: string }>({
  folder: async ({ start: _start }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-expectations-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

const ACL = 'user bob\ntopic read a/#\ntopic write b\n'
const CASES = [
  { user: 'bob', access: 'read', topic: 'a/1', expect: 'allowed' },
  { user: 'bob', access: 'write', topic: 'b', expect: 'allowed', note: 'he reports' },
  { user: null, access: 'write', topic: 'b', expect: 'denied' },
]

const editor = (app: App) => app.page.getByRole('region', { name: 'Editor', exact: true })
const tab = (app: App) => app.page.getByRole('tab', { name: 'Expectations' })
const pane = (app: App) => app.page.getByRole('region', { name: 'Expectations' })
const rows = (app: App) => pane(app).getByRole('grid', { name: 'Cases' }).locator('[data-index]')

test('cases are opened, turn red while the file is edited, lead to the line that decides, are generated and saved', async ({ start, folder }) => {
  test.setTimeout(90_000)
  const [acl, wrong, cases, copy] = ['acl.conf', 'wrong.yaml', 'cases.yaml', 'copy.yaml'].map((name) => join(folder, name)) as [string, string, string, string]
  writeFileSync(acl, ACL)
  writeFileSync(wrong, 'version: "2.0"\ncases:\n  - user: bob\n    access: publish\n    topic: a\n    expect: denied\n')
  writeFileSync(cases, JSON.stringify({ version: '2.0', cases: CASES }))
  const app = await start()
  const { page } = app
  await answerDialogs(app, acl)
  await page.getByRole('button', { name: 'ACL tester' }).click()
  await page.getByRole('button', { name: 'Open a file' }).click()
  await editor(app).locator('.acl-code[data-state=ready]').waitFor()
  await tab(app).click()
  await expectNoViolations(app, 'no expectations')

  await answerDialogs(app, wrong)
  await pane(app).getByRole('button', { name: 'Open…' }).click()
  await expect(pane(app).getByRole('alert')).toContainText('line 4')
  await answerDialogs(app, cases, copy)
  await pane(app).getByRole('button', { name: 'Open…' }).click()
  await expect(tab(app)).toHaveAccessibleName('Expectations 3 passed')
  await expect(pane(app).getByRole('alert')).toHaveCount(0)

  // Another line of the file, typed: what it takes away is told at once.
  await editor(app).locator('.view-line').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('topic deny a/1')
  await expect(tab(app)).toHaveAccessibleName('Expectations 2 passed 1 failed')
  await expect(rows(app).first()).toContainText('Failed')
  await expectNoViolations(app, 'a case failed')
  await pane(app).getByRole('radio', { name: 'Failed 1' }).click()
  await expect(rows(app)).toHaveCount(1)
  await rows(app).first().getByRole('button', { name: 'line 4' }).click()
  await expect(pane(app).getByRole('status')).toContainText('Denied by line 4. Expected: allowed.')
  await expect(editor(app).getByRole('textbox')).toBeFocused()
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Delete')
  await expect(tab(app)).toHaveAccessibleName('Expectations 3 passed')
  await pane(app).getByRole('radio', { name: 'All 3' }).click()

  // In place: the case expects something else, and the keyboard goes on to the next one.
  await rows(app).first().getByLabel('Expected').selectOption('denied')
  await rows(app).first().getByLabel('Topic').fill('c')
  await page.keyboard.press('ArrowDown')
  await expect(rows(app).nth(1).getByLabel('Topic')).toBeFocused()
  await pane(app).getByRole('button', { name: 'Generate' }).click()
  await page.getByText(/^\d+ cases were written down$/).waitFor()
  await expect(tab(app)).toHaveAccessibleName(/Expectations \d+ passed$/)
  await page.keyboard.press('Escape')
  await pane(app).getByRole('button', { name: 'Expectations' }).click()
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  await page.getByText('Expectations saved', { exact: true }).waitFor()
  const saved = parse(readFileSync(copy, 'utf8')) as { acl: string; cases: object[] }
  expect(saved.acl).toBe('acl.conf')
  expect(saved.cases.slice(0, 3)).toEqual([{ ...CASES[0], topic: 'c', expect: 'denied' }, CASES[1], CASES[2]])
  expect(saved.cases).toContainEqual({ user: null, access: 'read', topic: 'a', expect: 'denied' })
  expect(saved.cases.length).toBeGreaterThan(5)
})

test('cases that are not saved survive a restart, and are asked for before they go', async ({ start }) => {
  const first = await start()
  await first.page.getByRole('button', { name: 'ACL tester' }).click()
  await first.page.getByRole('button', { name: 'Start with an example' }).click()
  await tab(first).click()
  await pane(first).getByRole('button', { name: 'Add a case' }).click()
  await rows(first).first().getByLabel('Topic').fill('alerts/fire')
  await expect(tab(first)).toHaveAccessibleName('Expectations 1 passed')
  await first.close()

  const app = await start()
  await app.page.getByRole('button', { name: 'ACL tester' }).click()
  await expect(tab(app)).toHaveAccessibleName('Expectations 1 passed')
  await tab(app).click()
  await expect(rows(app).first().getByLabel('Topic')).toHaveValue('alerts/fire')
  await pane(app).getByRole('button', { name: 'Expectations' }).click()
  await app.page.getByRole('menuitem', { name: 'Remove all cases' }).click()
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await pane(app).getByText('What should be allowed, and what not?').waitFor()
})
