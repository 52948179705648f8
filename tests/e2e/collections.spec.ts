import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type { Locator } from '@playwright/test'
import { expect, test, type App } from './support/app'
import { answerDialogs } from './support/file-dialogs'
import { expectNoViolations } from './support/axe'

/** Answers the question whether to quit with the button of this index; gives what was asked last. */
async function answerQuitQuestion(app: App, response: number): Promise<() => Promise<string>> {
  const asked = await app.electron.evaluateHandle(({ dialog }, button) => {
    const last = { detail: '' }
    dialog.showMessageBox = (...parts: unknown[]) => {
      last.detail = (parts.at(-1) as { detail: string }).detail
      return Promise.resolve({ response: button, checkboxChecked: false })
    }
    return last
  }, response)
  return async () => (await asked.jsonValue()).detail
}

async function openCollections(app: App): Promise<void> {
  await app.page.getByRole('button', { name: 'Collections' }).click()
  await app.page.getByRole('heading', { name: 'Collections' }).waitFor()
}

async function create(app: App, kind: 'message' | 'folder', name: string): Promise<void> {
  await app.page.getByRole('button', { name: 'New', exact: true }).click()
  await app.page.getByRole('menuitem', { name: `New ${kind}` }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Name').press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await item(app, name).waitFor()
}

const item = (app: App, name: string): Locator => app.page.getByRole('treeitem', { name: new RegExp(`^${name}`) })
const editor = (app: App): Locator => app.page.getByRole('region', { name: 'Saved message' })
const newestRun = (app: App): Locator => app.page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()

async function createMessage(app: App, name: string, topic: string, payload: string): Promise<void> {
  await create(app, 'message', name)
  await editor(app).getByLabel('Topic', { exact: true }).fill(topic)
  await editor(app).getByRole('radio', { name: 'QoS 1' }).click()
  await editor(app).locator('.monaco-editor').click()
  await app.page.keyboard.insertText(payload)
}

/** Opens the dialog of a run, sets its numbers, and starts it. */
async function run(app: App, repeat: string, numbers: Record<string, string>): Promise<void> {
  await app.page.getByRole('button', { name: 'Run…' }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: repeat }).click()
  for (const [label, value] of Object.entries(numbers)) await dialog.getByLabel(label, { exact: true }).fill(value)
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test('a message is written, kept over a restart, and sent on an interval: exactly as often as asked', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto()
  const witness = await subscribe({ port: broker.port, topic: 'line/#', qos: 1 })
  const first = await start([broker.url, '--filter', 'none'])
  await openCollections(first)
  await expectNoViolations(first, 'collections: empty')
  await create(first, 'folder', 'Line 1')
  await createMessage(first, 'Tick', 'line/tick', '{"n": {{counter}}}')
  await editor(first).getByRole('switch', { name: 'Use templates' }).click()
  await expect(editor(first).getByRole('switch', { name: 'Use templates' })).toBeChecked()
  await first.page.keyboard.press('Control+Enter')
  await witness.waitFor(({ topic }) => topic === 'line/tick')
  await first.close()

  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await openCollections(app)
  await item(app, 'Tick').click()
  await expect(editor(app).getByLabel('Topic', { exact: true })).toHaveValue('line/tick')
  await run(app, 'A number of times', { Times: '200', Interval: '10' })
  // It goes on while something else is looked at.
  await app.page.getByRole('button', { name: 'Explore' }).click()
  await witness.waitForCount(201, 20_000)
  await openCollections(app)
  await expect(newestRun(app)).toContainText('finished')
  await expect(newestRun(app)).toContainText('200 of 200')
  await expectNoViolations(app, 'collections: run')
  // One more, so that none can still be on its way.
  await item(app, 'Tick').click()
  await app.page.getByRole('button', { name: /^Send/ }).click()
  await witness.waitForCount(202)
  const numbers = witness.received.map(({ payload }) => Number(JSON.parse(payload.toString()).n))
  expect(numbers).toEqual([1, ...Array.from({ length: 200 }, (_, index) => index + 1), 1])
})

