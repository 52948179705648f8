import type { Locator } from '@playwright/test'
import { expect, test, type App } from './support/app'
import { expectNoViolations } from './support/axe'
import { openOn } from './support/raw-session'

// The inspector's tab Diff.

const diff = (app: App): Locator => app.inspector.getByRole('region', { name: 'Differences', exact: true }).first()
const list = (app: App): Locator => app.inspector.getByRole('region', { name: 'Differences by path' })

test('a message is compared with its previous one as they come: as text, and as values', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  client.publish('press', '{"id":"a","value":20.5,"list":[1,2,3]}')
  await app.topic('press').click()
  await app.inspector.getByRole('tab', { name: 'Diff' }).click()
  await expect(diff(app)).toContainText('There is no other message')

  client.publish('press', '{"value":20.6,"id":"a","list":[0,1,2,3]}')
  await expect(app.inspector.locator('.line-insert').first()).toBeVisible()
  await expect(diff(app)).toContainText('2 differences')
  await app.inspector.getByRole('radio', { name: 'Changes' }).click()
  await expect(list(app).getByRole('row')).toHaveText([/Path/, /value\s*20\.5\s*20\.6/, /list\[0\]\s*0/])
  await app.inspector.getByRole('textbox', { name: 'Tolerance' }).fill('0.1')
  await expect(list(app).getByRole('row')).toHaveText([/Path/, /list\[0\]\s*0/])
  await expectNoViolations(app, 'changes')

  client.publish('press', '{"id":"a","list":[0,1,2,3],"value":20.6}')
  await expect(diff(app)).toContainText('No difference as values')
  client.publish('press', '{"id":"a","list":[0,1,2,3],"value":20.6}')
  await expect(diff(app)).toContainText('Both payloads are the same')
})

test('an open comparison takes the colours of another theme, lines that went too', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  client.publish('press', '{"value":"before"}')
  client.publish('press', '{"value":"after!"}')
  await app.topic('press').click()
  await app.inspector.getByRole('tab', { name: 'Diff' }).click()
  const coloursOf = (word: string) =>
    diff(app).locator('.view-line', { hasText: word }).last().locator('[class*=mtk]').evaluateAll((tokens) => [...new Set(tokens.map((token) => getComputedStyle(token).color))].join())
  /** The colours of either line in a theme, once the words of it have some and both have the same. */
  async function coloursIn(theme: 'dark' | 'light'): Promise<string> {
    await app.electron.evaluate(({ nativeTheme }, wanted) => (nativeTheme.themeSource = wanted), theme)
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect.poll(() => coloursOf('after!')).toMatch(/rgb.*rgb/)
    await expect.poll(async () => (await coloursOf('before')) === (await coloursOf('after!'))).toBe(true)
    return coloursOf('before')
  }
  const dark = await coloursIn('dark')
  await expect.poll(() => coloursIn('light')).not.toBe(dark)
  await expect.poll(() => coloursIn('dark')).toBe(dark)
})

test('a message is compared with a kept one, with another topic, and with a pasted text', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  for (const value of [1, 2, 3]) client.publish('press', `{"value":${value}}`)
  client.publish('other', '{"value":9}')
  await app.topic('press').click()
  await app.inspector.getByRole('tab', { name: 'Diff' }).click()
  await app.inspector.getByRole('radio', { name: 'Kept' }).click()
  await app.inspector.getByRole('button', { name: 'Keep this message' }).click()
  await expect(diff(app)).toContainText('This is the kept message')
  // The oldest of the history.
  await app.page.getByRole('listbox', { name: 'History' }).press('End')
  await app.inspector.getByRole('radio', { name: 'Changes' }).click()
  await expect(list(app).getByRole('row').last()).toHaveText(/value\s*3\s*1/)

  await app.inspector.getByRole('radio', { name: 'Topic' }).click()
  await app.inspector.getByRole('textbox', { name: 'Topic to compare with' }).fill('other')
  await app.inspector.getByRole('textbox', { name: 'Topic to compare with' }).press('Enter')
  await expect(list(app).getByRole('row').last()).toHaveText(/value\s*9\s*1/)

  await app.inspector.getByRole('radio', { name: 'Pasted' }).click()
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('{ "value": 7 }'))
  const pasted = app.inspector.getByRole('textbox', { name: 'Text to compare with' })
  await pasted.press('Control+v')
  await expect(list(app).getByRole('row').last()).toHaveText(/value\s*7\s*1/)
})

test('bytes are compared one by one, and those that differ are found', async ({ start, rawBroker }) => {
  const { app, client } = await openOn(await rawBroker(), start)
  const bytes = Buffer.alloc(10_000, 0xff)
  client.publish('bytes', bytes)
  bytes[5_000] = 0
  bytes[9_999] = 1
  client.publish('bytes', bytes)
  await app.topic('bytes').click()
  await app.inspector.getByRole('tab', { name: 'Diff' }).click()
  await expect(diff(app)).toContainText('2 bytes differ')
  const after = app.inspector.getByRole('grid', { name: 'Bytes after' })
  await app.inspector.getByRole('button', { name: 'Next difference' }).click()
  await expect(after.getByRole('gridcell', { selected: true })).toHaveText('00')
  await app.inspector.getByRole('button', { name: 'Next difference' }).click()
  await expect(after.getByRole('gridcell', { selected: true })).toHaveText('01')
  await expect(app.inspector.getByRole('grid', { name: 'Bytes before' }).getByRole('gridcell', { selected: true })).toHaveText('ff')
  await expectNoViolations(app, 'bytes that differ')
})
