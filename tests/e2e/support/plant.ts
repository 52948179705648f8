import { rmSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {} from '../../../src-renderer/bridge/client'
import { makeAuthority, type Authority, type Identity } from '../../support/certificates'
import type { Mosquitto } from '../../support/mosquitto'
import { startSecureMosquitto } from '../../support/secure-mosquitto'
import { test as base, type App } from './app'

/** A certificate authority, files and brokers for a test. */
export interface Plant {
  authority: Authority
  /** Where its files are. */
  folder: string
  /** The path of a new file. */
  file: (name: string, content: string | Uint8Array) => string
  /** A broker with this certificate; on a free port, unless told otherwise. */
  broker: (identity: Identity, extraLines?: readonly string[], port?: number) => Promise<Mosquitto>
}

export const test = base.extend<{ plant: Plant }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern
  plant: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'pubscope-e2e-tls-'))
    const brokers: Mosquitto[] = []
    const authority = await makeAuthority('Plant CA')
    await use({
      authority,
      folder,
      file: (name, content) => {
        writeFileSync(join(folder, name), content)
        return join(folder, name)
      },
      broker: async (identity, extraLines = [], port) => {
        const broker = await startSecureMosquitto({ authority, identity, extraLines, port })
        brokers.push(broker)
        return broker
      },
    })
    for (const broker of brokers) await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  },
})

/** The system's dialog, which no test can click, answers at once with this file. */
export async function answerDialog(app: App, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
}

/** Chooses a file as a user would. */
export async function choose(app: App, field: string, path: string): Promise<void> {
  await answerDialog(app, path)
  await app.page.getByRole('group', { name: field, exact: true }).getByRole('button', { name: /^(Choose file|Replace)/ }).click()
}

/** Chooses a file to be used where it is. */
export async function chooseInPlace(app: App, field: string, path: string): Promise<void> {
  await answerDialog(app, path)
  await app.page.getByRole('button', { name: `How to take ${field}` }).click()
  await app.page.getByRole('menuitem', { name: 'Use the file where it is' }).click()
}

/** Fills the form of a new profile that speaks TLS. The form is open afterwards. */
export async function fillTlsProfile(app: App, name: string, protocol: 'mqtts' | 'wss', port: number): Promise<void> {
  await app.fillProfile({ name, port })
  await app.page.getByRole('dialog').getByLabel('Protocol', { exact: true }).selectOption(protocol)
}
