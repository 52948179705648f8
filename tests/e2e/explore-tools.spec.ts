import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'

/** What of the user's marks is on disk. */
const storedMarks = (userData: string): unknown => JSON.parse(readFileSync(join(userData, 'marks.json'), 'utf8'))

const names = (app: App): Promise<(string | null)[]> =>
  app.tree.getByRole('treeitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-topic')))

async function chooseFromMenu(app: App, topic: string, entry: string): Promise<void> {
  await app.topic(topic).click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: entry, exact: true }).click()
}

test('favourites show their live values above the tree, last over a restart, and go with their profile', async ({ start, mosquitto, userData }) => {
  const { port } = await mosquitto()
  for (const topic of ['plant/hall/temperature', 'plant/hall/status', 'quiet']) await mosquittoPub({ port, topic, payload: `first ${topic}`, retain: true })
  const app = await start()
  await app.fillProfile({ name: 'Plant', port })
  await app.page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.page.getByRole('button', { name: 'Connect', exact: true }).first().click()

  const temperature = await app.reveal('plant/hall/temperature')
  await temperature.click()
  await app.page.keyboard.press('s')
  await app.topic('quiet').hover()
  await app.topic('quiet').getByTitle('Add to favourites').click()
  const favourites = app.page.getByRole('listbox', { name: 'Favourites' })
  const favourite = (topic: string) => favourites.locator(`[data-topic="${topic}"]`)
  await expect(favourite('plant/hall/temperature')).toContainText('first plant/hall/temperature')
  await mosquittoPub({ port, topic: 'plant/hall/temperature', payload: '71.4' })
  await expect(favourite('plant/hall/temperature')).toContainText('71.4')
  await expectNoViolations(app, 'favourites')

  // A click selects, Enter shows it where it is, though its branch is closed.
  await app.page.getByRole('button', { name: 'Expand to depth' }).click()
  await app.page.getByRole('menuitem', { name: 'Collapse all' }).click()
  await expect(app.topic('plant/hall')).toHaveCount(0)
  await favourite('plant/hall/temperature').click()
  await expect(app.inspector).toContainText('71.4')
  await favourites.press('Enter')
  await expect(app.topic('plant/hall/temperature')).toHaveAttribute('aria-selected', 'true')
  await app.close()

  const again = await start()
  const tab = again.page.getByRole('tab', { name: /Plant/ })
  await expect(tab).toBeVisible()
  await again.page.getByRole('button', { name: 'Connect', exact: true }).first().click()
  const kept = again.page.getByRole('listbox', { name: 'Favourites' })
  // Retained is still the first value; what the broker does not hold any more is not there.
  await expect(kept.locator('[data-topic="plant/hall/temperature"]')).toContainText('first plant/hall/temperature')
  await kept.locator('[data-topic="quiet"]').getByTitle('Remove from favourites').click()
  await expect(kept.locator('[data-topic="quiet"]')).toHaveCount(0)
  await expect.poll(() => storedMarks(userData)).toMatchObject({ profiles: [{ value: { favourites: ['plant/hall/temperature'], hidden: [] } }] })

  await again.page.getByRole('button', { name: 'Connections', exact: true }).click()
  await again.page.getByRole('button', { name: /More|actions/i }).first().click()
  await again.page.getByRole('menuitem', { name: /Delete/ }).click()
  await again.page.getByRole('alertdialog').getByRole('button', { name: /Delete/ }).click()
  await expect.poll(() => storedMarks(userData)).toMatchObject({ profiles: [] })
})

test('hides topics by filters, says how many, and takes that back', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['noise/a', 'noise/b/c', 'plant/a', 'plant/debug']) await mosquittoPub({ port, topic, payload: '1', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await expect(app.topic('noise')).toBeVisible()
  await chooseFromMenu(app, 'noise', 'Hide this and all below')
  await expect(app.topic('noise')).toHaveCount(0)
  const chip = app.page.getByRole('button', { name: /topics? hidden$/ })
  await expect(chip).toHaveText('2 topics hidden')

  await chip.click()
  const editor = app.page.getByRole('dialog', { name: /topics? hidden/ })
  const fields = editor.getByRole('textbox', { name: 'Topic filter' })
  await fields.last().fill('+/debug')
  await fields.last().press('Enter')
  await expect(chip).toHaveText('3 topics hidden')
  await fields.last().fill('a/#/b')
  await fields.last().press('Enter')
  await expect(editor).toContainText('# must be the last level')
  await expectNoViolations(app, 'hidden topics')
  await fields.last().fill('#')
  await fields.last().press('Enter')
  await expect(app.page.getByText('All topics are hidden')).toBeVisible()
  await editor.getByRole('button', { name: 'Show again: #' }).click()
  await fields.first().fill('noise/b/#')
  await fields.first().press('Enter')
  await expect(app.topic('noise')).toBeVisible()
  await expect(chip).toHaveText('2 topics hidden')
  await editor.getByRole('button', { name: 'Show all' }).click()
  await app.page.keyboard.press('Escape')
  await expect(chip).toHaveCount(0)
  await expect(await app.reveal('noise/b/c')).toBeVisible()
})

