import type { Locator } from '@playwright/test'
import { expect, type App } from './app'

/** Points at a word of an editor until it is explained: a pointer that came while the editor was at work is not noticed before it moves. */
export async function hoverUntilTold(app: App, word: Locator, text: string): Promise<void> {
  await expect(async () => {
    await app.page.mouse.move(0, 0)
    await word.hover()
    await expect(app.page.locator('.monaco-hover:visible')).toContainText(text, { timeout: 2_000 })
  }).toPass({ timeout: 15_000 })
}