test('a folder is run as a sequence until it is stopped, its sends are in the log, and failed ones are found and exported', async ({ start, mosquitto, userData }) => {
  const broker = await mosquitto({ acl: 'topic readwrite ok/#' })
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await openCollections(app)
  await create(app, 'folder', 'Both')
  await createMessage(app, 'Allowed', 'ok/a', '1')
  await createMessage(app, 'Forbidden', 'no/b', '2')
  await item(app, 'Both').click()
  await run(app, 'Until stopped', { Interval: '50', 'Pause between messages': '5' })
  await expect(newestRun(app)).toContainText('failed')
  await newestRun(app).getByRole('button', { name: 'Pause' }).click()
  await expect(newestRun(app)).toContainText('paused')
  await newestRun(app).getByRole('button', { name: 'Resume' }).click()
  await expect(newestRun(app)).toContainText('running')
  // The tab would take the run along: it asks, by whatever it is to be closed.
  await app.page.getByRole('button', { name: 'Explore' }).click()
  const tab = app.page.getByRole('tab', { name: /^127/ })
  const ways = [
    () => app.page.keyboard.press('ControlOrMeta+W'),
    () => tab.click({ button: 'middle' }),
    () => app.page.locator('.tab .close').click(),
  ]
  for (const close of ways) {
    await close()
    const question = app.page.getByRole('alertdialog')
    await expect(question).toContainText(/The run “Both” is under way until it is stopped; \d+ messages sent so far/)
    await question.getByRole('button', { name: 'Keep open' }).click()
    await question.waitFor({ state: 'hidden' })
  }
  // So does the window.
  const asked = await answerQuitQuestion(app, 1)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(asked).toMatch(/^“Both” on 127\.0\.0\.1:\d+: until it is stopped, \d+ sent so far\nQuitting ends it\.$/)
  await openCollections(app)
  await expect(newestRun(app)).toContainText('running')
  await newestRun(app).getByRole('button', { name: 'Stop' }).click()
  await expect(newestRun(app)).toContainText('stopped')

  await app.page.getByRole('tab', { name: 'Send log' }).click()
  const log = app.page.getByRole('table', { name: 'Send log' })
  await app.page.getByRole('radio', { name: /^Failed/ }).click()
  await expect(log.getByRole('row').nth(1)).toContainText('no/b')
  await expect(log.getByRole('row').nth(1)).toContainText('0x87 Not authorized')
  await expect(log).not.toContainText('ok/a')
  await expectNoViolations(app, 'collections: send-log')
  const file = join(userData, 'sends.csv')
  await answerDialogs(app, file)
  await app.page.getByRole('button', { name: 'Export' }).click()
  await app.page.getByRole('menuitem', { name: 'CSV…' }).click()
  await expect(app.page.locator('.title', { hasText: 'sends.csv written' })).toBeVisible()
  const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(head).toBe('number,time,topic,payloadBytes,qos,retain,origin,state,reasonCode,reason,elapsedMs')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row.includes('no/b') && row.includes('refused,135,Not authorized'))).toBe(true)
})

test('a folder goes into a file and comes back from it; what is deleted can be had back', async ({ start, mosquitto, userData }) => {
  const broker = await mosquitto()
  const app = await start([broker.url, '--filter', 'none'])
  await openCollections(app)
  await create(app, 'folder', 'Line 1')
  await createMessage(app, 'Tick', 'line/tick', '{}')
  await item(app, 'Line 1').click()
  const file = join(userData, 'line.json')
  await answerDialogs(app, file)
  await app.page.getByRole('button', { name: 'Actions' }).click()
  await app.page.getByRole('menuitem', { name: 'Export…' }).click()
  await expect.poll(() => existsSync(file)).toBe(true)

  await app.page.getByRole('tree', { name: 'Saved messages' }).focus()
  await app.page.keyboard.press('Delete')
  await expect(item(app, 'Line 1')).toHaveCount(0)
  await app.page.getByRole('button', { name: 'Undo' }).click()
  await expect(item(app, 'Tick')).toHaveCount(1)

  await app.page.getByRole('button', { name: 'Import a folder' }).first().click()
  const dialog = app.page.getByRole('dialog')
  await expect(dialog).toContainText('line/tick')
  await expectNoViolations(app, 'collections: import')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(item(app, 'Tick')).toHaveCount(2)

  writeFileSync(file, JSON.stringify({ format: 'pubscope-collection', version: 1, folder: { kind: 'folder' } }))
  await app.page.getByRole('button', { name: 'Import a folder' }).first().click()
  await expect(app.page.getByText('line.json is damaged', { exact: true })).toBeVisible()
})

test('messages are dragged into a folder and out of it, and keep a pause of their own', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto()
  const witness = await subscribe({ port: broker.port, topic: 'line/#', qos: 1 })
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await openCollections(app)
  await create(app, 'folder', 'Line')
  await createMessage(app, 'First', 'line/first', '1')
  await editor(app).getByLabel('Pause after it in a run').fill('300')
  await createMessage(app, 'Second', 'line/second', '2')
  const names = () => app.page.getByRole('treeitem').locator('.name').allInnerTexts()
  const levels = () => app.page.getByRole('treeitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-level')))
  // Out of the folder, below all; then back into it, to the end; then before the first.
  await item(app, 'First').dragTo(app.page.getByRole('tree'), { targetPosition: { x: 60, y: 200 } })
  await expect.poll(names).toEqual(['Line', 'Second', 'First'])
  await expect.poll(levels).toEqual(['1', '2', '1'])
  await item(app, 'First').dragTo(item(app, 'Line'), { targetPosition: { x: 60, y: 15 } })
  await expect.poll(levels).toEqual(['1', '2', '2'])
  await item(app, 'First').dragTo(item(app, 'Second'), { targetPosition: { x: 60, y: 4 } })
  await expect.poll(names).toEqual(['Line', 'First', 'Second'])
  // A folder does not fall into itself.
  await item(app, 'Line').dragTo(item(app, 'Second'), { targetPosition: { x: 60, y: 15 } })
  await expect.poll(names).toEqual(['Line', 'First', 'Second'])

  await item(app, 'Line').click()
  await expect(app.page.getByRole('list', { name: 'Messages of this folder' })).toContainText('then 300 ms')
  await app.page.getByRole('button', { name: 'Run…' }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'A number of times' }).click()
  await dialog.getByLabel('Times', { exact: true }).fill('2')
  await dialog.getByRole('radio', { name: 'Pause' }).click()
  await dialog.getByLabel('Pause between rounds').fill('400')
  await expect(dialog).toContainText('1 message has its own')
  await expect(dialog.getByRole('status')).toContainText('Takes at least 1.0 s')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await witness.waitForCount(4)
  expect(witness.received.map(({ topic }) => topic)).toEqual(['line/first', 'line/second', 'line/first', 'line/second'])
})

