import { connectAsync } from 'mqtt'
import { test } from './support/app'
import { EXAMPLE_FILE } from '../../src-renderer/features/acl/example-file'

test('shots', async ({ start, mosquitto }) => {
  const broker = await mosquitto()
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`)
  for (const topic of ['sensors/temp_01/temperature', 'sensors/temp_02/humidity', 'gateways/gateway_01/status', 'alerts/temperature', 'notifications/ops', 'commands/press/7', 'deny'])
    await client.publishAsync(topic, 'x', { retain: true })
  const app = await start([broker.url, '--filter', '#'])
  await app.page.keyboard.press('Control+Shift+A')
  await app.page.getByRole('button', { name: 'Start with an example' }).click()
  await app.page.getByRole('grid', { name: 'Rights by topic' }).waitFor()
  await app.page.screenshot({ path: '/tmp/acl-m1.png' })
  await app.page.getByRole('grid', { name: 'Rights by topic' }).focus()
  await app.page.keyboard.press('ArrowDown')
  await app.page.keyboard.press('ArrowRight')
  await app.page.keyboard.press('Shift+ArrowRight')
  await app.page.keyboard.press('Enter')
  await app.page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
  await app.page.screenshot({ path: '/tmp/acl-m2.png' })
  console.log(EXAMPLE_FILE.length)
  await client.endAsync()
})
