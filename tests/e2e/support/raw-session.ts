import type { RawBroker, RawClient } from '../../support/raw-broker'
import { waitUntil } from '../../support/wait-until'
import { expect, type App } from './app'

/** Starts the app on a broker that says what the test wants, subscribed to everything. */
export async function openOn(broker: RawBroker, start: (args: readonly string[]) => Promise<App>): Promise<{ app: App; client: RawClient }> {
  const app = await start([broker.url, '--filter', '#'])
  await expect(app.status).toContainText('Online')
  const client = await waitUntil(() => broker.clients.at(-1), { what: 'the app to connect' })
  await waitUntil(() => client.packets.some(({ cmd }) => cmd === 'subscribe'), { what: 'its subscription' })
  return { app, client }
}
