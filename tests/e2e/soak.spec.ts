import { startSoakBroker, type SoakBroker } from '../support/soak/soak-broker'
import { waitUntil } from '../support/wait-until'
import { expect, test as base, type App } from './support/app'
import { connectWithSession } from './support/soak'

const PER_SECOND = 20_000

const test = base.extend<{ broker: SoakBroker }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  broker: async ({}, use) => {
    const broker = await startSoakBroker({ topics: 5_000, messagesABirth: 200 })
    await use(broker)
    await broker.close()
  },
})

/** What a user does: searches, selects, goes back to all topics, and up and down with the keyboard. */
async function lookAround(app: App, line: number): Promise<void> {
  const search = app.page.getByRole('searchbox')
  const device = (index: number): string => `plant/device/line-${line}/device-${line}${index}`
  const row = app.topic(`${device(42)}/state`)
  await search.pressSequentially(`device-${line}42/`, { delay: 20 })
  // The topic and what is above it.
  await expect(app.tree.getByRole('treeitem')).toHaveCount(5)
  await row.click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await expect(app.inspector).toContainText('counter')
  await search.fill('')
  // All topics are there again, and what is selected is in sight.
  await expect(app.topic(device(41))).toBeVisible()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await row.click()
  await app.page.keyboard.press('Home')
  const first = app.topic('plant')
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await app.page.keyboard.press('End')
  await expect(first).toHaveCount(0)
  await app.page.keyboard.press('Home')
  await expect(first).toHaveAttribute('aria-selected', 'true')
}

async function isBack({ sender }: SoakBroker, app: App): Promise<void> {
  await waitUntil(() => sender.serves(), { timeoutMs: 20_000, what: 'the app to come back' })
  await expect(app.status).toContainText('Online')
}

test('20,000 messages a second, topics that come and go, two cuts: the page goes on answering, and every message is counted', async ({ start, broker }) => {
  const { sender, port } = broker
  const app = await start()
  await connectWithSession(app, port)
  sender.run(PER_SECOND)
  await lookAround(app, 3)

  sender.tear()
  await lookAround(app, 5)
  await isBack(broker, app)
  await lookAround(app, 7)

  sender.rest()
  await sender.reset()
  sender.run(PER_SECOND)
  await lookAround(app, 9)
  await isBack(broker, app)
  await lookAround(app, 11)
  await waitUntil(() => sender.counts.cleared > 0, { timeoutMs: 20_000, what: 'topics to go' })

  sender.rest()
  await sender.settle()
  const { messages, topics, cleared, connections } = sender.counts
  expect(connections).toBe(3)
  for (const [id, value] of [['messages-received', messages], ['topics-known', topics], ['forgotten', cleared]] as const) {
    await expect(app.page.getByTestId(id)).toHaveAttribute('data-value', String(value))
  }
})