test('shows only what changed since a moment', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['plant/a', 'plant/b', 'other']) await mosquittoPub({ port, topic, payload: 'before', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await expect(app.counter('messages-received')).toHaveAttribute('data-value', '3')
  await app.page.getByRole('button', { name: 'Changed only' }).click()
  await expect(app.page.getByText(/^Nothing has changed since \d\d:\d\d:\d\d$/)).toBeVisible()
  await mosquittoPub({ port, topic: 'plant/b', payload: 'after' })
  await expect(await app.reveal('plant/b')).toBeVisible()
  expect(await names(app)).toEqual(['plant', 'plant/b'])

  await app.page.getByRole('button', { name: 'Mark all seen' }).click()
  await expect(app.page.getByText(/^Nothing has changed since/)).toBeVisible()
  await mosquittoPub({ port, topic: 'other', payload: 'after' })
  await expect(app.topic('other')).toBeVisible()
  expect(await names(app)).toEqual(['other'])
  await app.page.keyboard.press('Control+Shift+U')
  await expect(app.topic('plant')).toBeVisible()
})

test('expands to a depth, of all or of one topic', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['a/b/c/d/e', 'x/y/z']) await mosquittoPub({ port, topic, payload: '1', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await app.topic('a').click()
  await app.page.keyboard.press('1')
  await expect.poll(() => names(app)).toEqual(['a', 'x'])
  await app.page.keyboard.press('3')
  await expect.poll(() => names(app)).toEqual(['a', 'a/b', 'a/b/c', 'x', 'x/y', 'x/y/z'])
  await app.page.getByRole('button', { name: 'Expand to depth' }).click()
  await app.page.getByRole('menuitem', { name: '2 levels' }).click()
  await expect.poll(() => names(app)).toEqual(['a', 'a/b', 'x', 'x/y'])
  await app.topic('a').click({ button: 'right' })
  await app.page.getByRole('menuitem', { name: 'Expand below to depth' }).press('ArrowRight')
  await app.page.getByRole('menuitem', { name: '3 levels' }).click()
  await expect.poll(() => names(app)).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/d', 'x', 'x/y'])
})

test('jumps to a topic by parts of its name', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const topic of ['plant/hall-2/press/temperature', 'plant/hall-1/press/temperature', 'hidden/temperature']) {
    await mosquittoPub({ port, topic, payload: `value of ${topic}`, retain: true })
  }
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await expect(app.topic('hidden')).toBeVisible()
  await app.page.keyboard.press('Control+p')
  const field = app.page.getByRole('combobox', { name: /Go to topic/ })
  await field.fill('hall 2 temp')
  const options = app.page.getByRole('option')
  await expect(options).toHaveCount(1)
  await expectNoViolations(app, 'going to a topic')
  await field.press('Enter')
  await expect(app.topic('plant/hall-2/press/temperature')).toHaveAttribute('aria-selected', 'true')
  await expect(app.inspector).toContainText('value of plant/hall-2')

  // Of those gone to lately, and of one that is hidden in the tree.
  await chooseFromMenu(app, 'hidden', 'Hide this and all below')
  await app.page.keyboard.press('Control+p')
  await expect(options).toHaveText(['plant/hall-2/press/temperature'])
  await field.fill('hidden temp')
  await expect(options.first()).toContainText('hidden/temperature')
  await field.press('Enter')
  await expect(app.page.getByText('Hidden in the tree by hidden/#', { exact: true })).toBeVisible()
  await expect(app.inspector).toContainText('value of hidden/temperature')

  // The levels above are ways up.
  await app.topic('plant/hall-2/press/temperature').click()
  await app.inspector.getByRole('button', { name: /plant\/hall-2$/ }).click()
  await expect(app.topic('plant/hall-2')).toHaveAttribute('aria-selected', 'true')
})

test('sorts by what a column shows, and holds the order under the pointer', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  await mosquittoPub({ port, topic: 'small', payload: '1', retain: true })
  await mosquittoPub({ port, topic: 'large', payload: 'x'.repeat(2_000), retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await app.page.getByRole('button', { name: 'Columns' }).click()
  await app.page.getByRole('menuitemcheckbox', { name: 'Size' }).click()
  await app.page.getByRole('button', { name: 'Size', exact: true }).click()
  await expect.poll(() => names(app)).toEqual(['large', 'small'])
  await expect(app.topic('large')).toContainText('2 kB')

  await app.page.getByRole('button', { name: 'Messages', exact: true }).click()
  await mosquittoPub({ port, topic: 'small', payload: '2' })
  await expect.poll(() => names(app)).toEqual(['small', 'large'])
  // Told rather than moved there: the virtual display has a pointer of its own, which at times is heard of too.
  await app.tree.dispatchEvent('pointerenter')
  await expect(app.page.getByRole('button', { name: 'Messages', exact: true }).locator('.lucide-pause')).toBeVisible()
  for (const payload of ['2', '3']) await mosquittoPub({ port, topic: 'large', payload })
  await expect(app.counter('messages-received')).toHaveAttribute('data-value', '5')
  await expect(app.topic('large').locator('.column-messages')).toHaveText('3')
  expect(await names(app)).toEqual(['small', 'large'])
  await app.tree.dispatchEvent('pointerleave')
  await expect.poll(() => names(app)).toEqual(['large', 'small'])
})
