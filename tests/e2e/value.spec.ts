import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Locator } from '@playwright/test'
import { pngOf } from '../support/png'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'
import { longestTask } from './support/longest-task'
import { openOn } from './support/raw-session'

// The inspector's Value tab: what a payload is read as, and each way to look at it.

const formatButton = (app: App): Locator => app.inspector.getByRole('button', { name: /^Show payload as/ })
const tree = (app: App): Locator => app.inspector.getByRole('tree', { name: 'Values' })
const rows = (app: App): Locator => tree(app).getByRole('treeitem')

async function choose(app: App, ...path: readonly string[]): Promise<void> {
  await formatButton(app).click()
  for (const name of path) {
    const item = app.page.getByRole('menuitem', { name, exact: true }).or(app.page.getByRole('menuitemcheckbox', { name, exact: true }))
    // By key: on its way to a menu within a menu, the pointer may close that.
    await item.press('Enter')
  }
}

const clipboard = (app: App): Promise<string> => app.electron.evaluate(({ clipboard: system }) => system.readText())

test('a payload is read as what is chosen by hand, and says why where it is none', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  client.publish('number', Buffer.from('41b40000', 'hex')) // 22.5 as a 32-bit float (IEEE 754)
  client.publish('latin1', Buffer.from('6be47365', 'hex'))
  client.publish('packed', gzipSync('{"a":1}'))
  await app.topic('number').click()
  await expect(formatButton(app)).toHaveAccessibleName('Show payload as: Auto · Hex')
  await choose(app, 'Number', 'float32')
  await expect(app.inspector.locator('.view-lines')).toContainText('22.5')
  await expect(formatButton(app)).toHaveAccessibleName('Show payload as: float32 · Big-endian')

  await app.topic('latin1').click()
  await choose(app, 'Text', 'Latin-1')
  await expect(app.inspector.locator('.view-lines')).toContainText('käse')
  await choose(app, 'JSON')
  await expect(app.inspector).toContainText('Not JSON, shown as Hex')
  await app.inspector.getByRole('button', { name: 'Back to automatic' }).click()
  await expect(formatButton(app)).toHaveAccessibleName('Show payload as: Auto · Hex')

  await app.topic('packed').click()
  await expect(app.inspector).toContainText('gzip → JSON')
  await choose(app, 'Compression', 'Leave as it is')
  await expect(app.inspector.getByRole('grid', { name: 'Bytes' })).toContainText('1f')
})

test('an image is drawn, with its size', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  client.publish('camera', pngOf(320, 200))
  await app.topic('camera').click()
  const picture = app.inspector.getByRole('img', { name: /^PNG · 320 × 200 pixels/ })
  await expect(picture).toBeVisible()
  expect(await picture.evaluate((image) => (image instanceof HTMLImageElement ? [image.complete, image.naturalWidth] : []))).toEqual([true, 320])
  await app.inspector.getByRole('radio', { name: '100 %' }).click()
  await expect.poll(async () => (await picture.boundingBox())?.width).toBe(320)
})

test('bytes are walked, found, selected and copied by keyboard', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  const bytes = Buffer.alloc(300_000, 0xff)
  bytes.write('needle', 123_456)
  client.publish('bytes', bytes)
  await app.topic('bytes').click()
  await app.inspector.getByRole('button', { name: 'Load all' }).click()
  const dump = app.inspector.getByRole('grid', { name: 'Bytes' })
  await expect(dump).toHaveAttribute('aria-rowcount', String(300_000 / 16))

  await dump.press('Control+f')
  await app.page.keyboard.type('needle')
  await app.page.keyboard.press('Enter')
  await expect(dump.getByRole('gridcell', { selected: true })).toHaveText(['6e', '65', '65', '64', '6c', '65'])
  await app.page.keyboard.press('Escape')
  await expect(dump).toBeFocused()
  await app.page.keyboard.press('Control+Alt+c')
  await expect.poll(() => clipboard(app)).toBe('needle')
  await app.page.keyboard.press('Control+End')
  await app.page.keyboard.press('Shift+ArrowLeft')
  await app.page.keyboard.press('Control+c')
  await expect.poll(() => clipboard(app)).toBe('ff ff')
  await expectNoViolations(app, 'bytes')
})

