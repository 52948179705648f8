import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test } from './support/app'
import { expectNoViolations } from './support/axe'

test('finds topics by name, value and flag, and helps to write what it can find', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  for (const line of ['line-1', 'line-2']) {
    await mosquittoPub({ port, topic: `plant/${line}/state`, payload: line === 'line-1' ? '{"state":"ERROR"}' : '{"state":"idle"}', retain: true })
    await mosquittoPub({ port, topic: `plant/${line}/living room/lamp`, payload: 'x'.repeat(2_000), retain: true })
  }
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  const { page } = app
  const box = page.getByRole('searchbox', { name: 'Filter topics' })
  const found = async (text: string, topics: readonly string[]): Promise<void> => {
    await box.fill(text)
    await expect(page.getByText(topics.length === 1 ? '1 topic' : `${topics.length} topics`, { exact: true })).toBeVisible()
    for (const topic of topics) await expect(app.topic(topic)).toBeVisible()
  }
  await expect(app.topic('plant')).toBeVisible()

  await found('STATE -line-2', ['plant/line-1/state'])
  await found('"living room/"', ['plant/line-1/living room/lamp', 'plant/line-2/living room/lamp'])
  await found('/line-[13].*lamp$/', ['plant/line-1/living room/lamp'])
  await found('size>1k plant/line-2/#', ['plant/line-2/living room/lamp'])
  await found('state retained since:1h messages<2', ['plant/line-1/state', 'plant/line-2/state'])

  // What is found by its value comes and goes with it.
  await found('payload:error', ['plant/line-1/state'])
  await mosquittoPub({ port, topic: 'plant/line-2/state', payload: '{"state":"error"}', retain: true })
  await expect(app.topic('plant/line-2/state')).toBeVisible()
  await mosquittoPub({ port, topic: 'plant/line-1/state', payload: '{"state":"idle"}', retain: true })
  await expect(app.topic('plant/line-1')).toHaveCount(0)

  // A fault is told at once, and the tree keeps what it shows.
  await box.fill('payload:error /(/')
  await expect(page.getByText(/no regular expression: missing closing/)).toBeVisible()
  await expect(app.topic('plant/line-2/state')).toBeVisible()
  await expectNoViolations(app, 'a search with a fault')

  // By the keyboard alone.
  await box.fill('plant siz')
  await box.press('Tab')
  await expect(box).toHaveValue('plant size>1k')
  await expect(box).toBeFocused()
  await page.keyboard.type('9M')
  await expect(box).toHaveValue('plant size>9M')
  await box.press('Alt+ArrowDown')
  await expect(page.getByRole('option')).toHaveCount(11)
  await expectNoViolations(app, 'what can be searched for')
  await box.press('ArrowUp')
  await box.press('Enter')
  await expect(box).toHaveValue('plant size>9M -test')
  await box.press('Escape')
  await expect(box).toHaveValue('')
  await expect(app.topic('plant')).toBeVisible()
})
