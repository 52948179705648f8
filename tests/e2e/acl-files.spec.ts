import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type { Locator } from '@playwright/test'
import { expect, test as base, type App } from './support/app'
import { answerDialogs } from './support/file-dialogs'
import { expectNoViolations } from './support/axe'
import { hoverUntilTold } from './support/editor-hover'
import { longestTask } from './support/longest-task'

const test = base.extend<{ folder: string }>({
  folder: async ({ start: _start }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-acl-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

const editor = (app: App): Locator => app.page.getByRole('region', { name: 'Editor', exact: true })
const findings = (app: App): Locator => app.page.getByRole('region', { name: 'Findings' })
/** What the editor shows, whose spaces are no-break ones. */
const line = (app: App, text: string): Locator => editor(app).locator('.view-line', { hasText: new RegExp(`^${text.replaceAll(' ', '\\s')}$`) })

async function publish(port: number, topic: string): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`)
  await client.publishAsync(topic, '1', { qos: 1 })
  await client.endAsync()
}

async function openFile(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'ACL tester' }).click()
  await app.page.getByRole('button', { name: 'Open a file' }).click()
  await editor(app).locator('.acl-code[data-state=ready]').waitFor()
}

async function fromFileMenu(app: App, entry: string): Promise<void> {
  await editor(app).getByRole('button', { name: 'File', exact: true }).click()
  await app.page.getByRole('menuitem', { name: entry }).click()
}

test('a file is opened, what surprises in it underlined, explained and healed, and saved byte for byte', async ({ start, folder }) => {
  const path = join(folder, 'acl.conf')
  const copy = join(folder, 'copy.conf')
  // Two kinds of line ends, bytes that are no UTF-8, odd spacing.
  const bytes = Buffer.from('# caf\xe9\r\nuser bob\ntopic  read  a/+ \r\n\ntopic deny\ntopic write b/#', 'latin1')
  writeFileSync(path, bytes)
  const app = await start()
  await answerDialogs(app, path, copy)
  await openFile(app)

  await expect(findings(app)).toContainText('Line 5 grants a topic named “deny”')
  await expect(editor(app).getByText('1 warning')).toBeVisible()
  await expect(editor(app).locator('.squiggly-warning')).toHaveCount(1)
  await expectNoViolations(app, 'ACL tester: a file with findings')

  await hoverUntilTold(app, line(app, 'topic write b/#').locator('span span').first(), 'Everyone who signs in as bob may publish to b/#.')

  await fromFileMenu(app, 'Save as…')
  await expect.poll(() => existsSync(copy) && readFileSync(copy)).toEqual(bytes)

  await findings(app).getByRole('listitem').filter({ hasText: 'spaces at the end' }).getByRole('button', { name: 'Fix' }).click()
  await expect(editor(app).getByLabel('Not saved')).toBeVisible()
  await expect(findings(app)).not.toContainText('spaces at the end')
  await app.page.keyboard.press('Control+S')
  await expect(editor(app).getByLabel('Not saved')).toBeHidden()
  expect(readFileSync(copy)).toEqual(Buffer.from(bytes.toString('latin1').replace('a/+ \r', 'a/+\r'), 'latin1'))
  expect(readFileSync(path)).toEqual(bytes)
})

test('F8 goes from finding to finding, and an error tells that the broker would not start', async ({ start, folder }) => {
  const path = join(folder, 'acl.conf')
  writeFileSync(path, 'user bob\nTopic read a\ntopic read a/#/b\n')
  const app = await start()
  await answerDialogs(app, path)
  await openFile(app)
  await expect(editor(app).getByText('2 errors')).toBeVisible()
  await expect(findings(app)).toContainText('A reload with this file opens the broker')
  await line(app, 'user bob').click()
  await app.page.keyboard.press('F8')
  await app.page.keyboard.press('F8')
  // The cursor stands at the topic of line 3.
  await app.page.keyboard.press('Control+Delete')
  await expect(line(app, 'topic read a/#/b')).toHaveCount(0)
  await findings(app).getByRole('listitem').filter({ hasText: 'must be lower case' }).getByRole('button', { name: 'Fix' }).click()
  await expect(line(app, 'topic read a')).toBeVisible()
})

test('what may stand at the cursor is offered, topics of the connection too, and a fix at Ctrl+.', async ({ start, folder, mosquitto }) => {
  const path = join(folder, 'acl.conf')
  writeFileSync(path, 'user bob\ntopic read a\n\nTOPIC read b')
  const broker = await mosquitto()
  const app = await start([broker.url, '--filter', 'plant/#'])
  await expect(app.status).toContainText('Online')
  await publish(broker.port, 'plant/press/speed')
  await app.topic('plant').waitFor()
  await answerDialogs(app, path)
  await openFile(app)
  const offered = app.page.locator('.suggest-widget.visible')
  await line(app, 'TOPIC read b').click()
  await app.page.keyboard.press('Control+.')
  await expect(app.page.getByText('Write “topic”')).toBeVisible()
  await app.page.keyboard.press('Enter')
  await expect(line(app, 'topic read b')).toBeVisible()

  await line(app, 'topic read a').click()
  await app.page.keyboard.press('ArrowDown')
  await app.page.keyboard.type('top')
  await expect(offered).toContainText('topic')
  await app.page.keyboard.press('Tab')
  await expect(offered).toContainText('readwrite')
  await app.page.keyboard.press('Tab')
  await app.page.keyboard.type('pre', { delay: 50 })
  await offered.locator('.monaco-list-row', { hasText: 'plant/press/speed' }).click()
  await expect(line(app, 'topic read plant/press/speed')).toBeVisible()
})

test('what is not saved survives a restart, is asked for before it goes, and another program’s change is told', async ({ start, folder }) => {
  const path = join(folder, 'acl.conf')
  writeFileSync(path, 'topic read a\n')
  const first = await start()
  await answerDialogs(first, path)
  await openFile(first)
  await line(first, 'topic read a').click()
  await first.page.keyboard.press('Control+End')
  await first.page.keyboard.insertText('topic read mine')
  await expect(editor(first).getByLabel('Not saved')).toBeVisible()
  await first.close()
  writeFileSync(path, 'topic read theirs\n')

  const app = await start()
  await answerDialogs(app, path)
  await app.page.getByRole('button', { name: 'ACL tester' }).click()
  await expect(line(app, 'topic read mine')).toBeVisible()
  await expect(editor(app)).toContainText('Another program changed this file')
  await app.page.keyboard.press('Control+S')
  expect(readFileSync(path, 'utf8')).toBe('topic read theirs\n')

  await editor(app).getByRole('button', { name: 'Reload' }).click()
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Keep editing' }).click()
  await expect(line(app, 'topic read mine')).toBeVisible()
  await editor(app).getByRole('button', { name: 'Reload' }).click()
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await expect(line(app, 'topic read theirs')).toBeVisible()
  await fromFileMenu(app, 'acl.conf')
  await expect(line(app, 'topic read theirs')).toBeVisible()
})

test('100,000 lines are typed in without a long task of the page', async ({ start, folder }) => {
  const path = join(folder, 'acl.conf')
  const user = (number: number): string => [`user user-${number}`, ...Array.from({ length: 9 }, (_, line) => `topic read site/${number}/a-longer-name-of-a-level/line-${line}/#`)].join('\n')
  writeFileSync(path, Array.from({ length: 10_000 }, (_, number) => user(number)).join('\n'))
  const app = await start()
  await answerDialogs(app, path)
  await openFile(app)
  await app.page.getByRole('textbox', { name: 'User name' }).fill('user-9999')
  await app.page.getByRole('textbox', { name: 'Topic', exact: true }).fill('typed/here')
  const answer = app.page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('Denied')
  await line(app, 'user user-0').click()
  await app.page.keyboard.press('Control+End')
  const longest = await longestTask(app, async () => {
    await app.page.keyboard.type('\ntopic write typed/he')
    await app.page.keyboard.type('re')
    await expect(answer).toContainText('Allowed')
    await app.page.keyboard.press('Control+S')
    await expect.poll(() => readFileSync(path, 'utf8').endsWith('\ntopic write typed/here')).toBe(true)
  })
  expect(longest).toBeLessThan(100)
})