test('a tree keeps what is open while the value changes, and is filtered by an expression', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  const send = (value: number): void =>
    client.publish('press', `{"big":12345678901234567890,"a":1,"a":2,"readings":[{"id":1,"value":20.5},{"id":2,"value":${value}}]}`)
  send(21)
  await app.topic('press').click()
  await app.inspector.getByRole('radio', { name: 'Tree' }).click()
  await expect(rows(app)).toHaveCount(11)
  await expect(tree(app)).toContainText('12345678901234567890')

  await tree(app).press('End')
  await expect(rows(app).last()).toHaveAttribute('aria-selected', 'true')
  await app.page.keyboard.press('Control+Alt+c')
  await expect.poll(() => clipboard(app)).toBe('readings[1].value')
  await app.page.keyboard.press('ArrowLeft')
  await app.page.keyboard.press('ArrowLeft')
  await expect(rows(app)).toHaveCount(9)
  send(33)
  await expect(tree(app)).toContainText('33')
  await expect(rows(app)).toHaveCount(9)
  await expect(tree(app).getByRole('treeitem', { selected: true })).toHaveAttribute('aria-expanded', 'false')
  await expectNoViolations(app, 'tree')

  const expression = app.inspector.getByRole('searchbox', { name: 'Filter by a JSONata expression' })
  await expression.fill('readings[value > 30].id')
  await expect(app.inspector).toContainText('Result of the expression')
  await expect(rows(app)).toHaveText(['2'])
  await expression.fill('readings[')
  await expect(app.inspector).toContainText('The expression cannot be evaluated')
  await expression.press('Escape')
  await expect(rows(app)).toHaveCount(11)
})

test('an expression that hangs is stopped, and nothing else waits for it', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  client.publish('press', '{"a":1}')
  client.publish('other', 'another payload')
  await app.topic('press').click()
  await app.inspector.getByRole('radio', { name: 'Tree' }).click()
  await app.inspector.getByRole('searchbox').fill('($f := function($n) { $f($n + 1) }; $f(0))')
  await app.inspector.getByRole('searchbox').press('Enter')
  await app.topic('other').click()
  await expect(app.inspector.locator('.view-lines')).toContainText('another payload', { timeout: 4_000 })
  await app.topic('press').click()
  await app.inspector.getByRole('searchbox').fill('($f := function($n) { $f($n + 1) }; $f(1))')
  await expect(app.inspector).toContainText('The expression takes too long', { timeout: 20_000 })
  await app.inspector.getByRole('searchbox').fill('a + 1')
  await expect(rows(app)).toHaveText(['2'])
})

test('a payload is saved to a file, byte for byte', async ({ start, rawBroker, userData }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  client.publish('raw/..', bytes)
  await (await app.reveal('raw/..')).click()
  const path = join(userData, 'saved.bin')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      Object.assign(globalThis, { offered: (args.at(-1) as { defaultPath: string }).defaultPath })
      return Promise.resolve({ canceled: false, filePath })
    }
  }, path)
  await app.inspector.getByRole('button', { name: 'More message actions' }).click()
  await app.page.getByRole('menuitem', { name: 'Save payload to a file…' }).click()
  await expect(app.page.getByText('saved.bin saved', { exact: true })).toBeVisible()
  expect(readFileSync(path).equals(bytes)).toBe(true)
  expect(await app.electron.evaluate(() => Reflect.get(globalThis, 'offered') as string)).not.toMatch(/[/\\]|\.\./)
})

test('20 MB of JSON on one line open at once, whole, as text and as tree, without a long task of the page', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  const reading = (id: number) => ({ id, value: id / 7, unit: 'celsius', tags: ['a', 'b'], note: 'x'.repeat(20) })
  const json = JSON.stringify({ plant: 'x', readings: Array.from({ length: 200_000 }, (_, id) => reading(id)) })
  expect(json.length).toBeGreaterThan(19_000_000)
  client.publish('small', '{"first":"the editor and its worker are loaded for this one"}')
  await app.topic('small').click()
  await expect(app.inspector.locator('.view-lines')).toContainText('first')
  client.publish('big', json)
  const text = app.inspector.getByRole('document', { name: 'Payload' })
  const longest = await longestTask(app, async () => {
    await app.topic('big').click()
    await expect(app.inspector).toContainText('Showing the first')
    await expect(app.inspector.locator('.view-lines')).toContainText('celsius')
    await app.inspector.getByRole('button', { name: 'Load all' }).click()
    await expect(text).toContainText('"plant":"x"')
    const find = app.inspector.getByRole('searchbox', { name: 'Find in text' })
    await find.fill('"id":199999')
    await find.press('Enter')
    await expect(text.locator('.found')).toHaveText('"id":199999')
    await app.inspector.getByRole('radio', { name: 'Tree' }).click()
    await expect(rows(app)).toHaveCount(3)
    await tree(app).press('*')
    await expect.poll(() => rows(app).count()).toBeGreaterThan(3)
    await tree(app).press('End')
    await expect(rows(app).last()).toContainText('xxxxxxxxxxxxxxxxxxxx')
    await expect(app.inspector).toContainText('1,600,003 values')
    await app.inspector.getByRole('searchbox').fill('readings[id = 77777].value')
    await expect(rows(app)).toHaveText(['11111'])
  })
  expect(longest).toBeLessThan(100)
})