test('each row of a CSV file is sent', async ({ start, mosquitto, subscribe, userData }) => {
  const broker = await mosquitto()
  const witness = await subscribe({ port: broker.port, topic: 'set/#', qos: 1 })
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await openCollections(app)
  await createMessage(app, 'Set', 'set/{{row.id}}', '{"target": {{row.target}}}')
  await editor(app).getByRole('switch', { name: 'Use templates' }).click()
  const file = join(userData, 'rows.csv')
  writeFileSync(file, 'id,target\np1,20\np2,21.5\n')
  await answerDialogs(app, file)
  await app.page.getByRole('button', { name: 'Run…' }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Choose file…' }).click()
  await expect(dialog).toContainText('2 rows')
  await expect(dialog).toContainText('Sends 2 messages.')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await witness.waitForCount(2)
  expect(witness.received.map(({ topic, payload }) => `${topic} ${payload.toString()}`)).toEqual(['set/p1 {"target": 20}', 'set/p2 {"target": 21.5}'])
})

test('a request is answered beside it, with the time it took; one without an answer runs out of time', async ({ start, mosquitto }) => {
  const broker = await mosquitto()
  const responder = await connectAsync(broker.url, { protocolVersion: 5 })
  responder.on('message', (_topic, _payload, { properties }) => {
    const { responseTopic = '', correlationData } = properties ?? {}
    responder.publish(responseTopic, '{"status":"ready"}', { properties: { ...(correlationData && { correlationData }) } })
  })
  await responder.subscribeAsync('ask')
  const app = await start([broker.url, '--filter', 'none'])
  await expect(app.status).toContainText('Online')
  await openCollections(app)
  await createMessage(app, 'Question', 'ask', '{}')
  await app.page.getByRole('button', { name: 'Request…' }).click()
  await app.page.getByRole('button', { name: 'Send request' }).click()
  const answers = app.page.getByRole('region', { name: 'Answers' })
  await expect(answers).toContainText('"status": "ready"')
  await expect(answers).toContainText(/\d ms/)
  await expectNoViolations(app, 'collections: answer')
  await responder.endAsync(true)
  await app.page.getByLabel('Time-out').fill('200')
  await app.page.getByRole('button', { name: 'Send request' }).click()
  await expect(answers).toContainText('timed out')
})

test('a received message is saved from the inspector, byte for byte', async ({ start, mosquitto, subscribe }) => {
  const broker = await mosquitto()
  const app = await start([broker.url])
  await expect(app.status).toContainText('Online')
  const other = await connectAsync(broker.url)
  await other.publishAsync('raw/value', Buffer.from([0, 255, 13, 10]), { retain: true })
  await other.endAsync()
  await (await app.reveal('raw/value')).click()
  await app.inspector.getByRole('button', { name: 'More message actions' }).click()
  await app.page.getByRole('menuitem', { name: 'Save to collection…' }).click()
  await expect(app.page.getByRole('dialog').getByLabel('Name')).toHaveValue('raw/value')
  await app.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(app.page.getByText('“raw/value” saved', { exact: true })).toBeVisible()
  // What is written in the publish panel can be kept likewise.
  await app.publish.getByRole('textbox', { name: 'Topic' }).fill('written/here')
  await app.publish.getByRole('button', { name: 'More for this message' }).click()
  await app.page.getByRole('menuitem', { name: 'Save to collection…' }).click()
  await app.page.getByRole('dialog').getByLabel('Name').press('Enter')
  await openCollections(app)
  await item(app, 'written/here').click()
  await expect(editor(app).getByLabel('Topic', { exact: true })).toHaveValue('written/here')
  await item(app, 'raw/value').click()
  const witness = await subscribe({ port: broker.port, topic: 'raw/#', extraArgs: ['-R'] })
  await app.page.getByRole('button', { name: /^Send/ }).click()
  const sent = await witness.waitFor(({ topic }) => topic === 'raw/value')
  expect([...sent.payload]).toEqual([0, 255, 13, 10])
})
