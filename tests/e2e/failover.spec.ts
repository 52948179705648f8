import { freePort } from '../support/free-port'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test } from './support/app'

test('a profile of two brokers: the first dies, the second takes over, and back on a button', async ({ start, mosquitto }) => {
  const [first, second] = await Promise.all([mosquitto(), mosquitto()])
  const app = await start()
  await app.fillProfile({ name: 'Plant', port: first.port })
  const form = app.page.getByRole('dialog')
  await form.getByRole('button', { name: 'Add a further broker' }).click()
  await form.getByLabel('Host of broker 2').fill(`127.0.0.1:${second.port}`)
  await form.getByLabel('Host of broker 2').press('Tab')
  await expect(form.getByLabel('Port of broker 2')).toHaveValue(String(second.port))
  await expect(form.getByLabel('Host of broker 2')).toHaveValue('127.0.0.1')
  await form.getByRole('button', { name: 'Save and connect' }).click()
  await expect(app.status).toContainText('Online')
  const bar = app.page.getByRole('contentinfo')
  await expect(bar).toContainText(`127.0.0.1:${first.port} (1 of 2)`)
  await mosquittoPub({ port: first.port, topic: 'at/first', payload: '1' })
  await app.reveal('at/first')

  await first.kill()
  await expect(bar).toContainText(`127.0.0.1:${second.port} (2 of 2)`)
  await expect(app.page.getByRole('main')).toContainText(`Connected to mqtt://127.0.0.1:${second.port} (2 of 2)`)
  await expect
    .poll(async () => {
      await mosquittoPub({ port: second.port, topic: 'at/second', payload: '2' })
      return app.topic('at/second').count()
    })
    .toBe(1)

  await first.restart()
  await app.page.getByRole('button', { name: 'Back to the first broker' }).click()
  await expect(bar).toContainText(`127.0.0.1:${first.port} (1 of 2)`)
  await expect(app.status).toContainText('Online')
  await expect(app.page.getByRole('button', { name: 'Back to the first broker' })).toHaveCount(0)
})

test('no broker answers: each says why', async ({ start }) => {
  const ports = [await freePort(), await freePort(), await freePort()] as const
  const app = await start()
  await app.fillProfile({ name: 'Dark plant', port: ports[0] })
  const form = app.page.getByRole('dialog')
  const host = (number: number) => form.getByLabel(`Host of broker ${number}`)
  const port = (number: number) => form.getByLabel(`Port of broker ${number}`)
  await form.getByRole('button', { name: 'Add a further broker' }).click()
  await host(2).fill('LOCALHOST')
  await port(2).fill(String(ports[1]))
  await form.getByRole('button', { name: 'Add a further broker' }).click()
  await host(3).fill('localhost')
  await port(3).fill(String(ports[1]))
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(form).toContainText('This broker is in the list already.')
  await port(3).fill(String(ports[2]))
  // By the keyboard: the third becomes the second.
  await form.getByRole('button', { name: /^Move broker 3/ }).press('Alt+ArrowUp')
  await expect(port(2)).toHaveValue(String(ports[2]))
  await expect(form.getByRole('button', { name: /^Move broker 2/ })).toBeFocused()
  await form.getByLabel('Limit on attempts').fill('1')
  await form.getByRole('button', { name: 'Save and connect' }).click()

  const main = app.page.getByRole('main')
  await expect(main).toContainText('None of the 3 brokers takes the connection')
  const said = main.getByRole('list', { name: 'What each broker said' }).getByRole('listitem')
  await expect(said).toContainText([`127.0.0.1:${ports[0]}`, `localhost:${ports[2]}`, `LOCALHOST:${ports[1]}`])
  await said.nth(1).locator('summary').press('Enter')
  await expect(said.nth(1)).toContainText('ECONNREFUSED')
})
