import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { startKeyring, type Keyring } from '../../support/keyring'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../../support/mosquitto'
import { mosquittoSub, type Subscriber, type SubscriberOptions } from '../../support/mosquitto-clients'
import { startRawBroker, type RawBroker, type RawBrokerOptions } from '../../support/raw-broker'

export const PROJECT = resolve(__dirname, '../../..')

/** The page's own errors: none is expected in any test. */
const pageErrors = new WeakMap<ElectronApplication, string[]>()

/** Starts the real app with a user-data folder, and waits until its page is drawn. */
export async function launch(
  userData: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<App> {
  const executablePath = process.env['PUBSCOPE_ELECTRON']
  const electron = await _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [`--user-data-dir=${userData}`, '.', ...args],
    // Playwright would pretend a light system; the theme is the app's to choose.
    colorScheme: null,
    cwd: PROJECT,
    env: { ...definedVariables(), ...env },
  })
  const page = await electron.firstWindow()
  const errors: string[] = []
  pageErrors.set(electron, errors)
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.getByRole('status', { name: 'Connection status' }).or(page.getByRole('main')).first().waitFor()
  return new App(electron, page)
}

/** Runs the app without Playwright, which wants a window of it, and resolves with its exit code. */
export async function runToEnd(userData: string, args: readonly string[]): Promise<number | null> {
  const executable = process.env['PUBSCOPE_ELECTRON']
  if (executable === undefined) throw new Error('PUBSCOPE_ELECTRON is not set: run this with npm run test:e2e')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(executable, [...sandbox, `--user-data-dir=${userData}`, '.', ...args], { cwd: PROJECT, stdio: 'ignore' })
  return new Promise((resolve) => child.once('exit', resolve))
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** A running Pubscope, and what a user does with it. */
export class App {
  constructor(
    readonly electron: ElectronApplication,
    readonly page: Page,
  ) {}

  get errors(): readonly string[] {
    return pageErrors.get(this.electron) ?? []
  }

  get status(): Locator {
    return this.page.getByRole('status', { name: 'Connection status' })
  }

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Topics' })
  }

  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector' })
  }

  get publish(): Locator {
    return this.page.getByRole('region', { name: 'Publish' })
  }

  /** The row of a topic, once it is on screen. */
  topic(topic: string): Locator {
    return this.tree.locator(`[role=treeitem][data-topic=${JSON.stringify(topic)}]`)
  }

  /** Expands all above a topic, as a user would, and returns its row. */
  async reveal(topic: string): Promise<Locator> {
    const levels = topic.split('/')
    for (let depth = 1; depth < levels.length; depth += 1) {
      const row = this.topic(levels.slice(0, depth).join('/'))
      await row.waitFor()
      if ((await row.getAttribute('aria-expanded')) === 'false') {
        await row.click()
        await row.press('ArrowRight')
      }
      await expect(row).toHaveAttribute('aria-expanded', 'true')
    }
    const row = this.topic(topic)
    await row.waitFor()
    return row
  }

  /** Fills the form of a new profile. The form is open afterwards. */
  async fillProfile(values: { name: string; port: number }): Promise<void> {
    const form = this.page.getByRole('dialog')
    await this.page.getByRole('button', { name: 'New connection', exact: true }).first().click()
    await form.getByLabel('Name', { exact: true }).fill(values.name)
    await form.getByLabel('Host', { exact: true }).fill('127.0.0.1')
    await form.getByLabel('Port', { exact: true }).fill(String(values.port))
  }

  /** The counter of the status bar. */
  counter(id: 'messages-received' | 'messages-per-second' | 'topics-known'): Locator {
    return this.page.getByTestId(id)
  }

  async close(): Promise<void> {
    await this.electron.close()
  }
}

interface Fixtures {
  userData: string
  /** Starts the app; closed after the test, which fails if the page had an error. */
  start: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<App>
  /** A system keyring, unlocked; its variables go to `start`. */
  keyring: Keyring
  mosquitto: (options?: MosquittoOptions) => Promise<Mosquitto>
  rawBroker: (options?: RawBrokerOptions) => Promise<RawBroker>
  subscribe: (options: SubscriberOptions) => Promise<Subscriber>
}

/** What a test asks for and is ended after it, last first. */
async function withCleanup<Use>(use: (register: (cleanup: () => Promise<unknown>) => void) => Promise<Use>): Promise<void> {
  const cleanups: (() => Promise<unknown>)[] = []
  await use((cleanup) => cleanups.push(cleanup))
  for (const cleanup of cleanups.reverse()) await cleanup()
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  userData: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-e2e-'))
    await use(folder)
    // A killed app's last processes may write a moment longer.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  },
  start: async ({ userData }, use) => {
    const apps: App[] = []
    await use(async (args = [], env = {}) => {
      const app = await launch(userData, args, env)
      apps.push(app)
      return app
    })
    for (const app of apps) await app.close()
    expect(apps.flatMap(({ errors }) => errors)).toEqual([])
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  keyring: async ({}, use) => {
    const keyring = await startKeyring()
    await use(keyring)
    await keyring.stop()
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  mosquitto: async ({}, use) =>
    withCleanup((register) =>
      use(async (options) => {
        const broker = await startMosquitto(options)
        register(() => broker.stop())
        return broker
      }),
    ),
  // eslint-disable-next-line no-empty-pattern -- as above
  rawBroker: async ({}, use) =>
    withCleanup((register) =>
      use(async (options) => {
        const broker = await startRawBroker(options)
        register(() => broker.close())
        return broker
      }),
    ),
  // eslint-disable-next-line no-empty-pattern -- as above
  subscribe: async ({}, use) =>
    withCleanup((register) =>
      use(async (options) => {
        const subscriber = await mosquittoSub(options)
        register(() => subscriber.stop())
        return subscriber
      }),
    ),
})

export { expect }
